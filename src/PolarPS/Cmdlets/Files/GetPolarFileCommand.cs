namespace PolarPS.Commands;

/// <summary>
/// Gets files by id or name, or streams all whose upload was completed. Operation files:list, which also gives those with certain ids.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarFile", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(PolarFile))]
public sealed class GetPolarFileCommand : GetOwnedCmdlet<PolarFile>
{
    /// <summary>The ids of files, or files.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.File
    )]
    [PolarId(typeof(PolarFile), Each = true, OneOfSeveral = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<PolarFile>))]
    [Alias("FileId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the files of: organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(PolarFile), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<PolarFile> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Files.GetAsync(id, cancellationToken);

    internal override PagedList<PolarFile> List() =>
        Client.Files.List(Extent(new FileQuery { OrganizationId = OrganizationId }));
}
