namespace PolarPS.Client;

/// <summary>
/// OAuth 2.0 and OpenID Connect: how a program gets a token that acts for a user. The operations that take a client's id and
/// secret are sent without the connection's token, so that an expired one cannot stop its own renewal.
/// </summary>
public class OAuth2Resource
{
    internal const string TokenPath = Root + "token";

    private const string Root = "/v1/oauth2/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected OAuth2Resource() => _connection = ApiConnection.StandIn;

    internal OAuth2Resource(ApiConnection connection) => _connection = connection;

    /// <summary>
    /// What a consent page would show for a request. To have a user consent, open <see cref="OAuth2AuthorizeRequest.ToUri"/> in
    /// a browser instead. Operation <c>oauth2:authorize</c>.
    /// </summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Who requests access, to what, and who can grant it.</returns>
    public virtual Task<OAuth2Authorization> AuthorizeAsync(
        OAuth2AuthorizeRequest request,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(Root + "authorize" + request.ToQuery()),
            ModelReaders.OAuth2Authorization,
            cancellationToken
        );

    /// <summary>
    /// Exchanges a code or a refresh token for tokens. Operation <c>oauth2:request_token</c>; never sent twice, since either is
    /// single use.
    /// </summary>
    /// <param name="body">What to exchange; see <see cref="OAuth2TokenRequest.ForCode"/> and <see cref="OAuth2TokenRequest.ForRefresh"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>An access token, and the refresh token that replaces the one used.</returns>
    /// <exception cref="PolarValidationException">The code or token is spent, expired or another client's: <c>invalid_grant</c>.</exception>
    public virtual Task<OAuth2Token> RequestTokenAsync(
        OAuth2TokenRequest body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.PostForm(TokenPath, body).Reading(body.GrantType == "refresh_token"),
            ModelReaders.OAuth2Token,
            cancellationToken
        );

    /// <summary>
    /// Revokes a token. Unless the hint says that it is an access token, its refresh token is revoked too. Operation
    /// <c>oauth2:revoke_token</c>; may be repeated.
    /// </summary>
    /// <param name="body">The token, and the client it was issued to.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done; also where there was no such token.</returns>
    public virtual Task RevokeTokenAsync(OAuth2TokenQuery body, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.PostForm(Root + "revoke", body, repeatable: true), cancellationToken);

    /// <summary>What Polar knows of a token. Operation <c>oauth2:introspect_token</c>; changes nothing.</summary>
    /// <param name="body">The token, and the client it was issued to.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it is valid, and for whom.</returns>
    public virtual Task<OAuth2TokenState> IntrospectTokenAsync(
        OAuth2TokenQuery body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.PostForm(Root + "introspect", body, repeatable: true).Reading(),
            ModelReaders.OAuth2TokenState,
            cancellationToken
        );

    /// <summary>Whom the connection's token acts for; it needs the scope <c>openid</c>. Operation <c>oauth2:userinfo</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The user or organization.</returns>
    public virtual Task<OAuth2UserInfo> UserInfoAsync(CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(Root + "userinfo"), ModelReaders.OAuth2UserInfo, cancellationToken);
}
