using System.Security;

namespace PolarPS.Commands;

/// <summary>Exchanges a code or a refresh token for tokens. Operation oauth2:request_token.</summary>
[Cmdlet(
    VerbsLifecycle.Request,
    "PolarOAuthToken",
    DefaultParameterSetName = CodeSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(OAuth2Token))]
public sealed class RequestPolarOAuthTokenCommand : PolarWriteCmdlet<OAuth2Token>, ITokenlessCmdlet
{
    private const string CodeSet = "Code";
    private const string RefreshSet = "RefreshToken";

    private const string IfUnknown =
        "The code or refresh token may be used up by now. Run the command once more; if it is refused then, have the user sign in again.";

    /// <summary>The code that the user came back with.</summary>
    [Parameter(ParameterSetName = CodeSet, Mandatory = true, HelpMessage = "Not by typing: the code as a SecureString")]
    [SecretTransformation("code")]
    [ValidateNotNull]
    public SecureString Code { get; set; } = null!;

    /// <summary>The address that the user came back to, exactly as it was given.</summary>
    [Parameter(
        ParameterSetName = CodeSet,
        Mandatory = true,
        HelpMessage = "The redirect address of the sign-in, to the letter"
    )]
    [ValidateNotNullOrEmpty]
    public string RedirectUri { get; set; } = string.Empty;

    /// <summary>The secret behind the challenge of the sign-in; a public client needs it.</summary>
    [Parameter(ParameterSetName = CodeSet)]
    [SecretTransformation("code verifier")]
    [ValidateNotNull]
    public SecureString? CodeVerifier { get; set; }

    /// <summary>The refresh token, or the tokens that it is part of.</summary>
    [Parameter(
        ParameterSetName = RefreshSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.OAuthToken
    )]
    [OAuthTokenTransformation]
    [ValidateNotNull]
    [Alias("Token")]
    public OAuthTokenReference RefreshToken { get; set; } = null!;

    /// <summary>The client: with its secret, or the id of a public client.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = HelpMessages.OAuthClientObject)]
    [OAuthClientTransformation]
    [ValidateNotNull]
    [Alias("Credential", "ClientId")]
    public new OAuthClientReference Client { get; set; } = null!;

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        if (Client.Authentication == "client_secret_basic")
        {
            ThrowTerminatingError(
                ErrorRecords.IncompleteClient(
                    Client.ClientId,
                    $"{Client} is registered for client_secret_basic, and PolarPS sends the secret as client_secret_post does: Polar would refuse it.",
                    "Nothing was sent. Set-PolarOAuthClient -TokenEndpointAuthMethod client_secret_post changes the registration."
                )
            );
        }

        if (ParameterSetName == CodeSet)
        {
            Exchange("code", "Exchange the code, which works once, for tokens", ForCode);
        }
        else
        {
            Exchange("refresh token", "Exchange the refresh token, which works once, for new tokens", ForRefresh);
        }
    }

    private OAuth2TokenRequest ForCode() =>
        OAuth2TokenRequest.ForCode(
            Client.ClientId,
            Secrets.Token(Code)!,
            RedirectUri,
            Secrets.Token(CodeVerifier),
            Client.Secret
        );

    private OAuth2TokenRequest ForRefresh() =>
        OAuth2TokenRequest.ForRefresh(
            Client.ClientId,
            RefreshToken.Of(OAuthToken.Refresh)
                ?? throw new ArgumentException(
                    "There is no refresh token in what was given, only an access token, which cannot be exchanged."
                ),
            Client.Secret
        );

    private void Exchange(string what, string action, Func<OAuth2TokenRequest> create) =>
        Try(
            OAuthToken.Subject(what, Client, IfUnknown),
            () =>
            {
                var body = create();
                body.CheckField("code_verifier", body.CodeVerifier);
                if (
                    Confirm(
                        $"OAuth client {Client}",
                        action,
                        (client, token) => client.OAuth2.RequestTokenAsync(body, token)
                    )
                )
                {
                    var tokens = Await(token => base.Client.OAuth2.RequestTokenAsync(body, token));
                    TokenTimes.Note(tokens);
                    // Not remembered: it is a secret.
                    WriteObject(ModelShaper.Shape(tokens));
                }
            }
        );
}
