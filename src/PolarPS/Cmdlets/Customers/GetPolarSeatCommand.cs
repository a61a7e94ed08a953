namespace PolarPS.Commands;

/// <summary>
/// Gets the seats of subscriptions or orders that were ever assigned, or how many there are. Operation customer-seats:list_seats.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarSeat", DefaultParameterSetName = SubscriptionSet)]
[OutputType(typeof(CustomerSeat), typeof(CustomerSeatList))]
public sealed class GetPolarSeatCommand : SeatListCmdlet
{
    /// <summary>The subscriptions whose seats to get, or their ids.</summary>
    [Parameter(
        ParameterSetName = SubscriptionSet,
        Mandatory = true,
        Position = 0,
        HelpMessage = HelpMessages.Subscription
    )]
    [PolarId(typeof(Subscription))]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [Alias("Subscription")]
    public string[] SubscriptionId { get; set; } = [];

    /// <summary>The orders whose seats to get, or their ids.</summary>
    [Parameter(ParameterSetName = OrderSet, Mandatory = true, HelpMessage = HelpMessages.Reading.Order)]
    [PolarId(typeof(Order), Each = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Order")]
    public string[] OrderId { get; set; } = [];

    internal override string[] Subscriptions => SubscriptionId;

    internal override string[] Orders => OrderId;

    internal override Task<CustomerSeatList> ListAsync(CustomerSeatQuery query, CancellationToken cancellationToken) =>
        Client.CustomerSeats.ListSeatsAsync(query, cancellationToken);
}
