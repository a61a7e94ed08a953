namespace PolarPS.Commands;

/// <summary>
/// Generates invoices for the customer's own orders. Operation customer_portal:orders:generate_invoice; with -Wait
/// customer_portal:orders:invoice too.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Request,
    "PolarPortalOrderInvoice",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(OrderInvoice))]
public sealed class RequestPolarPortalOrderInvoiceCommand : OrderInvoiceRequestCmdlet, IPortalCmdlet
{
    /// <summary>The ids of orders, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Ids.Order)]
    [PolarId(typeof(Order), IdOnly = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Id", "Order")]
    public string[] OrderId { get; set; } = [];

    internal override string[] Orders => OrderId;
}
