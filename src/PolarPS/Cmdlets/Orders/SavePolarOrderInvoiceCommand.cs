namespace PolarPS.Commands;

/// <summary>
/// Downloads the invoices of orders, each whole or not at all, and has missing ones generated. Operations orders:invoice and
/// orders:generate_invoice, and a download from where the invoice is, without the token.
/// </summary>
[Cmdlet(VerbsData.Save, "PolarOrderInvoice", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FileInfo))]
public sealed class SavePolarOrderInvoiceCommand : OrderInvoiceSaveCmdlet
{
    /// <summary>The ids of orders, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Order)]
    [PolarId(typeof(Order), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Id", "Order")]
    public string[] OrderId { get; set; } = [];

    internal override string[] Orders => OrderId;
}
