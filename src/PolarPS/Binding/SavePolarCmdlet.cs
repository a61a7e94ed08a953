using System;
using System.Diagnostics;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;

namespace PolarPS.Commands;

/// <summary>
/// Writes what Polar sends into a file: whole, or not at all. What had the name before stays until the new content is there.
/// </summary>
public abstract class SavePolarCmdlet : PolarCmdlet
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Writes the file as an object when it is there.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Replaces a file that is read-only, too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Refuses to replace a file that is there.</summary>
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
        var folder = System.IO.Path.GetDirectoryName(full);

        // Before a request is sent that might take minutes.
        if (Directory.Exists(full) || !Directory.Exists(folder))
        {
            var problem = Directory.Exists(full)
                ? new IOException($"'{full}' is a folder.")
                : new DirectoryNotFoundException($"There is no folder '{folder}'.");
            WriteError(ErrorRecords.FileFailed(problem, full));
            return null;
        }

        if (!File.Exists(full))
        {
            return full;
        }

        if (NoClobber || (new FileInfo(full).IsReadOnly && !Force))
        {
            WriteError(ErrorRecords.FileExists(full));
            return null;
        }

        return full;
    }

    /// <summary>Loads an answer into a file. Failures of the file are errors of their own.</summary>
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
            HideTask(activity);
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
        using var file = new WholeFile(path);
        var shown = Stopwatch.StartNew();
        await file.WriteAsync(
                response.Content,
                count =>
                {
                    if (shown.Elapsed >= ProgressInterval)
                    {
                        shown.Restart();
                        ShowTask(activity, FormattableString.Invariant($"{count / 1024:N0} KiB"));
                    }
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        file.Commit(mayReplace: !NoClobber);
    }

    /// <summary>The whole path of a file or folder, which need not exist. Ends the cmdlet where there is none.</summary>
    internal string FullPathOf(string path)
    {
        try
        {
            var full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            if (provider.Name == "FileSystem")
            {
                return full;
            }
        }
        catch (Exception exception) when (exception is SessionStateException or NotSupportedException)
        {
            // Said below.
        }

        ThrowTerminatingError(ErrorRecords.NoFilePath(path));
        throw new InvalidOperationException("Not reached.");
    }
}

/// <summary>Exports everything of a kind as a CSV file.</summary>
public abstract class ExportPolarCmdlet : SavePolarCmdlet
{
    /// <summary>The file to write; replaced when the export is complete, and not before.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>What is exported, in words: "orders".</summary>
    internal abstract string What { get; }

    internal abstract Task<StreamedResponse> OpenAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override void ProcessRecord()
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
                    Save(target, $"Exporting {What}", OpenCsvAsync);
                }
            }
        );
    }

    // A sign-in page of some network must not take the place of yesterday's export.
    private async Task<StreamedResponse> OpenCsvAsync(CancellationToken cancellationToken)
    {
        var response = await OpenAsync(cancellationToken).ConfigureAwait(false);
        if (string.Equals(response.MediaType, "text/csv", StringComparison.OrdinalIgnoreCase))
        {
            return response;
        }

        response.Dispose();
        throw new PolarResponseException(
            $"The answer is {Redactor.Redact(response.MediaType ?? "of no known type")}, not CSV; is the address really Polar's?",
            new FailedCall("GET", string.Empty, StatusCode: 200)
        );
    }
}
