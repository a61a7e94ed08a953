namespace PolarPS.Commands;

/// <summary>Gets discounts by id, or streams those that match. Operations discounts:get and discounts:list.</summary>
[Cmdlet(VerbsCommon.Get, "PolarDiscount", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Discount))]
public sealed class GetPolarDiscountCommand : GetOwnedCmdlet<Discount>
{
    private const string CodeSet = "Code";

    /// <summary>The ids of discounts, discounts, or objects that have one.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.Discount
    )]
    [PolarId(typeof(Discount), Each = true, OneOfSeveral = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Discount>))]
    [Alias("DiscountId")]
    public string[]? Id { get; set; }

    /// <summary>The codes that buyers enter, in any case; wildcards work.</summary>
    [Parameter(ParameterSetName = CodeSet, Mandatory = true, HelpMessage = "Code of a discount; wildcards are allowed")]
    [PolarKey(typeof(Discount), "code", Each = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DiscountCodeCompleter))]
    public string[] Code { get; set; } = [];

    /// <summary>What to list the discounts of: organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(Discount), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only discounts whose name contains this.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(DiscountSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<Discount> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Discounts.GetAsync(id, cancellationToken);

    // The names' binder has replaced the codes by ids, and knows the discounts.
    internal override void GetOtherwise() => GetEach(Code, "id", GetAsync);

    internal override PagedList<Discount> List() =>
        Client.Discounts.List(Extent(new DiscountQuery { Query = Query, OrganizationId = OrganizationId }, Sort));
}
