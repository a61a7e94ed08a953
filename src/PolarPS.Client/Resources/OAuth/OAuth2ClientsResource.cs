namespace PolarPS.Client;

/// <summary>
/// Registrations of programs that users can let act for them. A registration is managed with the token that came with it,
/// which is sent with that request only; without one the connection's token is sent, which has to be its owner's. Polar takes
/// no access token of the API for these: without its registration token, a client is out of reach.
/// </summary>
public class OAuth2ClientsResource
{
    private const string Root = "/v1/oauth2/register";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected OAuth2ClientsResource() => _connection = ApiConnection.StandIn;

    internal OAuth2ClientsResource(ApiConnection connection) => _connection = connection;

    /// <summary>
    /// Registers a client. Operation <c>oauth2:clients:oauth2:create_client</c>; never sent twice. It is sent without the
    /// connection's token: anyone may register, and Polar refuses users' access tokens here.
    /// </summary>
    /// <param name="body">What it is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The client with its secret and the token that manages it; keep both.</returns>
    public virtual Task<OAuth2Client> CreateAsync(
        OAuth2ClientCreate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Post(Root, body).With(ApiRequest.NoToken),
            ModelReaders.OAuth2Client,
            cancellationToken
        );

    /// <summary>One registration. Operation <c>oauth2:clients:oauth2:get_client</c>.</summary>
    /// <param name="clientId">The client's public id.</param>
    /// <param name="registrationToken">The token that came with the registration; null for the connection's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The client.</returns>
    public virtual Task<OAuth2Client> GetAsync(
        string clientId,
        string? registrationToken = null,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(PathOf(clientId)).With(registrationToken),
            ModelReaders.OAuth2Client,
            cancellationToken
        );

    /// <summary>
    /// Puts another registration in the place of the old one. Operation <c>oauth2:clients:oauth2:update_client</c>; may be
    /// repeated.
    /// </summary>
    /// <param name="clientId">The client's public id.</param>
    /// <param name="body">The whole registration.</param>
    /// <param name="registrationToken">The token that came with the registration; null for the connection's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The client after the change.</returns>
    public virtual Task<OAuth2Client> UpdateAsync(
        string clientId,
        OAuth2ClientUpdate body,
        string? registrationToken = null,
        CancellationToken cancellationToken = default
    )
    {
        body.ClientId ??= clientId;
        return _connection.SendAsync(
            ApiRequest.Put(PathOf(clientId), body).With(registrationToken),
            ModelReaders.OAuth2Client,
            cancellationToken
        );
    }

    /// <summary>
    /// Changes what is set, and leaves the rest of the registration as it is. Operations
    /// <c>oauth2:clients:oauth2:get_client</c>, then <c>oauth2:clients:oauth2:update_client</c>; what someone else changes in
    /// between is lost.
    /// </summary>
    /// <param name="clientId">The client's public id.</param>
    /// <param name="changes">The fields to change; the others are filled in.</param>
    /// <param name="registrationToken">The token that came with the registration; null for the connection's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The client after the change.</returns>
    public virtual async Task<OAuth2Client> ChangeAsync(
        string clientId,
        OAuth2ClientUpdate changes,
        string? registrationToken = null,
        CancellationToken cancellationToken = default
    )
    {
        changes.KeepFrom(await GetAsync(clientId, registrationToken, cancellationToken).ConfigureAwait(false));
        return await UpdateAsync(clientId, changes, registrationToken, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Deletes a registration: nobody signs in with it again, and its refresh tokens give nothing. Access tokens that it has
    /// live on until they expire, and can no longer be revoked. Operation <c>oauth2:clients:oauth2:delete_client</c>; never sent
    /// twice.
    /// </summary>
    /// <param name="clientId">The client's public id.</param>
    /// <param name="registrationToken">The token that came with the registration; null for the connection's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    public virtual Task DeleteAsync(
        string clientId,
        string? registrationToken = null,
        CancellationToken cancellationToken = default
    ) =>
        _connection.EndAsync(
            // A registration that is gone is refused as if the token were wrong: the second answer would tell nothing.
            ApiRequest.Delete(PathOf(clientId), repeatable: false).With(registrationToken),
            cancellationToken
        );

    private static string PathOf(string clientId) => ApiPath.Of(Root + "/", clientId);
}
