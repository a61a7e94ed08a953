namespace PolarPS.Client;

/// <summary>Disputed payments.</summary>
public class DisputesResource
{
    private const string Root = "/v1/disputes/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected DisputesResource() => _connection = ApiConnection.StandIn;

    internal DisputesResource(ApiConnection connection) => _connection = connection;

    /// <summary>All disputes, or those that match. Operation <c>disputes:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Dispute> List(DisputeQuery? query = null) =>
        new(_connection, Root, query ?? new DisputeQuery(), ModelReaders.ListEnvelopeDispute, item => item.Id);

    /// <summary>One dispute. Operation <c>disputes:get</c>.</summary>
    /// <param name="id">The dispute's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The dispute.</returns>
    /// <exception cref="PolarNotFoundException">There is no such dispute.</exception>
    public virtual Task<Dispute> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.Dispute, cancellationToken);

    /// <summary>Accepts the dispute: the customer keeps the money. Cannot be undone. Operation <c>disputes:accept</c>; never sent twice.</summary>
    /// <param name="id">The dispute's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The dispute after the change.</returns>
    /// <exception cref="PolarConflictException">The dispute is not open.</exception>
    public virtual Task<Dispute> AcceptAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Post(ApiPath.Of(Root, id, "/accept"), body: null).MovingMoney(),
            ModelReaders.Dispute,
            cancellationToken
        );
}
