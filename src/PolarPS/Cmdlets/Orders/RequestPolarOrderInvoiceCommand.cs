namespace PolarPS.Commands;

/// <summary>Generates invoices for orders. Operation orders:generate_invoice; with -Wait orders:invoice too.</summary>
[Cmdlet(
    VerbsLifecycle.Request,
    "PolarOrderInvoice",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(OrderInvoice))]
public sealed class RequestPolarOrderInvoiceCommand : OrderInvoiceRequestCmdlet
{
    /// <summary>The ids of orders, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Order)]
    [PolarId(typeof(Order), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Id", "Order")]
    public string[] OrderId { get; set; } = [];

    internal override string[] Orders => OrderId;
}
