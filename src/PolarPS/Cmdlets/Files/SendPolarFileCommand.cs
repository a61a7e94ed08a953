using System.Collections.ObjectModel;

namespace PolarPS.Commands;

/// <summary>
/// Uploads files, each in parts of which several travel at a time; a part that fails is sent again. Operations files:create and
/// files:uploaded, which are never sent twice, and between them the store that Polar names, without the token.
/// </summary>
[Cmdlet(
    VerbsCommunications.Send,
    "PolarFile",
    DefaultParameterSetName = PathSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(PolarFile))]
public sealed class SendPolarFileCommand : PolarWriteCmdlet<PolarFile>
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const long Mebibyte = 1024 * 1024;

    private bool _isNameUsed;

    /// <summary>The files to upload: paths, which may have wildcards, or what Get-ChildItem gives.</summary>
    [Parameter(
        ParameterSetName = PathSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "Path of a file on this computer; wildcards are allowed"
    )]
    [FilePath]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files to upload, their paths exactly as they are written.</summary>
    [Parameter(
        ParameterSetName = LiteralPathSet,
        Mandatory = true,
        HelpMessage = "Path of a file on this computer, exactly as it is"
    )]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>What the files are for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FileServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Service { get; set; } = "downloadable";

    /// <summary>The name that one file gets at Polar, which customers see; without it the name that it has here.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The media type; without it what goes with the name, or application/octet-stream.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MimeType { get; set; }

    /// <summary>A version name for yourself.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    /// <summary>The organization that owns the files; needed with a user's token only.</summary>
    [Parameter]
    [PolarId(typeof(Organization))]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public string? OrganizationId { get; set; }

    /// <summary>The size of a part in MiB; without it 10, or as much as a very large file needs.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(5, 5120)]
    public int PartSizeMiB { get; set; }

    /// <summary>How many parts of a file travel at a time.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    private bool IsVerbose => Preferences.IsOn(this, "Verbose");

    internal override void ProcessInput()
    {
        foreach (var path in FindFiles())
        {
            if (Name is not null && _isNameUsed)
            {
                WriteError(ErrorRecords.NameForSeveral(Name));
                return;
            }

            _isNameUsed = true;
            Try(new ErrorSubject(Kind, path, IsNew: true), () => Send(path));
        }
    }

    // What cannot be found is an error by itself.
    private List<string> FindFiles()
    {
        var found = new List<string>();
        foreach (var path in ParameterSetName == LiteralPathSet ? LiteralPath : Path)
        {
            try
            {
                foreach (var full in Resolve(path))
                {
                    if (File.Exists(full))
                    {
                        found.Add(full);
                    }
                    else
                    {
                        WriteError(
                            ErrorRecords.NoFileAt(full, Directory.Exists(full) ? "is a folder" : "does not exist")
                        );
                    }
                }
            }
            catch (Exception exception)
                when (exception is SessionStateException or NotSupportedException or ArgumentException)
            {
                WriteError(ErrorRecords.FileUnreadable(exception, path));
            }
        }

        return found;
    }

    private Collection<string> Resolve(string path)
    {
        Collection<string> full;
        ProviderInfo provider;
        if (ParameterSetName == LiteralPathSet)
        {
            full = [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)];
        }
        else
        {
            full = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider);
        }

        return provider.Name == "FileSystem"
            ? full
            : throw new ArgumentException($"'{path}' is not the path of a file.");
    }

    private void Send(string path)
    {
        var progress = new TransferProgress(Progress, $"Uploading {System.IO.Path.GetFileName(path)}");
        try
        {
            if (
                Confirm(
                    $"file '{path}'",
                    $"Upload as {Service}" + (Name is null ? string.Empty : $" '{Name}'"),
                    // Nobody waits for the checksums of a large file to see nothing.
                    (client, token) => IsVerbose ? UploadAsync(client, path, null, token) : Task.CompletedTask
                )
            )
            {
                WriteModel(Await(token => UploadAsync(Client, path, progress, token)));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.FileUnreadable(exception, path));
        }
        finally
        {
            progress.Hide();
        }
    }

    private Task<PolarFile> UploadAsync(
        PolarClient client,
        string path,
        IProgress<FileProgress>? progress,
        CancellationToken cancellationToken
    ) =>
        client.Files.UploadAsync(
            path,
            new FileUploadOptions
            {
                Service = Service,
                Name = Name,
                MimeType = MimeType,
                Version = Version,
                OrganizationId = OrganizationId,
                PartSize = IsBound(nameof(PartSizeMiB)) ? PartSizeMiB * Mebibyte : null,
                MaximumParallelParts = ThrottleLimit,
                StoreClient = UsedConnection.Store,
                Progress = progress,
            },
            cancellationToken
        );
}
