using System.Security;

namespace PolarPS.Commands;

/// <summary>Gets registrations of OAuth clients. Operation oauth2:clients:oauth2:get_client.</summary>
[Cmdlet(VerbsCommon.Get, "PolarOAuthClient")]
[OutputType(typeof(OAuth2Client))]
public sealed class GetPolarOAuthClientCommand : PolarCmdlet, ITokenlessCmdlet
{
    /// <summary>The clients: their ids, or objects that have their registration tokens.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.OAuthClientId)]
    [OAuthClientTransformation]
    [ValidateNotNullOrEmpty]
    [Alias("Client")]
    public OAuthClientReference[] ClientId { get; set; } = [];

    /// <summary>The token that came with the registration; not needed where the client has it.</summary>
    [Parameter]
    [SecretTransformation("registration token")]
    [ValidateNotNull]
    [Alias("RegistrationAccessToken")]
    public SecureString? RegistrationToken { get; set; }

    internal override void ProcessInput() =>
        OAuthRegistration.ForEach(
            this,
            ClientId,
            RegistrationToken,
            (client, own) =>
                WriteObject(ModelShaper.Shape(Await(token => OAuthRegistration.ReadAsync(Client, client, own, token))))
        );
}
