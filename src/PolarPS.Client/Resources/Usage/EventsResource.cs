using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client.Models;

namespace PolarPS.Client;

/// <summary>What happened: your own events, and those that Polar recorded.</summary>
public class EventsResource
{
    private const string Root = "/v1/events/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected EventsResource() => _connection = ApiConnection.StandIn;

    internal EventsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All events, or those that match. Operation <c>events:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<PolarEvent> List(EventQuery? query = null) =>
        new(_connection, Root, query ?? new EventQuery(), ModelReaders.ListEnvelopePolarEvent, item => item.Id);

    /// <summary>One event. Operation <c>events:get</c>.</summary>
    /// <param name="id">The event's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The event.</returns>
    /// <exception cref="PolarNotFoundException">There is no such event.</exception>
    public virtual Task<PolarEvent> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.PolarEvent, cancellationToken);

    /// <summary>
    /// Sends events. If one of them is not accepted, none is. Operation <c>events:ingest</c>; may be repeated if every event has
    /// an <see cref="EventCreate.ExternalId"/>, by which Polar knows it again, and is otherwise never sent twice.
    /// </summary>
    /// <param name="body">The events; all of them together have to stay below 10 MiB.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many were new.</returns>
    public virtual Task<EventsIngestResponse> IngestAsync(
        EventsIngest body,
        CancellationToken cancellationToken = default
    )
    {
        var repeatable = body.Events?.All(item => !string.IsNullOrEmpty(item.ExternalId)) ?? false;
        return _connection.SendAsync(
            ApiRequest.Post(Root + "ingest", body, repeatable),
            ModelReaders.EventsIngestResponse,
            cancellationToken
        );
    }

    /// <summary>All names that events have, or those that match. Operation <c>events:list_names</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<EventName> ListNames(EventNameQuery? query = null) =>
        new(
            _connection,
            Root + "names",
            query ?? new EventNameQuery(),
            ModelReaders.ListEnvelopeEventName,
            item => item.Source + "/" + item.Name
        );
}
