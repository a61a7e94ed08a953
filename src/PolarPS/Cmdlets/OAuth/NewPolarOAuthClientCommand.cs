namespace PolarPS.Commands;

/// <summary>Registers an OAuth client. Operation oauth2:clients:oauth2:create_client.</summary>
[Cmdlet(VerbsCommon.New, "PolarOAuthClient", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(OAuth2Client))]
public sealed class NewPolarOAuthClientCommand : OAuthClientCmdlet
{
    /// <summary>The name that users see.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "What users see when they are asked to consent")]
    [ValidateNotNullOrEmpty]
    [Alias("Name")]
    [Field]
    public string ClientName { get; set; } = string.Empty;

    /// <summary>Where users may be sent back to: https addresses, or http to this computer.</summary>
    [Parameter(
        Mandatory = true,
        Position = 1,
        HelpMessage = "Where users come back to, such as http://127.0.0.1:8400/ or an https address"
    )]
    [ValidateNotNullOrEmpty]
    [Alias("RedirectUris")]
    [Field("redirect_uris")]
    public string[] RedirectUri { get; set; } = [];

    /// <inheritdoc/>
    internal override void ProcessInput() =>
        Try(
            new ErrorSubject(
                Kind,
                ClientName,
                IsNew: true,
                IfUnknown: "Without the answer nobody has the client's secret and registration token: register another."
            ),
            () =>
            {
                var body = Fill(new OAuth2ClientCreate());
                if (
                    Confirm(
                        $"{Kind} '{ClientName}'",
                        "Register",
                        (client, token) => client.OAuth2Clients.CreateAsync(body, token)
                    )
                )
                {
                    Write(Await(token => Client.OAuth2Clients.CreateAsync(body, token)));
                }
            }
        );
}
