using System.Security;

namespace PolarPS.Commands;

/// <summary>
/// Tests whether a token for another email address still works. Needs no session. Operation
/// customer_portal:customers:check_email_update.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "PolarPortalEmailUpdate")]
[OutputType(typeof(bool))]
public sealed class TestPolarPortalEmailUpdateCommand : PolarCmdlet, IPublicCmdlet
{
    /// <summary>The token that was sent to the new address.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = HelpMessages.EmailUpdateToken)]
    [EmailUpdateTokenTransformation]
    public SecureString? Token { get; set; }

    internal override void ProcessInput() =>
        Try(
            EmailUpdateToken.Subject,
            () => WriteObject(Await(token => Client.Portal.Customer.TestEmailUpdateAsync(Secrets.Text(Token)!, token)))
        );
}
