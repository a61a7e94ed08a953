using System.Security;

namespace PolarPS.Commands;

/// <summary>
/// Changes registrations of OAuth clients: what is given, and nothing else. Operation oauth2:clients:oauth2:update_client, after
/// oauth2:clients:oauth2:get_client.
/// </summary>
[Cmdlet(VerbsCommon.Set, "PolarOAuthClient", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(OAuth2Client))]
public sealed class SetPolarOAuthClientCommand : OAuthClientCmdlet
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

    /// <summary>The name that users see.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("Name")]
    [Field]
    public string? ClientName { get; set; }

    /// <summary>All addresses where users may be sent back to, in place of those registered.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("RedirectUris")]
    [Field("redirect_uris")]
    public string[]? RedirectUri { get; set; }

    /// <inheritdoc/>
    internal override void ProcessInput() => OAuthRegistration.ForEach(this, ClientId, RegistrationToken, Update);

    private void Update(OAuthClientReference reference, string own)
    {
        var body = Fill(new OAuth2ClientUpdate());
        if (IsNothing(body))
        {
            Fail(ErrorRecords.NothingToChange(OAuthRegistration.Subject(reference)));
            return;
        }

        // Polar replaces the registration as a whole: what is not given is sent as it is now.
        var current = Await(token => OAuthRegistration.ReadAsync(Client, reference, own, token));
        var comparison = Compare(current, body);
        body.KeepFrom(current);
        if (
            Confirm(
                OAuthRegistration.NameOf(reference, current),
                Changes(comparison),
                (client, token) => client.OAuth2Clients.UpdateAsync(reference.ClientId, body, own, token)
            )
        )
        {
            Write(Await(token => Client.OAuth2Clients.UpdateAsync(reference.ClientId, body, own, token)));
        }
    }
}
