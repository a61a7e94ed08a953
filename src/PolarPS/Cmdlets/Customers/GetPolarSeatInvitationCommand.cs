using System.Security;

namespace PolarPS.Commands;

/// <summary>Shows what a seat invitation is for, and whether it still works. Operation customer-seats:get_claim_info.</summary>
[Cmdlet(VerbsCommon.Get, "PolarSeatInvitation")]
[OutputType(typeof(CustomerSeatClaimInfo))]
public sealed class GetPolarSeatInvitationCommand : PolarCmdlet
{
    /// <summary>The token of the invitation.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = HelpMessages.InvitationToken)]
    [InvitationTokenTransformation]
    public SecureString? InvitationToken { get; set; }

    internal override void ProcessInput() =>
        Try(
            SeatInvitation.Subject,
            () =>
                WriteObject(
                    ModelShaper.Shape(
                        Await(token =>
                            Client.CustomerSeats.GetClaimInfoAsync(SeatInvitation.Text(InvitationToken!), token)
                        )
                    )
                )
        );
}
