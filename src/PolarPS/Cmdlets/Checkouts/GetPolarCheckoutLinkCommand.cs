namespace PolarPS.Commands;

/// <summary>Gets checkout links by id, or streams those that match. Operations checkout-links:get and checkout-links:list.</summary>
[Cmdlet(VerbsCommon.Get, "PolarCheckoutLink", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(CheckoutLink))]
public sealed class GetPolarCheckoutLinkCommand : GetOwnedCmdlet<CheckoutLink>
{
    /// <summary>The ids of checkout links, or checkout links.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.CheckoutLink
    )]
    [PolarId(typeof(CheckoutLink), Each = true, OneOfSeveral = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<CheckoutLink>))]
    [Alias("CheckoutLinkId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the checkout links of: products or organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(CheckoutLink), typeof(Product), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only links that offer one of these products.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Product))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("Product")]
    public string[]? ProductId { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(CheckoutLinkSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<CheckoutLink> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.CheckoutLinks.GetAsync(id, cancellationToken);

    internal override PagedList<CheckoutLink> List() =>
        Client.CheckoutLinks.List(
            Extent(new CheckoutLinkQuery { ProductId = ProductId, OrganizationId = OrganizationId }, Sort)
        );
}
