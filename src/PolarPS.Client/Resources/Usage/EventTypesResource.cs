namespace PolarPS.Client;

/// <summary>The kinds of events.</summary>
public class EventTypesResource
{
    private const string Root = "/v1/event-types/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected EventTypesResource() => _connection = ApiConnection.StandIn;

    internal EventTypesResource(ApiConnection connection) => _connection = connection;

    /// <summary>All kinds of events, or those that match. Operation <c>event-types:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<EventType> List(EventTypeQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new EventTypeQuery(),
            ModelReaders.ListEnvelopeEventType,
            item => item.Id ?? item.Source + "/" + item.Name
        );

    /// <summary>
    /// One kind of event. Polar has no operation for a single one; this looks through the list. Operation <c>event-types:list</c>.
    /// </summary>
    /// <param name="id">The kind of event's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The kind of event.</returns>
    /// <exception cref="PolarNotFoundException">There is no such kind of event.</exception>
    public virtual async Task<EventType> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        _ = id ?? throw new ArgumentNullException(nameof(id));
        var list = List(new EventTypeQuery { Source = "user" });
        await foreach (var item in list.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(item.Id, id, StringComparison.OrdinalIgnoreCase))
            {
                return item;
            }
        }

        throw new PolarNotFoundException(
            "There is no such kind of event.",
            new FailedCall("GET", Root, StatusCode: 200)
        );
    }

    /// <summary>Changes a kind of event. Operation <c>event-types:update</c>.</summary>
    /// <param name="id">The kind of event's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The kind of event after the change.</returns>
    public virtual Task<EventType> UpdateAsync(
        string id,
        EventTypeUpdate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(ApiRequest.Update(ApiPath.Of(Root, id), body), ModelReaders.EventType, cancellationToken);
}
