namespace PolarPS.Commands;

/// <summary>Deletes files; customers who had them to download lose them. Operation files:delete.</summary>
[Cmdlet(VerbsCommon.Remove, "PolarFile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemovePolarFileCommand : RemovePolarCmdlet<PolarFile>
{
    /// <summary>The ids of files, or files.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.File)]
    [PolarId(typeof(PolarFile), Strict = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<PolarFile>))]
    [Alias("FileId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override string Deletion(PolarFile? item) =>
        item?.Service switch
        {
            "downloadable" => "Delete permanently; customers can no longer download it",
            "product_media" => "Delete permanently, also from the products that show it",
            _ => "Delete permanently",
        };

    internal override Task DeleteAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Files.DeleteAsync(id, cancellationToken);

    internal override Task<PolarFile>? ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Files.GetAsync(id, cancellationToken);
}
