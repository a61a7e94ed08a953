namespace PolarPS.Commands;

/// <summary>Gets meters by id, or streams those that match. Operations meters:get and meters:list.</summary>
[Cmdlet(VerbsCommon.Get, "PolarMeter", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Meter))]
public sealed class GetPolarMeterCommand : GetOwnedCmdlet<Meter>
{
    /// <summary>The ids of meters, meters, or objects that have one.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.Meter
    )]
    [PolarId(typeof(Meter), Each = true, OneOfSeveral = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Meter>))]
    [Alias("MeterId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the meters of: organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(Meter), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only meters whose name contains this.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>Only archived meters; with :$false only the others.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter IsArchived { get; set; }

    /// <summary>Only meters with these metadata; a list as value gives alternatives.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Entries(IsFilter = true)]
    [ValidateNotNullOrEmpty]
    public IDictionary? Metadata { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(MeterSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<Meter> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Meters.GetAsync(id, cancellationToken);

    internal override PagedList<Meter> List() =>
        Client.Meters.List(
            Extent(
                new MeterQuery
                {
                    Query = Query,
                    IsArchived = IsBound(nameof(IsArchived)) ? IsArchived.IsPresent : null,
                    Metadata = (Dictionary<string, object?>?)PlainValues.Of(Metadata),
                    OrganizationId = OrganizationId,
                },
                Sort
            )
        );
}
