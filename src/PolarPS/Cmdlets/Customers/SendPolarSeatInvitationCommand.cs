namespace PolarPS.Commands;

/// <summary>Sends pending seat invitations again. Operation customer-seats:resend_invitation.</summary>
[Cmdlet(
    VerbsCommunications.Send,
    "PolarSeatInvitation",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(CustomerSeat))]
public sealed class SendPolarSeatInvitationCommand : PolarActionCmdlet<CustomerSeat>
{
    /// <summary>The ids of seats, or seats.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Seat)]
    [PolarId(typeof(CustomerSeat))]
    [Alias("SeatId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override string Action(CustomerSeat? item) => SeatActions.Invitation(item);

    internal override Task<CustomerSeat> SendAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.CustomerSeats.ResendInvitationAsync(id, cancellationToken);

    // Polar shows seats only together, as those of a subscription or an order.
    internal override Task<CustomerSeat>? ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => null;
}
