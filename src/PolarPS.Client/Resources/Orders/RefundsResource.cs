namespace PolarPS.Client;

/// <summary>Refunds.</summary>
public class RefundsResource
{
    private const string Root = "/v1/refunds/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected RefundsResource() => _connection = ApiConnection.StandIn;

    internal RefundsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All refunds, or those that match. Operation <c>refunds:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Refund> List(RefundQuery? query = null) =>
        new(_connection, Root, query ?? new RefundQuery(), ModelReaders.ListEnvelopeRefund, item => item.Id);

    /// <summary>
    /// One refund. Polar has no operation for a single one; this is a list of one id. Operation <c>refunds:list</c>.
    /// </summary>
    /// <param name="id">The refund's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The refund.</returns>
    /// <exception cref="PolarNotFoundException">There is no such refund.</exception>
    public virtual Task<Refund> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        _ = id ?? throw new ArgumentNullException(nameof(id));
        return List(new RefundQuery { Id = [id], First = 1 })
            .FindAsync(id, "refund", Root + new QueryBuilder().Add("id", [id]), cancellationToken);
    }

    /// <summary>Refunds an order, in full or in part. Operation <c>refunds:create</c>; never sent twice.</summary>
    /// <param name="body">What to refund.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The refund, which may still be pending.</returns>
    /// <exception cref="PolarPermissionException">It is already fully refunded, or Polar does not allow it.</exception>
    public virtual Task<Refund> CreateAsync(RefundCreate body, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Post(Root, body).MovingMoney(), ModelReaders.Refund, cancellationToken);
}
