namespace PolarPS.Commands;

/// <summary>Gets where the receipts of orders can be downloaded. Operation orders:receipt.</summary>
[Cmdlet(VerbsCommon.Get, "PolarOrderReceipt")]
[OutputType(typeof(OrderReceipt))]
public sealed class GetPolarOrderReceiptCommand : OrderReceiptCmdlet
{
    /// <summary>The ids of orders that have been paid, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Reading.Order)]
    [PolarId(typeof(Order), Each = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Id", "Order")]
    public string[] OrderId { get; set; } = [];

    internal override string[] Orders => OrderId;
}
