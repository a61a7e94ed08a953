namespace PolarPS.Commands;

/// <summary>Sends pending invitations to the customer's seats again. Operation customer_portal:seats:resend_invitation.</summary>
[Cmdlet(
    VerbsCommunications.Send,
    "PolarPortalSeatInvitation",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(CustomerSeat))]
public sealed class SendPolarPortalSeatInvitationCommand : PolarActionCmdlet<CustomerSeat>, IPortalCmdlet
{
    /// <summary>The ids of seats, or seats.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Seat)]
    [PolarId(typeof(CustomerSeat), IdOnly = true)]
    [Alias("SeatId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override string Action(CustomerSeat? item) => SeatActions.Invitation(item);

    internal override Task<CustomerSeat> SendAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Portal.Seats.ResendInvitationAsync(id, cancellationToken);

    // Polar shows seats only together, as those of a subscription or an order.
    internal override Task<CustomerSeat>? ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => null;
}
