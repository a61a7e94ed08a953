namespace PolarPS.Commands;

/// <summary>
/// Gets the seats of the customer's own subscriptions or orders that were ever assigned, or how many there are. Operation
/// customer_portal:seats:list_seats.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalSeat", DefaultParameterSetName = SubscriptionSet)]
[OutputType(typeof(CustomerSeat), typeof(CustomerSeatList))]
public sealed class GetPolarPortalSeatCommand : SeatListCmdlet, IPortalCmdlet
{
    /// <summary>The subscriptions whose seats to get, or their ids.</summary>
    [Parameter(
        ParameterSetName = SubscriptionSet,
        Mandatory = true,
        Position = 0,
        HelpMessage = HelpMessages.Subscription
    )]
    [PolarId(typeof(Subscription), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [Alias("Subscription")]
    public string[] SubscriptionId { get; set; } = [];

    /// <summary>The orders whose seats to get, or their ids.</summary>
    [Parameter(ParameterSetName = OrderSet, Mandatory = true, HelpMessage = HelpMessages.Ids.Order)]
    [PolarId(typeof(Order), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Order")]
    public string[] OrderId { get; set; } = [];

    internal override string[] Subscriptions => SubscriptionId;

    internal override string[] Orders => OrderId;

    internal override Task<CustomerSeatList> ListAsync(CustomerSeatQuery query, CancellationToken cancellationToken) =>
        Client.Portal.Seats.ListSeatsAsync(query, cancellationToken);
}
