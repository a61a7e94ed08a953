namespace PolarPS.Commands;

/// <summary>Gets where the invoices of the customer's own orders can be downloaded. Operation customer_portal:orders:invoice.</summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalOrderInvoice")]
[OutputType(typeof(OrderInvoice))]
public sealed class GetPolarPortalOrderInvoiceCommand : OrderInvoiceCmdlet, IPortalCmdlet
{
    /// <summary>The ids of orders, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Ids.Order)]
    [PolarId(typeof(Order), IdOnly = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Id", "Order")]
    public string[] OrderId { get; set; } = [];

    internal override string[] Orders => OrderId;
}
