namespace PolarPS.Commands;

/// <summary>Gets benefits by id, or streams those that match. Operations benefits:get and benefits:list.</summary>
[Cmdlet(VerbsCommon.Get, "PolarBenefit", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Benefit))]
public sealed class GetPolarBenefitCommand : GetOwnedCmdlet<Benefit>
{
    /// <summary>The ids of benefits, or benefits.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.Benefit
    )]
    [PolarId(typeof(Benefit), Each = true, OneOfSeveral = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [Alias("BenefitId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the benefits of: organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(Benefit), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only benefits of these kinds, such as license_keys.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(BenefitTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <summary>Only benefits whose description contains this.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>Only these benefits; unlike Id, one that does not exist is no error.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Benefit))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [ValidateNotNullOrEmpty]
    public string[]? IncludeId { get; set; }

    /// <summary>None of these benefits.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Benefit))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [ValidateNotNullOrEmpty]
    public string[]? ExcludeId { get; set; }

    /// <summary>Only benefits with these keys and values; a list as value gives alternatives.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Entries(IsFilter = true)]
    [ValidateNotNull]
    [ValidateNotNullOrEmpty]
    public IDictionary? Metadata { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards. user_order is the order of IncludeId.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(BenefitSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<Benefit> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Benefits.GetAsync(id, cancellationToken);

    internal override PagedList<Benefit> List() =>
        Client.Benefits.List(
            Extent(
                new BenefitQuery
                {
                    Type = Type,
                    Query = Query,
                    Id = IncludeId,
                    ExcludeId = ExcludeId,
                    Metadata = (IDictionary<string, object?>?)PlainValues.Of(Metadata),
                    OrganizationId = OrganizationId,
                },
                Sort
            )
        );
}
