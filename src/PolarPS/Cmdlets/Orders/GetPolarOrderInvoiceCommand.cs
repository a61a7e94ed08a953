namespace PolarPS.Commands;

/// <summary>Gets where the invoices of orders can be downloaded. Operation orders:invoice.</summary>
[Cmdlet(VerbsCommon.Get, "PolarOrderInvoice")]
[OutputType(typeof(OrderInvoice))]
public sealed class GetPolarOrderInvoiceCommand : OrderInvoiceCmdlet
{
    /// <summary>The ids of orders, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Reading.Order)]
    [PolarId(typeof(Order), Each = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Id", "Order")]
    public string[] OrderId { get; set; } = [];

    internal override string[] Orders => OrderId;
}
