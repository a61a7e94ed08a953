namespace PolarPS.Commands;

/// <summary>
/// Gets checkouts by id or client secret, or streams those that match. Operations checkouts:get, checkouts:client_get and
/// checkouts:list.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarCheckout", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Checkout))]
public sealed class GetPolarCheckoutCommand : GetCustomerOwnedCmdlet<Checkout>
{
    /// <summary>The ids of checkouts, checkouts, or objects that came of one.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Checkout
    )]
    [PolarId(typeof(Checkout), OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<Checkout>))]
    [Alias("CheckoutId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the checkouts of: customers, products or organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(Checkout), typeof(Customer), typeof(Product), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>The client secrets of checkouts: gets them as their customers see them.</summary>
    [Parameter(
        ParameterSetName = CheckoutCmdlet.ClientSecretSet,
        Mandatory = true,
        HelpMessage = HelpMessages.ClientSecret
    )]
    [ClientSecret]
    [ValidateNotNullOrEmpty]
    public string[]? ClientSecret { get; set; }

    /// <summary>Only checkouts in one of these states.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(CheckoutStatusCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>Only checkouts of customers whose name or email address contains this.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>Only checkouts in which one of these products is chosen.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Product))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("Product")]
    public string[]? ProductId { get; set; }

    /// <summary>Only checkouts of the customers with these email addresses, in any case; wildcards work.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarKey(typeof(Customer), "email address")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CustomerEmailCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? CustomerEmail { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(CheckoutSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<Checkout> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Checkouts.GetAsync(id, cancellationToken);

    internal override void GetOtherwise()
    {
        RefuseExtent();
        foreach (var secret in ClientSecret!)
        {
            Try(
                CheckoutCmdlet.SecretSubject(secret),
                () => WriteModel(Await(token => Client.Checkouts.ClientGetAsync(secret, token)))
            );
        }
    }

    internal override PagedList<Checkout> List() =>
        Client.Checkouts.List(
            Extent(
                new CheckoutQuery
                {
                    Status = Status,
                    Query = Query,
                    ProductId = ProductId,
                    CustomerId = OneFilter(CustomerId, CustomerEmail, nameof(CustomerEmail)),
                    ExternalCustomerId = ExternalCustomerId,
                    OrganizationId = OrganizationId,
                },
                Sort
            )
        );
}
