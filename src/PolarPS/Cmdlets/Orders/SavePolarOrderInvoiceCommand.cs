using System;
using System.IO;
using System.Management.Automation;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>
/// Downloads the invoices of orders, each whole or not at all, and has missing ones generated. Operations orders:invoice and
/// orders:generate_invoice, and a download from where the invoice is, without the token.
/// </summary>
[Cmdlet(VerbsData.Save, "PolarOrderInvoice", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FileInfo))]
public sealed class SavePolarOrderInvoiceCommand : SavePolarCmdlet
{
    private const string Activity = "Downloading the invoice";

    /// <summary>The ids of orders, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Order)]
    [PolarId(typeof(Order), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Id", "Order")]
    public string[] OrderId { get; set; } = [];

    /// <summary>The file to write; or a folder, in which the file is named after the invoice's number.</summary>
    [Parameter(
        Mandatory = true,
        Position = 1,
        HelpMessage = "Path of the PDF file to write, or of a folder that exists"
    )]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Has Polar generate the invoices that do not exist yet, and waits for them.</summary>
    [Parameter]
    public SwitchParameter Generate { get; set; }

    /// <summary>How many seconds to wait at most for each invoice that is generated.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 3600)]
    public int TimeoutSeconds { get; set; } = 60;

    internal override NameUse NameUse => Generate ? NameUse.Write : NameUse.Read;

    internal override void ProcessInput()
    {
        foreach (var id in OrderId)
        {
            Try(OrderInvoices.Subject(id), () => Save(id));
        }
    }

    private void Save(string id)
    {
        if (TargetIn(Path, () => FileName(id)) is not { } target)
        {
            return;
        }

        var invoice = Generate ? Await(token => OrderInvoices.FindAsync(Client, id, token)) : null;
        var isMissing = Generate && invoice is null;
        var action = isMissing ? "Generate the invoice and save it" : "Save the invoice";
        if (!ShouldProcess(target, $"{action}: {NameOf(id)} in {UsedConnection}"))
        {
            if (isMissing && IsWhatIf)
            {
                WriteVerbose(PreviewHandler.Describe((client, token) => client.Orders.GenerateInvoiceAsync(id, token)));
            }

            return;
        }

        if (isMissing)
        {
            Await(token => Client.Orders.GenerateInvoiceAsync(id, token));
            invoice = this.WaitFor(
                "Waiting for the invoice",
                TimeSpan.FromSeconds(TimeoutSeconds),
                token => OrderInvoices.FindAsync(Client, id, token)
            );
            if (invoice is null)
            {
                var subject = new ErrorSubject("order", id);
                WriteError(ErrorRecords.NotReady(subject, "The invoice", TimeoutSeconds).About(subject, this));
                return;
            }
        }

        invoice ??= Await(token => Client.Orders.GetInvoiceAsync(id, token));
        Download(
            target,
            Activity,
            (options, token) => new FileDownload { Url = invoice.Url }.DownloadAsync(target, options, token)
        );
    }

    private string NameOf(string id) =>
        UsedConnection.Seen.LabelOf(id) is { } label ? $"order '{label}' ({id})" : $"order {id}";

    private string FileName(string id)
    {
        var order = UsedConnection.Seen.Find<Order>(id) ?? Await(token => Client.Orders.GetAsync(id, token));
        return FileNames.From(order.InvoiceNumber, id, ".pdf");
    }
}
