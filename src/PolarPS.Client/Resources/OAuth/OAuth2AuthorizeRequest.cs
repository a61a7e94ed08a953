namespace PolarPS.Client;

/// <summary>What a client requests from a user: the query of the consent page.</summary>
public sealed class OAuth2AuthorizeRequest
{
    /// <summary>The page in production.</summary>
    public static readonly Uri Production = new("https://polar.sh/oauth2/authorize");

    /// <summary>The page of the sandbox.</summary>
    public static readonly Uri Sandbox = new("https://sandbox.polar.sh/oauth2/authorize");

    /// <summary>The page that belongs to an address of the API.</summary>
    /// <param name="baseAddress">Where the API is, such as <c>https://api.polar.sh</c>.</param>
    /// <returns>Production's or the sandbox's page; for any other address, such as an emulator's, the same path there.</returns>
    public static Uri PageOf(Uri baseAddress) =>
        baseAddress is null ? throw new ArgumentNullException(nameof(baseAddress))
        : baseAddress == PolarAddresses.Production ? Production
        : baseAddress == PolarAddresses.Sandbox ? Sandbox
        : new Uri(baseAddress, Production.AbsolutePath);

    /// <summary>The client's public id.</summary>
    public string? ClientId { get; set; }

    /// <summary>Where to send the user back to: one of the client's registered addresses.</summary>
    public string? RedirectUri { get; set; }

    /// <summary>The requested scopes; null for all that the client may request.</summary>
    public IReadOnlyList<string>? Scopes { get; set; }

    /// <summary>A text that is returned unchanged, so that unsolicited responses are detected; see <see cref="OAuth2Pkce.RandomText"/>.</summary>
    public string? State { get; set; }

    /// <summary>Proof for the exchange that follows; a public client needs it, and every client is safer with it.</summary>
    public OAuth2Pkce? Pkce { get; set; }

    /// <summary>A text that is returned inside the ID token; null for none.</summary>
    public string? Nonce { get; set; }

    /// <summary>What the page does first: <c>none</c>, <c>login</c> or <c>consent</c>; null to leave it to the page.</summary>
    public string? Prompt { get; set; }

    /// <summary>The subject: <c>user</c> or <c>organization</c>; null for the client's default.</summary>
    public string? SubType { get; set; }

    /// <summary>The id of the requested organization; null to let the user choose.</summary>
    public string? Sub { get; set; }

    /// <summary>The address to open in the user's browser.</summary>
    /// <param name="page">The page; null for production's.</param>
    /// <returns>The address with its query.</returns>
    /// <exception cref="ArgumentException">No client id or no address to come back to.</exception>
    public Uri ToUri(Uri? page = null) => new((page ?? Production).GetLeftPart(UriPartial.Path) + ToQuery());

    internal QueryBuilder ToQuery()
    {
        if (string.IsNullOrEmpty(ClientId) || string.IsNullOrEmpty(RedirectUri))
        {
            throw new ArgumentException("A client id and a redirect address are required.");
        }

        return new QueryBuilder()
            .Add("response_type", "code")
            .Add("client_id", ClientId)
            .Add("redirect_uri", RedirectUri)
            .Add("scope", Scopes is null ? null : string.Join(" ", Scopes))
            .Add("state", State)
            .Add("code_challenge", Pkce?.Challenge)
            .Add("code_challenge_method", Pkce is null ? null : OAuth2Pkce.Method)
            .Add("nonce", Nonce)
            .Add("prompt", Prompt)
            .Add("sub_type", SubType)
            .Add("sub", Sub);
    }
}
