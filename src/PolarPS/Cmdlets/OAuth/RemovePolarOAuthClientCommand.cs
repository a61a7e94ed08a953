using System.Security;

namespace PolarPS.Commands;

/// <summary>Deletes registrations of OAuth clients. Operation oauth2:clients:oauth2:delete_client.</summary>
[Cmdlet(VerbsCommon.Remove, "PolarOAuthClient", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemovePolarOAuthClientCommand : ForcePolarCmdlet<OAuth2Client>, ITokenlessCmdlet
{
    private const string Deletion =
        "Delete permanently: all its refresh tokens end and nobody can sign in with it; access tokens already issued live on until they expire, and nothing can revoke them then";

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

    /// <inheritdoc/>
    internal override void ProcessInput() => OAuthRegistration.ForEach(this, ClientId, RegistrationToken, Delete);

    private void Delete(OAuthClientReference reference, string own)
    {
        // No one can tell from an id alone whether it is the right one.
        var known = IsShown ? Await(token => OAuthRegistration.ReadAsync(Client, reference, own, token)) : null;
        if (
            Confirm(
                OAuthRegistration.NameOf(reference, known),
                Deletion,
                (client, token) => client.OAuth2Clients.DeleteAsync(reference.ClientId, own, token)
            )
        )
        {
            Await(token => Client.OAuth2Clients.DeleteAsync(reference.ClientId, own, token));
        }
    }
}
