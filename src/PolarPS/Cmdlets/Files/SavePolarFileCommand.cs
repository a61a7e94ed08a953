namespace PolarPS.Commands;

/// <summary>
/// Downloads files, each whole or not at all, and verifies the checksum of the whole. From the address that goes with the file,
/// without the token; operation files:list only for a file that is given by its id.
/// </summary>
[Cmdlet(VerbsData.Save, "PolarFile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FileInfo))]
public sealed class SavePolarFileCommand : DownloadPolarCmdlet
{
    /// <summary>The files to download: files with an address, or the ids of public ones.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "UUID of a public file")]
    [FileToSave]
    [ValidateNotNullOrEmpty]
    [Alias("FileId", "Id")]
    public PolarFile[] File { get; set; } = [];

    internal override string Activity => "Downloading the file";

    internal override string NamesInFolder => "each file has the name that it has at Polar";

    internal override void ProcessInput()
    {
        foreach (var file in File)
        {
            Try(new ErrorSubject(Kinds.NameOf(typeof(PolarFile)), file.Id), () => Save(file));
        }
    }

    private void Save(PolarFile file)
    {
        if (file.Download is null && file.PublicUrl is null && file.Id is { } id)
        {
            file = Await(token => Client.Files.GetAsync(id, token));
            UsedConnection.Seen.Add(file);
        }

        if (file.Download?.Url is null && file.PublicUrl is null)
        {
            var subject = new ErrorSubject(Kinds.NameOf(typeof(PolarFile)), file.Id);
            WriteError(ErrorRecords.NotDownloadable(subject, file.Service).About(subject, this));
            return;
        }

        // A name that someone else has chosen does not become a path.
        if (
            FindTarget(() => FileNames.From(file.Name, file.Id ?? "file", string.Empty)) is { } target
            && ShouldProcess(target, $"Save the file '{file}' from {UsedConnection}")
        )
        {
            Download(target, (options, token) => FileTransfer.DownloadAsync(file, target, options, token));
        }
    }
}
