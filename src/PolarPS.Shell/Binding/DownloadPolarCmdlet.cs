namespace PolarPS.Commands;

/// <summary>Downloads files from the store beside Polar, where no token is sent: each whole, or not at all.</summary>
public abstract class DownloadPolarCmdlet : SavePolarCmdlet
{
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The file to write; or a folder, in which each file gets a name of its own.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = "Path of the file to write, or of a folder that exists")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>What progress says, such as "Downloading the invoice".</summary>
    internal abstract string Activity { get; }

    /// <summary>How files in a folder are named, such as "each file is named after its number".</summary>
    internal abstract string NamesInFolder { get; }

    /// <summary>
    /// The whole path of the file to write; null, after an error, where it cannot be written, must not be replaced, or was
    /// written by this command.
    /// </summary>
    /// <param name="fileName">Gives the name within a folder.</param>
    internal string? FindTarget(Func<string> fileName)
    {
        var path = FullPathOf(Path);
        var target = TargetOf(Directory.Exists(path) ? System.IO.Path.Combine(path, fileName()) : path);
        if (target is not null && _written.Contains(target))
        {
            WriteError(ErrorRecords.FileTaken(target, NamesInFolder));
            return null;
        }

        return target;
    }

    /// <summary>Downloads to a file, with its progress. Failures of the file are errors of their own.</summary>
    /// <param name="target">From <see cref="FindTarget"/>.</param>
    /// <param name="download">Downloads to it, as the options say.</param>
    internal void Download(
        string target,
        Func<FileDownloadOptions, CancellationToken, Task<FileDownloadResult>> download
    )
    {
        var progress = new TransferProgress(Progress, Activity);
        var options = new FileDownloadOptions
        {
            Overwrite = !NoClobber,
            OverwriteReadOnly = Force,
            StoreClient = UsedConnection.Store,
            Progress = progress,
        };
        try
        {
            var result = Await(token => download(options, token));
            WriteVerbose(
                $"{result.Size} bytes; "
                    + (result.ChecksumVerified ? "the checksum is Polar's." : "Polar has no checksum to compare with.")
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.FileFailed(exception, target));
            return;
        }
        finally
        {
            progress.Hide();
        }

        _written.Add(target);
        if (PassThru)
        {
            WriteObject(new FileInfo(target));
        }
    }
}
