namespace PolarPS.Commands;

/// <summary>Assigns a seat of a subscription or an order. Operation customer-seats:assign_seat.</summary>
[Cmdlet(
    VerbsSecurity.Grant,
    "PolarSeat",
    DefaultParameterSetName = EmailSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(CustomerSeat))]
public sealed class GrantPolarSeatCommand : SeatGrantCmdlet
{
    /// <summary>The order of which to give a seat, or its id.</summary>
    [Parameter]
    [PolarId(typeof(Order))]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [ValidateNotNullOrEmpty]
    [Alias("Order")]
    [Field]
    public string? OrderId { get; set; }

    /// <summary>The customer who gets it, or the customer's id.</summary>
    [Parameter(
        ParameterSetName = CustomerSet,
        Mandatory = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = HelpMessages.Customer
    )]
    [PolarId(typeof(Customer), InRows = true)]
    [FromRow]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("Customer")]
    [Field]
    public string? CustomerId { get; set; }

    internal override string? Customer => CustomerId;

    internal override (string Kind, string Parameter, string? Id)[] Sources =>
        [("subscription", nameof(SubscriptionId), SubscriptionId), ("order", nameof(OrderId), OrderId)];

    internal override Task<CustomerSeat> AssignAsync(PolarClient client, SeatAssign body, CancellationToken token) =>
        client.CustomerSeats.AssignSeatAsync(body, token);
}
