namespace PolarPS.Client.Models;

/// <summary>How a client proves who it is, in a form to one of OAuth's own operations.</summary>
public abstract class OAuth2ClientForm : RequestBody
{
    private protected OAuth2ClientForm() { }

    /// <summary>The client's public id.</summary>
    public string? ClientId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The client's secret; not set by a public client, which has none.</summary>
    public string? ClientSecret
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to exchange for tokens; see the methods that create one.</summary>
public sealed class OAuth2TokenRequest : OAuth2ClientForm
{
    /// <summary>The kind of exchange: <c>authorization_code</c>, <c>refresh_token</c>, or Polar's own <c>web</c>.</summary>
    public string? GrantType
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>authorization_code</c>: the code that the user came back with. Single use.</summary>
    public string? Code
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>authorization_code</c>: the address that the user was sent back to, exactly as it was given.</summary>
    public string? RedirectUri
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>authorization_code</c>: the secret behind the challenge; see <see cref="OAuth2Pkce"/>. A public client needs it.</summary>
    public string? CodeVerifier
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>refresh_token</c>: the token that came with the last access token. Single use.</summary>
    public string? RefreshToken
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>web</c>: the token of the session.</summary>
    public string? SessionToken
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>web</c>: for whom the token is to act, <c>user</c> or <c>organization</c>.</summary>
    public string? SubType
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>web</c>: the id of the organization it is to act for; null for the user.</summary>
    public string? Sub
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>web</c>: the scopes of the token, separated by spaces; null for all that the client may request.</summary>
    public string? Scope
    {
        get => Get<string?>();
        set => Set(value);
    }

    internal override void CheckField(string name, object? value)
    {
        if (name == "code_verifier" && value is not null)
        {
            // Now, and not by Polar: the code is good for one exchange.
            OAuth2Pkce.CheckVerifier(value as string);
        }

        base.CheckField(name, value);
    }

    /// <summary>The exchange of a code for the first tokens.</summary>
    /// <param name="clientId">The client's public id.</param>
    /// <param name="code">The code that the user came back with.</param>
    /// <param name="redirectUri">The address that the user was sent back to, exactly as it was given.</param>
    /// <param name="codeVerifier">The secret behind the challenge; null if there was none.</param>
    /// <param name="clientSecret">The client's secret; null for a public client.</param>
    /// <returns>The body for <see cref="OAuth2Resource.RequestTokenAsync"/>.</returns>
    public static OAuth2TokenRequest ForCode(
        string clientId,
        string code,
        string redirectUri,
        string? codeVerifier,
        string? clientSecret = null
    )
    {
        var body = new OAuth2TokenRequest
        {
            GrantType = "authorization_code",
            ClientId = clientId,
            Code = code,
            RedirectUri = redirectUri,
        };
        if (codeVerifier is not null)
        {
            body.CodeVerifier = codeVerifier;
        }

        return body.WithSecret(clientSecret);
    }

    /// <summary>
    /// The exchange of a refresh token for new tokens. The old refresh token is spent by it: store the new one before anything
    /// else, and let one process at a time do this.
    /// </summary>
    /// <param name="clientId">The client's public id.</param>
    /// <param name="refreshToken">The token that came with the last access token.</param>
    /// <param name="clientSecret">The client's secret; null for a public client.</param>
    /// <returns>The body for <see cref="OAuth2Resource.RequestTokenAsync"/>.</returns>
    public static OAuth2TokenRequest ForRefresh(string clientId, string refreshToken, string? clientSecret = null) =>
        new OAuth2TokenRequest
        {
            GrantType = "refresh_token",
            ClientId = clientId,
            RefreshToken = refreshToken,
        }.WithSecret(clientSecret);

    private OAuth2TokenRequest WithSecret(string? clientSecret)
    {
        if (clientSecret is not null)
        {
            ClientSecret = clientSecret;
        }

        return this;
    }
}

/// <summary>A token to inspect or revoke. Needs the client's id and secret.</summary>
public sealed class OAuth2TokenQuery : OAuth2ClientForm
{
    /// <summary>The token.</summary>
    public string? Token
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>access_token</c> or <c>refresh_token</c>; null for either.</summary>
    public string? TokenTypeHint
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What can be said of a client both when it is registered and later.</summary>
public abstract class OAuth2ClientFields : RequestBody
{
    private protected OAuth2ClientFields() { }

    /// <summary>The name that users see.</summary>
    public string? ClientName
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Where users may be sent back to: https addresses, or http to a loopback address.</summary>
    public IReadOnlyList<string>? RedirectUris
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }

    /// <summary>How it will prove who it is: <c>client_secret_post</c>, <c>client_secret_basic</c>, or <c>none</c> for a public client.</summary>
    public string? TokenEndpointAuthMethod
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The grants it will use: <c>authorization_code</c>, <c>refresh_token</c>.</summary>
    public IReadOnlyList<string>? GrantTypes
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }

    /// <summary>The kinds of answer it will ask for: <c>code</c>.</summary>
    public IReadOnlyList<string>? ResponseTypes
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }

    /// <summary>All scopes it may request, separated by spaces.</summary>
    public string? Scope
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The address of a page about it; null for none.</summary>
    public string? ClientUri
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The address of its picture; null for none.</summary>
    public string? LogoUri
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The address of its terms of service; null for none.</summary>
    public string? TosUri
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The address of its privacy policy; null for none.</summary>
    public string? PolicyUri
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The default subject: <c>user</c> or <c>organization</c>.</summary>
    public string? DefaultSubType
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>A client to register. <see cref="OAuth2ClientFields.ClientName"/> and <see cref="OAuth2ClientFields.RedirectUris"/> are needed.</summary>
public sealed class OAuth2ClientCreate : OAuth2ClientFields;

/// <summary>
/// The complete new registration; what is not set gets Polar's default. <see cref="KeepFrom"/> makes a change of it, which
/// <see cref="OAuth2ClientsResource.ChangeAsync"/> does by itself.
/// </summary>
public sealed class OAuth2ClientUpdate : OAuth2ClientFields
{
    /// <summary>The client's public id; filled in where it is not set.</summary>
    public string? ClientId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Sets every field that is not set to what the registration has, so that it stays.</summary>
    /// <param name="current">The registration, read just now.</param>
    public void KeepFrom(OAuth2Client current)
    {
        if (current is null)
        {
            throw new ArgumentNullException(nameof(current));
        }

        var isSet = new HashSet<string>(FieldNames());
        Keep(nameof(ClientId), current.ClientId);
        Keep(nameof(ClientName), current.ClientName);
        Keep(nameof(RedirectUris), current.RedirectUris);
        Keep(nameof(TokenEndpointAuthMethod), current.TokenEndpointAuthMethod);
        Keep(nameof(GrantTypes), current.GrantTypes);
        Keep(nameof(ResponseTypes), current.ResponseTypes);
        Keep(nameof(Scope), current.Scope);
        Keep(nameof(DefaultSubType), current.DefaultSubType);
        Keep(nameof(ClientUri), current.ClientUri);
        Keep(nameof(LogoUri), current.LogoUri);
        Keep(nameof(TosUri), current.TosUri);
        Keep(nameof(PolicyUri), current.PolicyUri);

        void Keep(string property, object? value)
        {
            // Where the registration has nothing, a null would be refused.
            if (value is not null && !isSet.Contains(JsonSettings.FieldName(property)))
            {
                Set(value, property);
            }
        }
    }
}
