namespace PolarPS.Client;

/// <summary>The session that the token belongs to.</summary>
public class PortalSessionResource
{
    private const string Root = "/v1/customer-portal/customer-session/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected PortalSessionResource() => _connection = ApiConnection.StandIn;

    internal PortalSessionResource(ApiConnection connection) => _connection = connection;

    /// <summary>How long the session lasts. Operation <c>customer_portal:customer-session:introspect</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it ends, and where its back button leads.</returns>
    public virtual Task<PortalSession> IntrospectAsync(CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(Root + "introspect"), ModelReaders.PortalSession, cancellationToken);

    /// <summary>Who the session is for. Operation <c>customer_portal:customer-session:get_authenticated_user</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The customer, or the member of one.</returns>
    public virtual Task<PortalAuthenticatedUser> GetAuthenticatedUserAsync(
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Get(Root + "user"), ModelReaders.PortalAuthenticatedUser, cancellationToken);
}
