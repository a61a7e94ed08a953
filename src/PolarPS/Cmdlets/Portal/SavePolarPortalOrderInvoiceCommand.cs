namespace PolarPS.Commands;

/// <summary>
/// Downloads the invoices of the customer's own orders, each whole or not at all, and has missing ones generated. Operations
/// customer_portal:orders:invoice and customer_portal:orders:generate_invoice, and a download without the token.
/// </summary>
[Cmdlet(VerbsData.Save, "PolarPortalOrderInvoice", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FileInfo))]
public sealed class SavePolarPortalOrderInvoiceCommand : OrderInvoiceSaveCmdlet, IPortalCmdlet
{
    /// <summary>The ids of orders, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Ids.Order)]
    [PolarId(typeof(Order), IdOnly = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Id", "Order")]
    public string[] OrderId { get; set; } = [];

    internal override string[] Orders => OrderId;
}
