using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
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
    private const long LargestInvoice = 256 * 1024 * 1024;
    private const string Activity = "Downloading the invoice";

    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

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
        if (FindTarget(id) is not { } target)
        {
            return;
        }

        if (_written.Contains(target))
        {
            WriteError(ErrorRecords.FileTaken(target));
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
        try
        {
            Await(token => DownloadAsync(invoice, target, token));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.FileFailed(exception, target));
            return;
        }
        finally
        {
            Progress.HideTask(Activity);
        }

        _written.Add(target);
        if (PassThru)
        {
            WriteObject(new FileInfo(target));
        }
    }

    private string NameOf(string id) =>
        UsedConnection.Seen.LabelOf(id) is { } label ? $"order '{label}' ({id})" : $"order {id}";

    private string? FindTarget(string id)
    {
        var path = FullPathOf(Path);
        return TargetOf(Directory.Exists(path) ? System.IO.Path.Combine(path, FileName(id)) : path);
    }

    private string FileName(string id)
    {
        var order = UsedConnection.Seen.Find<Order>(id) ?? Await(token => Client.Orders.GetAsync(id, token));
        return FileNames.From(order.InvoiceNumber, id, ".pdf");
    }

    private Task<FileDownloadResult> DownloadAsync(
        OrderInvoice invoice,
        string target,
        CancellationToken cancellationToken
    ) =>
        new FileDownload { Url = invoice.Url }.DownloadAsync(
            target,
            new FileDownloadOptions
            {
                Overwrite = !NoClobber,
                OverwriteReadOnly = Force,
                StoreClient = UsedConnection.Store,
                Progress = new TaskProgress(this),
            },
            cancellationToken
        );

    private sealed class TaskProgress(SavePolarOrderInvoiceCommand cmdlet) : IProgress<FileProgress>
    {
        public void Report(FileProgress value) =>
            cmdlet.Progress.ShowTask(Activity, FormattableString.Invariant($"{value.Bytes / 1024:N0} KiB"));
    }
}
