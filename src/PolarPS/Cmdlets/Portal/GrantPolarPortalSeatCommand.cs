namespace PolarPS.Commands;

/// <summary>
/// Assigns a seat of the customer's own subscription or order, or of what a checkout has led to. Operation
/// customer_portal:seats:assign_seat.
/// </summary>
[Cmdlet(
    VerbsSecurity.Grant,
    "PolarPortalSeat",
    DefaultParameterSetName = EmailSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(CustomerSeat))]
public sealed class GrantPolarPortalSeatCommand : SeatGrantCmdlet, IPortalCmdlet
{
    /// <summary>The order of which to give a seat, or its id.</summary>
    [Parameter]
    [PolarId(typeof(Order), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [ValidateNotNullOrEmpty]
    [Alias("Order")]
    [Field]
    public string? OrderId { get; set; }

    /// <summary>The checkout with which the seats were bought, or its id.</summary>
    [Parameter]
    [PolarId(typeof(Checkout), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Checkout>))]
    [ValidateNotNullOrEmpty]
    [Alias("Checkout")]
    [Field]
    public string? CheckoutId { get; set; }

    /// <summary>The customer who gets it, or the customer's id; where the seller has no members.</summary>
    [Parameter(
        ParameterSetName = CustomerSet,
        Mandatory = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = HelpMessages.Ids.Customer
    )]
    [PolarId(typeof(Customer), IdOnly = true, InRows = true)]
    [FromRow]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("Customer")]
    [Field]
    public string? CustomerId { get; set; }

    internal override string? Customer => CustomerId;

    internal override (string Kind, string Parameter, string? Id)[] Sources =>
        [
            ("subscription", nameof(SubscriptionId), SubscriptionId),
            ("order", nameof(OrderId), OrderId),
            ("checkout", nameof(CheckoutId), CheckoutId),
        ];

    internal override Task<CustomerSeat> AssignAsync(PolarClient client, SeatAssign body, CancellationToken token) =>
        client.Portal.Seats.AssignSeatAsync(body, token);
}
