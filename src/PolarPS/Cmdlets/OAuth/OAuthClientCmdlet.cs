using System.Security;

namespace PolarPS.Commands;

/// <summary>What can be said of an OAuth client both when it is registered and later.</summary>
public abstract class OAuthClientCmdlet : PolarWriteCmdlet<OAuth2Client>, ITokenlessCmdlet
{
    /// <summary>How it proves who it is: client_secret_post, client_secret_basic, or none for a public client.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClientAuthenticationCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? TokenEndpointAuthMethod { get; set; }

    /// <summary>All scopes that it may request.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ScopeCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string[]? Scope { get; set; }

    /// <summary>What it may exchange for tokens.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClientGrantTypeCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("GrantTypes")]
    [Field("grant_types")]
    public string[]? GrantType { get; set; }

    /// <summary>What it may ask the browser to come back with; Polar knows only code.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("ResponseTypes")]
    [Field("response_types")]
    public string[]? ResponseType { get; set; }

    /// <summary>For whom its tokens are unless it says so: user or organization.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TokenSubjectCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? DefaultSubType { get; set; }

    /// <summary>The address of a page about it; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [Field]
    public object? ClientUri { get; set; }

    /// <summary>The address of its picture; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [Field]
    public object? LogoUri { get; set; }

    /// <summary>The address of its terms of service; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [Field]
    public object? TosUri { get; set; }

    /// <summary>The address of its privacy policy; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [Field]
    public object? PolicyUri { get; set; }

    // OAuth has scopes as words of one text.
    internal override void Shape(RequestBody body)
    {
        if (IsGiven(nameof(Scope)))
        {
            ((OAuth2ClientFields)body).Scope = string.Join(
                " ",
                Scope!.SelectMany(scope => scope.Split([' '], StringSplitOptions.RemoveEmptyEntries))
            );
        }
    }

    // Not remembered: nothing asks for it by an id, and it holds secrets.
    internal void Write(OAuth2Client client) => WriteObject(ModelShaper.Shape(client));
}

/// <summary>What the cmdlets share that manage registrations.</summary>
internal static class OAuthRegistration
{
    private const string HowToGive =
        "Nothing was sent. Pipe the object from New-PolarOAuthClient, or use -RegistrationToken with its RegistrationAccessToken as a SecureString.";

    /// <summary>What errors about a registration are about.</summary>
    public static ErrorSubject Subject(OAuthClientReference client) =>
        new(
            "OAuth client",
            client.ClientId,
            Key: "registration token",
            IfUnknown: "Get-PolarOAuthClient shows the registration as it is now.",
            HasOwnToken: true
        );

    /// <summary>The registration in a prompt.</summary>
    public static string NameOf(OAuthClientReference client, OAuth2Client? known) =>
        "OAuth client "
        + (known?.ClientName is { } name ? $"'{VisibleText.Of(name)}' ({client.ClientId})" : client.ToString());

    /// <summary>Does something to each of several registrations, each with its own token unless one is given for all.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="clients">The clients.</param>
    /// <param name="token">The token that was given; null for none.</param>
    /// <param name="action">What to do, with the token to do it with.</param>
    public static void ForEach(
        PolarCmdlet cmdlet,
        OAuthClientReference[] clients,
        SecureString? token,
        Action<OAuthClientReference, string> action
    )
    {
        foreach (var client in clients)
        {
            if ((Secrets.Token(token) ?? client.RegistrationToken) is { } own)
            {
                cmdlet.Try(Subject(client), () => action(client, own));
            }
            else
            {
                cmdlet.WriteError(
                    ErrorRecords.IncompleteClient(
                        client.ClientId,
                        $"The registration token of the OAuth client {client} is missing: a registration is managed with the token that came with it.",
                        HowToGive
                    )
                );
            }
        }
    }

    /// <summary>Reads a registration.</summary>
    public static Task<OAuth2Client> ReadAsync(
        PolarClient polar,
        OAuthClientReference client,
        string token,
        CancellationToken cancellationToken
    ) => polar.OAuth2Clients.GetAsync(client.ClientId, token, cancellationToken);
}
