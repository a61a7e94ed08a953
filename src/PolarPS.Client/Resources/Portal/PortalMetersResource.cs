namespace PolarPS.Client;

/// <summary>The customer's balances on meters.</summary>
public class PortalMetersResource
{
    private const string Root = "/v1/customer-portal/meters/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected PortalMetersResource() => _connection = ApiConnection.StandIn;

    internal PortalMetersResource(ApiConnection connection) => _connection = connection;

    /// <summary>All the customer's accounts with meters, or those that match. Operation <c>customer_portal:customer_meters:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<CustomerMeter> List(PortalMeterQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new PortalMeterQuery(),
            ModelReaders.ListEnvelopeCustomerMeter,
            item => item.Id
        );

    /// <summary>One account with a meter. Operation <c>customer_portal:customer_meters:get</c>.</summary>
    /// <param name="id">The account's id, which is not the meter's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The account.</returns>
    /// <exception cref="PolarNotFoundException">The customer has no such account.</exception>
    public virtual Task<CustomerMeter> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.CustomerMeter, cancellationToken);
}
