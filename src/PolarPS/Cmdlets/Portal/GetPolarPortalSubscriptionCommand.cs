namespace PolarPS.Commands;

/// <summary>
/// Gets the customer's own subscriptions by id, or streams those that match. Operations customer_portal:subscriptions:get and
/// customer_portal:subscriptions:list.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalSubscription", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Subscription))]
public sealed class GetPolarPortalSubscriptionCommand : GetPolarCmdlet<Subscription>, IPortalCmdlet
{
    /// <summary>The ids of subscriptions, subscriptions, or objects that belong to one, such as orders.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Subscription
    )]
    [PolarId(typeof(Subscription), IdOnly = true, OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [Alias("SubscriptionId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the subscriptions of: products.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(Subscription), typeof(Product))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only subscriptions of these products.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Product), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("Product")]
    public string[]? ProductId { get; set; }

    /// <summary>Only subscriptions in force; with :$false only those that have ended.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Active { get; set; }

    /// <summary>Only subscriptions of products whose name contains this.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(PortalSubscriptionSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<Subscription> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Portal.Subscriptions.GetAsync(id, cancellationToken);

    internal override PagedList<Subscription> List() =>
        Client.Portal.Subscriptions.List(
            Extent(
                new PortalSubscriptionQuery
                {
                    ProductId = ProductId,
                    Active = IsBound(nameof(Active)) ? Active.IsPresent : null,
                    Query = Query,
                },
                Sort
            )
        );
}
