namespace PolarPS.Client.Models;

/// <summary>The tokens that a grant gives.</summary>
/// <remarks>The properties of this class are secrets; its text form has none of them.</remarks>
public sealed class OAuth2Token : PolarObject
{
    /// <summary>The token for requests to the API.</summary>
    public string? AccessToken { get; set; }

    /// <summary>What kind of token it is: <c>Bearer</c>.</summary>
    public string? TokenType { get; set; }

    /// <summary>How many seconds from now the access token is valid.</summary>
    public long? ExpiresIn { get; set; }

    /// <summary>
    /// The token that gets the next access token. Single use: each use gives a new one, which has to take its place where it is
    /// stored. Null when none is given.
    /// </summary>
    public string? RefreshToken { get; set; }

    /// <summary>The scopes of the token, separated by spaces.</summary>
    public string? Scope { get; set; }

    /// <summary>Who signed in, as a signed token of OpenID Connect; null unless the scope <c>openid</c> was requested.</summary>
    public string? IdToken { get; set; }

    /// <summary>What the token may do and for how long, and nothing of the token.</summary>
    /// <returns>A short text.</returns>
    private protected override string Describe() => $"{TokenType} token for {ExpiresIn} s: {Scope}";
}

/// <summary>What Polar knows of a token.</summary>
public sealed class OAuth2TokenState : PolarObject
{
    /// <summary>Whether the token is valid. When it is not, the other properties may be null.</summary>
    public bool? Active { get; set; }

    /// <summary>The id of the client the token was issued to.</summary>
    public string? ClientId { get; set; }

    /// <summary><c>access_token</c> or <c>refresh_token</c>.</summary>
    public string? TokenType { get; set; }

    /// <summary>Its scopes, separated by spaces.</summary>
    public string? Scope { get; set; }

    /// <summary>Whom it acts for: <c>user</c> or <c>organization</c>.</summary>
    public string? SubType { get; set; }

    /// <summary>The id of the user or organization that it acts for.</summary>
    public string? Sub { get; set; }

    /// <summary>The ids of the organizations that it is limited to; empty for all of the user's.</summary>
    public PolarList<string>? Organizations { get; set; }

    /// <summary>The intended recipient.</summary>
    public string? Aud { get; set; }

    /// <summary>Who gave it.</summary>
    public string? Iss { get; set; }

    /// <summary>When it ends, in seconds since 1970 (UTC).</summary>
    public long? Exp { get; set; }

    /// <summary>When it was issued, in seconds since 1970 (UTC).</summary>
    public long? Iat { get; set; }

    /// <summary>Whether it is valid, and for whom.</summary>
    /// <returns>A short text.</returns>
    private protected override string Describe() => Active == true ? $"active for {SubType} {Sub}" : "not active";
}

/// <summary>Whom the access token acts for.</summary>
public sealed class OAuth2UserInfo : PolarObject
{
    /// <summary>The id of the user or organization.</summary>
    public string? Sub { get; set; }

    /// <summary>The name; null where there is none or the scope <c>profile</c> is missing.</summary>
    public string? Name { get; set; }

    /// <summary>The user's email address; null for an organization, or where the scope <c>email</c> is missing.</summary>
    public string? Email { get; set; }

    /// <summary>Whether the user has proved that the address is theirs; null for an organization.</summary>
    public bool? EmailVerified { get; set; }

    /// <summary>The name.</summary>
    /// <returns>The name, or what else is known.</returns>
    private protected override string Describe() => Name ?? Email ?? Sub ?? string.Empty;
}

/// <summary>What a consent page shows: who requests what, and who can grant it.</summary>
public sealed class OAuth2Authorization : PolarObject
{
    /// <summary>The client that asks; the public part of what is known of it.</summary>
    public OAuth2Client? Client { get; set; }

    /// <summary>The subject: <c>user</c> or <c>organization</c>.</summary>
    public string? SubType { get; set; }

    /// <summary>The user or organization that would grant it; null when nobody is signed in.</summary>
    public OAuth2Subject? Sub { get; set; }

    /// <summary>The requested scopes.</summary>
    public PolarList<string>? Scopes { get; set; }

    /// <summary>The organizations that it could be granted for.</summary>
    public PolarList<OAuth2Subject>? Organizations { get; set; }

    /// <summary>Whether exactly one of them has to be chosen.</summary>
    public bool? RequiresSingleOrganization { get; set; }

    /// <summary>What each scope is called for people.</summary>
    public PolarDictionary<string>? ScopeDisplayNames { get; set; }

    /// <summary>Who asks.</summary>
    /// <returns>The client's name.</returns>
    private protected override string Describe() => Client?.ToString() ?? string.Empty;
}

/// <summary>A user or an organization, as a consent page shows it.</summary>
public sealed class OAuth2Subject : PolarObject
{
    /// <summary>Its id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>A user's email address; null for an organization.</summary>
    public string? Email { get; set; }

    /// <summary>An organization's name in addresses; null for a user.</summary>
    public string? Slug { get; set; }

    /// <summary>An organization's name; null for a user.</summary>
    public string? Name { get; set; }

    /// <summary>The address of the picture; null for none.</summary>
    public string? AvatarUrl { get; set; }

    /// <summary>The name, or the email address.</summary>
    /// <returns>One line.</returns>
    private protected override string Describe() => Name ?? Email ?? Id ?? string.Empty;
}

/// <summary>
/// A program that users can let act for them. When it is registered, changed or looked at with its registration token,
/// everything is there; a consent page has the public part only.
/// </summary>
/// <remarks>Two properties of this class are secrets; its text form has neither.</remarks>
public sealed class OAuth2Client : PolarObject, IDated
{
    /// <summary>The client's public id.</summary>
    public string? ClientId { get; set; }

    /// <summary>The client's secret; null for a public client and on a consent page.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>The name that users see.</summary>
    public string? ClientName { get; set; }

    /// <summary>The address of a page about it; null for none.</summary>
    public string? ClientUri { get; set; }

    /// <summary>The address of its picture; null for none.</summary>
    public string? LogoUri { get; set; }

    /// <summary>The address of its terms of service; null for none.</summary>
    public string? TosUri { get; set; }

    /// <summary>The address of its privacy policy; null for none.</summary>
    public string? PolicyUri { get; set; }

    /// <summary>Where users may be sent back to.</summary>
    public PolarList<string>? RedirectUris { get; set; }

    /// <summary>How it proves who it is: <c>client_secret_post</c>, <c>client_secret_basic</c>, or <c>none</c> for a public client.</summary>
    public string? TokenEndpointAuthMethod { get; set; }

    /// <summary>The grants it may use: <c>authorization_code</c>, <c>refresh_token</c>.</summary>
    public PolarList<string>? GrantTypes { get; set; }

    /// <summary>The kinds of answer it may ask for: <c>code</c>.</summary>
    public PolarList<string>? ResponseTypes { get; set; }

    /// <summary>The scopes it may request, separated by spaces.</summary>
    public string? Scope { get; set; }

    /// <summary>The default subject: <c>user</c> or <c>organization</c>.</summary>
    public string? DefaultSubType { get; set; }

    /// <summary>When it was registered, in seconds since 1970 (UTC).</summary>
    public long? ClientIdIssuedAt { get; set; }

    /// <summary>When its secret ends, in seconds since 1970 (UTC); 0 for never.</summary>
    public long? ClientSecretExpiresAt { get; set; }

    /// <summary>The token that manages this registration, and nothing else; a secret.</summary>
    public string? RegistrationAccessToken { get; set; }

    /// <summary>The address under which this registration is managed.</summary>
    public string? RegistrationClientUri { get; set; }

    /// <summary>When it was created; on a consent page only, else null.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The name that users see.</summary>
    /// <returns>The name, or the public id where there is none.</returns>
    private protected override string Describe() => ClientName ?? ClientId ?? string.Empty;
}
