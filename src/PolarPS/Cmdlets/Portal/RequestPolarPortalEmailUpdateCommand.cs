namespace PolarPS.Commands;

/// <summary>
/// Asks for another email address: Polar sends a token there, which confirms it. Operation
/// customer_portal:customers:request_email_update.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Request,
    "PolarPortalEmailUpdate",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(void))]
public sealed class RequestPolarPortalEmailUpdateCommand : PortalCustomerCmdlet
{
    /// <summary>The new email address.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = HelpMessages.Email)]
    [Text]
    public string Email { get; set; } = string.Empty;

    /// <inheritdoc/>
    internal override void ProcessInput() =>
        Try(
            Me,
            () =>
            {
                if (
                    Confirm(
                        NameOf(ReadMe()),
                        $"Send a token to {Email} that makes it the email address",
                        (client, token) => client.Portal.Customer.RequestEmailUpdateAsync(Email, token)
                    )
                )
                {
                    Await(token => Client.Portal.Customer.RequestEmailUpdateAsync(Email, token));
                }
            }
        );
}
