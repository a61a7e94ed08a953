namespace PolarPS.Client;

/// <summary>Public information about a seller.</summary>
public class PortalOrganizationsResource
{
    private const string Root = "/v1/customer-portal/organizations/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected PortalOrganizationsResource() => _connection = ApiConnection.StandIn;

    internal PortalOrganizationsResource(ApiConnection connection) => _connection = connection;

    /// <summary>A seller and what it sells; needs no session. Operation <c>customer_portal:organizations:get</c>.</summary>
    /// <param name="slug">The seller's name in addresses.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The seller and its products.</returns>
    /// <exception cref="PolarNotFoundException">There is no such seller.</exception>
    public virtual Task<CustomerOrganizationData> GetAsync(
        string slug,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(ApiPath.Of(Root, slug)).With(ApiRequest.NoToken),
            ModelReaders.CustomerOrganizationData,
            cancellationToken
        );
}
