namespace PolarPS.Commands;

/// <summary>Revokes seats. Operation customer-seats:revoke_seat.</summary>
[Cmdlet(VerbsSecurity.Revoke, "PolarSeat", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CustomerSeat))]
public sealed class RevokePolarSeatCommand : PolarActionCmdlet<CustomerSeat>
{
    /// <summary>The ids of seats, or seats.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Seat)]
    [PolarId(typeof(CustomerSeat), Strict = true)]
    [Alias("SeatId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override string Action(CustomerSeat? item) => SeatActions.Revocation(item);

    internal override Task<CustomerSeat> SendAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.CustomerSeats.RevokeSeatAsync(id, cancellationToken);

    // Polar shows seats only together, as those of a subscription or an order.
    internal override Task<CustomerSeat>? ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => null;
}
