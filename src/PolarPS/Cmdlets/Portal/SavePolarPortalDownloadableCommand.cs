namespace PolarPS.Commands;

/// <summary>
/// Downloads files that the customer may have, each whole or not at all, with its size and checksum verified. Operation
/// customer_portal:downloadables:list for addresses that are not known or have expired, and a download without the token.
/// </summary>
[Cmdlet(VerbsData.Save, "PolarPortalDownloadable", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FileInfo))]
public sealed class SavePolarPortalDownloadableCommand : DownloadPolarCmdlet, IPortalCmdlet
{
    // An address that expires meanwhile would be refused by the store.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>The ids of downloadables, or downloadables.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Ids.Downloadable)]
    [PolarId(typeof(Downloadable), IdOnly = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Downloadable>))]
    [Alias("DownloadableId")]
    public string[] Id { get; set; } = [];

    internal override string Activity => "Downloading the file";

    internal override string NamesInFolder => "each file keeps its name";

    internal override void ProcessInput()
    {
        foreach (var id in Id)
        {
            Try(
                new ErrorSubject(
                    Kinds.NameOf(typeof(Downloadable)),
                    id,
                    IfMissing: "Get-PolarPortalDownloadable lists the files that the customer may download."
                ),
                () => Save(id)
            );
        }
    }

    private void Save(string id)
    {
        var file = Find(id);
        if (FindTarget(() => FileNames.From(file.Name, id, string.Empty)) is not { } target)
        {
            return;
        }

        if (ShouldProcess(target, $"Save the file '{file}' ({id}) in {UsedConnection}"))
        {
            Download(target, (options, token) => file.DownloadAsync(target, options, token));
        }
    }

    private PolarFile Find(string id)
    {
        var seen = UsedConnection.Seen.Find<Downloadable>(id)?.File;
        if (seen?.Download is { Url: not null, ExpiresAt: { } end } && end - Margin > DateTimeOffset.UtcNow)
        {
            return seen;
        }

        var found = Await(token => Client.Portal.Downloadables.GetAsync(id, token));
        UsedConnection.Seen.Add(found);
        return found.File ?? throw new ArgumentException("Polar returned this downloadable without its file.");
    }
}
