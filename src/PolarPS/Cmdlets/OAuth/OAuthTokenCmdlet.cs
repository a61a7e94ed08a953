namespace PolarPS.Commands;

/// <summary>Asks something about tokens, which only the client may that they were issued to, and only with its secret.</summary>
public abstract class OAuthTokenCmdlet : PolarWriteCmdlet<OAuth2Token>, ITokenlessCmdlet
{
    /// <summary>The tokens, as Request-PolarOAuthToken returns them or as SecureStrings.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.OAuthToken)]
    [OAuthTokenTransformation]
    [ValidateNotNullOrEmpty]
    [Alias("AccessToken", "RefreshToken")]
    public OAuthTokenReference[] Token { get; set; } = [];

    /// <summary>The client that they were issued to, with its secret.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = HelpMessages.OAuthClientObject)]
    [OAuthClientTransformation]
    [ValidateNotNull]
    [Alias("Credential")]
    public new OAuthClientReference Client { get; set; } = null!;

    /// <summary>Which of the two tokens of a sign-in is meant; without it the access token.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TokenTypeHintCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TokenTypeHint { get; set; }

    /// <summary>The client over the connection: <see cref="Client"/> is the user's.</summary>
    internal PolarClient Polar => base.Client;

    /// <summary>How to find out the outcome, where no answer comes.</summary>
    internal abstract string IfUnknown { get; }

    /// <summary>Does it for one token.</summary>
    internal abstract void Ask(OAuth2TokenQuery query);

    internal override void ProcessInput()
    {
        if (Client.Secret is not { } secret)
        {
            ThrowTerminatingError(
                ErrorRecords.IncompleteClient(
                    Client.ClientId,
                    Client.Authentication == "none"
                        ? $"{Client} is a public client, and Polar answers only those that have a secret."
                        : $"The secret of the OAuth client {Client} is missing.",
                    $"Nothing was sent. Use -Client (Get-Credential {Client.ClientId}) and the secret as password, or the object from Get-PolarOAuthClient."
                )
            );
            return;
        }

        foreach (var token in Token)
        {
            Try(
                OAuthToken.Subject(Kind, Client, IfUnknown),
                () =>
                {
                    var query = new OAuth2TokenQuery
                    {
                        Token =
                            token.Of(TokenTypeHint)
                            ?? throw new ArgumentException(
                                $"There is no token of the kind {TokenTypeHint} in what was given."
                            ),
                        ClientId = Client.ClientId,
                        ClientSecret = secret,
                    };
                    if (TokenTypeHint is not null)
                    {
                        query.TokenTypeHint = TokenTypeHint;
                    }

                    Ask(query);
                }
            );
        }
    }
}
