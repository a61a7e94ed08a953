using System.Security;

namespace PolarPS.Commands;

/// <summary>
/// Confirms another email address with the token that was sent there, and opens a session. Needs none. Operation
/// customer_portal:customers:verify_email_update.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Confirm,
    "PolarPortalEmailUpdate",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(CustomerEmailUpdateVerification))]
public sealed class ConfirmPolarPortalEmailUpdateCommand
    : PolarWriteCmdlet<CustomerEmailUpdateVerification>,
        IPublicCmdlet
{
    /// <summary>The token that was sent to the new address.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = HelpMessages.EmailUpdateToken)]
    [EmailUpdateTokenTransformation]
    public SecureString? Token { get; set; }

    /// <inheritdoc/>
    internal override void ProcessInput() =>
        Try(
            EmailUpdateToken.Subject,
            () =>
            {
                var mailed = Secrets.Text(Token)!;
                if (
                    Confirm(
                        "the customer with this token",
                        "Make the address that got the token the email address",
                        (client, token) => VerifyAsync(client, mailed, token)
                    )
                )
                {
                    var verification = Await(token => VerifyAsync(Client, mailed, token));
                    SessionOrigins.Note(verification, UsedConnection);
                    WriteObject(ModelShaper.Shape(verification));
                }
            }
        );

    private static Task<CustomerEmailUpdateVerification> VerifyAsync(
        PolarClient client,
        string mailed,
        CancellationToken cancellationToken
    ) => client.Portal.Customer.VerifyEmailUpdateAsync(mailed, cancellationToken);
}
