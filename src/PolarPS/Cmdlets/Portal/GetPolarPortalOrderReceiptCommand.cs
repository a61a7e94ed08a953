namespace PolarPS.Commands;

/// <summary>Gets where the receipts of the customer's own orders can be downloaded. Operation customer_portal:orders:receipt.</summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalOrderReceipt")]
[OutputType(typeof(OrderReceipt))]
public sealed class GetPolarPortalOrderReceiptCommand : OrderReceiptCmdlet, IPortalCmdlet
{
    /// <summary>The ids of orders that have been paid, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Ids.Order)]
    [PolarId(typeof(Order), IdOnly = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Id", "Order")]
    public string[] OrderId { get; set; } = [];

    internal override string[] Orders => OrderId;
}
