namespace PolarPS.Client;

/// <summary>Customers' balances on meters.</summary>
public class CustomerMetersResource
{
    private const string Root = "/v1/customer-meters/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected CustomerMetersResource() => _connection = ApiConnection.StandIn;

    internal CustomerMetersResource(ApiConnection connection) => _connection = connection;

    /// <summary>All customers' accounts with meters, or those that match. Operation <c>customer_meters:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<CustomerMeter> List(CustomerMeterQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new CustomerMeterQuery(),
            ModelReaders.ListEnvelopeCustomerMeter,
            item => item.Id
        );

    /// <summary>One customer's account with a meter. Operation <c>customer_meters:get</c>.</summary>
    /// <param name="id">The id of the account, which is not the meter's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The customer's account with a meter.</returns>
    /// <exception cref="PolarNotFoundException">There is no such customer's account with a meter.</exception>
    public virtual Task<CustomerMeter> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.CustomerMeter, cancellationToken);
}
