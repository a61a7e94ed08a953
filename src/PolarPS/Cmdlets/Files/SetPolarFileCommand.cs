namespace PolarPS.Commands;

/// <summary>Changes the names of files; their content stays. Operation files:update.</summary>
[Cmdlet(VerbsCommon.Set, "PolarFile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PolarFile))]
public sealed class SetPolarFileCommand : SetPolarCmdlet<PolarFile, FileUpdate>
{
    /// <summary>The ids of files, or files.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.File)]
    [PolarId(typeof(PolarFile), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<PolarFile>))]
    [Alias("FileId")]
    public string[] Id { get; set; } = [];

    /// <summary>The file's name, which customers see.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Name { get; set; }

    /// <summary>A version name for yourself; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [AllowEmptyString]
    [Field]
    public object? Version { get; set; }

    internal override string[] Ids => Id;

    internal override Task<PolarFile> UpdateAsync(
        PolarClient client,
        string id,
        FileUpdate body,
        CancellationToken cancellationToken
    ) => client.Files.UpdateAsync(id, body, cancellationToken);

    internal override Task<PolarFile> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Files.GetAsync(id, cancellationToken);
}
