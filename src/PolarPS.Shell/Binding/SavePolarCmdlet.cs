using System.Diagnostics;

namespace PolarPS.Commands;

/// <summary>
/// Writes what Polar sends to a file: complete, or not at all. An existing file stays until the new content is complete.
/// </summary>
public abstract class SavePolarCmdlet : PolarCmdlet
{
    private const int BufferSize = 80 * 1024;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Writes the file as an object when it is complete.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Replaces a file that is read-only, too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Refuses to replace an existing file.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>
    /// The whole path of a file to be written, after a look at whether it may be. Ends the cmdlet where the path is not one of
    /// the file system; writes an error and gives null where there cannot be such a file, or it must not be replaced.
    /// </summary>
    internal string? TargetOf(string path)
    {
        var full = FullPathOf(path);
        try
        {
            // Before a request is sent that might take minutes.
            using var target = Find(full);
            return full;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.FileFailed(exception, full));
            return null;
        }
    }

    private TargetFile Find(string path) => TargetFile.Find(path, mayReplace: !NoClobber, mayReplaceReadOnly: Force);

    /// <summary>Writes a response to a file. Failures of the file are errors of their own.</summary>
    /// <param name="path">The whole path.</param>
    /// <param name="activity">What progress says, such as "Exporting orders".</param>
    /// <param name="open">Asks for the content.</param>
    internal void Save(string path, string activity, Func<CancellationToken, Task<StreamedResponse>> open)
    {
        try
        {
            Await(token => SaveAsync(path, activity, open, token));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.FileFailed(exception, path));
            return;
        }
        finally
        {
            Progress.HideTask(activity);
        }

        if (PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }

    private async Task SaveAsync(
        string path,
        string activity,
        Func<CancellationToken, Task<StreamedResponse>> open,
        CancellationToken cancellationToken
    )
    {
        using var response = await open(cancellationToken).ConfigureAwait(false);
        using var target = Find(path);
        using (var file = await target.OpenAsync(cancellationToken).ConfigureAwait(false))
        {
            await CopyAsync(ContentOf(response), file, activity, cancellationToken).ConfigureAwait(false);
        }

        await target.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is written of a response; by default all as it comes.</summary>
    internal virtual Stream ContentOf(StreamedResponse response) => response.Content;

    private async Task CopyAsync(Stream content, Stream file, string activity, CancellationToken cancellationToken)
    {
        var shown = Stopwatch.StartNew();
        var buffer = new byte[BufferSize];
        long written = 0;
        for (
            int count;
            (count = await content.ReadAsync(buffer, 0, BufferSize, cancellationToken).ConfigureAwait(false)) > 0;

        )
        {
            await file.WriteAsync(buffer, 0, count, cancellationToken).ConfigureAwait(false);
            written += count;
            if (shown.Elapsed >= ProgressInterval)
            {
                shown.Restart();
                Progress.ShowTask(activity, $"{written / 1024} KiB");
            }
        }

        await file.FlushAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The whole path of a file or folder, which need not exist. Ends the cmdlet where there is none.</summary>
    internal string FullPathOf(string path)
    {
        if (FilePaths.FullPathOf(this, path) is { } full)
        {
            return full;
        }

        ThrowTerminatingError(ErrorRecords.NoFilePath(path));
        throw new InvalidOperationException("Not reached.");
    }
}

/// <summary>Exports everything of a kind as a CSV file.</summary>
public abstract class ExportPolarCmdlet : SavePolarCmdlet
{
    /// <summary>The file to write; replaced when the export is complete, and not before.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "Path of the CSV file to write, in a folder that exists")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// Puts an apostrophe in front of cells that a spreadsheet program would run as formulas: what customers enter as their
    /// names ends up in this file. Numbers stay as they are.
    /// </summary>
    [Parameter]
    public SwitchParameter EscapeFormula { get; set; }

    /// <summary>What is exported, in words: "orders".</summary>
    internal abstract string What { get; }

    internal abstract Task<StreamedResponse> OpenAsync(CancellationToken cancellationToken);

    internal override Stream ContentOf(StreamedResponse response) =>
        EscapeFormula ? CsvFormulas.Escape(response.Content) : response.Content;

    internal override void ProcessInput()
    {
        if (TargetOf(Path) is not { } target)
        {
            return;
        }

        Try(
            new ErrorSubject("export", What, IsNew: true),
            () =>
            {
                if (ShouldProcess(target, $"Export the {What} of {UsedConnection}"))
                {
                    Save(target, $"Exporting {What}", OpenAsync);
                }
            }
        );
    }
}
