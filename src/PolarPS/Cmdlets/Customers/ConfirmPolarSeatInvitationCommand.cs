using System.Security;

namespace PolarPS.Commands;

/// <summary>
/// Accepts a seat invitation on behalf of the invited person. Operation customer-seats:claim_seat.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Confirm,
    "PolarSeatInvitation",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(CustomerSeatClaim))]
public sealed class ConfirmPolarSeatInvitationCommand : PolarWriteCmdlet<CustomerSeatClaim>
{
    /// <summary>The token of the invitation.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = HelpMessages.InvitationToken)]
    [InvitationTokenTransformation]
    public SecureString? InvitationToken { get; set; }

    /// <inheritdoc/>
    internal override void ProcessInput() =>
        Try(
            SeatInvitation.Subject,
            () =>
            {
                var invitation = SeatInvitation.Text(InvitationToken!);
                var info = IsShown ? Await(token => Client.CustomerSeats.GetClaimInfoAsync(invitation, token)) : null;
                var target = info is null ? "the seat invitation" : $"the invitation to {info}";
                if (Confirm(target, "Accept the seat", (client, token) => ClaimAsync(client, invitation, token)))
                {
                    var claim = Await(token => ClaimAsync(Client, invitation, token));
                    SessionOrigins.Note(claim, UsedConnection);
                    WriteObject(ModelShaper.Shape(claim));
                }
            }
        );

    private static Task<CustomerSeatClaim> ClaimAsync(
        PolarClient client,
        string invitation,
        CancellationToken cancellationToken
    ) => client.CustomerSeats.ClaimSeatAsync(new SeatClaim { InvitationToken = invitation }, cancellationToken);
}
