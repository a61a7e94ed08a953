namespace PolarPS.Commands;

/// <summary>Gets products by id, or streams those that match. Operations products:get and products:list.</summary>
[Cmdlet(VerbsCommon.Get, "PolarProduct", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Product))]
public sealed class GetPolarProductCommand : GetOwnedCmdlet<Product>
{
    /// <summary>The ids of products, or products.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.Product
    )]
    [PolarId(typeof(Product), Each = true, OneOfSeveral = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [Alias("ProductId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the products of: benefits or organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(Product), typeof(Benefit), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only products whose name contains this.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>Only subscriptions; with :$false only one-time purchases.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter IsRecurring { get; set; }

    /// <summary>Only archived products; with :$false only those on sale.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter IsArchived { get; set; }

    /// <summary>Only products of these visibilities.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(VisibilityCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Visibility { get; set; }

    /// <summary>Only products that give one of these benefits.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Benefit))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [ValidateNotNullOrEmpty]
    public string[]? BenefitId { get; set; }

    /// <summary>Only products with these metadata; a list as value gives alternatives.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Entries(IsFilter = true)]
    [ValidateNotNullOrEmpty]
    public IDictionary? Metadata { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(ProductSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<Product> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Products.GetAsync(id, cancellationToken);

    internal override PagedList<Product> List() =>
        Client.Products.List(
            Extent(
                new ProductQuery
                {
                    Query = Query,
                    IsRecurring = IsBound(nameof(IsRecurring)) ? IsRecurring.IsPresent : null,
                    IsArchived = IsBound(nameof(IsArchived)) ? IsArchived.IsPresent : null,
                    Visibility = Visibility,
                    BenefitId = BenefitId,
                    Metadata = (Dictionary<string, object?>?)PlainValues.Of(Metadata),
                    OrganizationId = OrganizationId,
                },
                Sort
            )
        );
}
