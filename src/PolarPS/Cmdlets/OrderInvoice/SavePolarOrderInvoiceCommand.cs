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
/// Downloads the invoices of orders, each whole or not at all. Operation orders:invoice, and a download from where it
/// leads, without the token.
/// </summary>
[Cmdlet(VerbsData.Save, "PolarOrderInvoice", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FileInfo))]
public sealed class SavePolarOrderInvoiceCommand : SavePolarCmdlet
{
    private const long LargestInvoice = 256 * 1024 * 1024;
    private const string Activity = "Downloading the invoice";

    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The ids of orders, or orders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PolarId(typeof(Order))]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("Id", "Order")]
    public string[] OrderId { get; set; } = [];

    /// <summary>The file to write; or a folder, in which the file is named after the invoice's number.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord()
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

        if (!ShouldProcess(target, $"Save the invoice of order {id} from {UsedConnection}"))
        {
            return;
        }

        var invoice = Await(token => Client.Orders.GetInvoiceAsync(id, token));
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
            HideTask(Activity);
        }

        _written.Add(target);
        if (PassThru)
        {
            WriteObject(new FileInfo(target));
        }
    }

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
            cmdlet.ShowTask(Activity, FormattableString.Invariant($"{value.Bytes / 1024:N0} KiB"));
    }
}
