namespace PolarPS.Client;

/// <summary>Attempts to charge customers.</summary>
public class PaymentsResource
{
    private const string Root = "/v1/payments/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected PaymentsResource() => _connection = ApiConnection.StandIn;

    internal PaymentsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All payments, or those that match. Operation <c>payments:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Payment> List(PaymentQuery? query = null) =>
        new(_connection, Root, query ?? new PaymentQuery(), ModelReaders.ListEnvelopePayment, item => item.Id);

    /// <summary>One payment. Operation <c>payments:get</c>.</summary>
    /// <param name="id">The payment's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The payment.</returns>
    /// <exception cref="PolarNotFoundException">There is no such payment.</exception>
    public virtual Task<Payment> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.Payment, cancellationToken);
}
