using System.Text;
using PolarPS.Views;

namespace PolarPS.Commands;

/// <summary>
/// Writes metrics as an HTML file with charts, which needs nothing but itself. It takes what operation metrics:get gave, and sends
/// nothing.
/// </summary>
[Cmdlet(VerbsData.Export, "PolarMetricReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPolarMetricReportCommand : MetricSeriesCmdlet
{
    private string? _target;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "Path of the HTML file to write, in a folder that exists")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The title of the report.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "Polar metrics";

    /// <summary>Replaces an existing file, also one that is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the file as an object when it is complete.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (FilePaths.FullPathOf(this, Path) is not { } full)
        {
            ThrowTerminatingError(ErrorRecords.NoFilePath(Path));
            return;
        }

        try
        {
            // Before figures are asked for that nobody could keep.
            using var target = Find(full);
            _target = full;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(Failed(exception, full));
        }
    }

    internal override void Show(IReadOnlyList<IReadOnlyList<MetricSeries>> runs)
    {
        if (!ShouldProcess(_target!, "Write the report of metrics"))
        {
            return;
        }

        var html = MetricReport.Write(Title, runs, DateTimeOffset.UtcNow);
        try
        {
            // Away from a thread whose context would want the continuation back.
            Task.Run(() => WriteAsync(_target!, html)).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(Failed(exception, _target!));
            return;
        }

        if (PassThru)
        {
            WriteObject(new FileInfo(_target!));
        }
    }

    private async Task WriteAsync(string path, string html)
    {
        var bytes = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(html);
        using var target = Find(path);
        using (var file = await target.OpenAsync(CancellationToken.None).ConfigureAwait(false))
        {
            await file.WriteAsync(bytes, 0, bytes.Length).ConfigureAwait(false);
        }

        await target.CommitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private TargetFile Find(string path) => TargetFile.Find(path, mayReplace: Force, mayReplaceReadOnly: Force);

    private static ErrorRecord Failed(Exception exception, string path) =>
        ErrorRecords.FileFailed(exception, path, toReplace: "replace it with -Force.");
}
