namespace PolarPS.Commands;

/// <summary>
/// Gets the customer's own orders by id, or streams those that match. Operations customer_portal:orders:get and
/// customer_portal:orders:list.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalOrder", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Order))]
public sealed class GetPolarPortalOrderCommand : GetPolarCmdlet<Order>, IPortalCmdlet
{
    /// <summary>The ids of orders, or orders.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Ids.Order
    )]
    [PolarId(typeof(Order), IdOnly = true, OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("OrderId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the orders of: subscriptions of the customer, or products.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(Order), typeof(Subscription), typeof(Product))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only orders of these products.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Product), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("Product")]
    public string[]? ProductId { get; set; }

    /// <summary>Only orders of these subscriptions.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Subscription), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [ValidateNotNullOrEmpty]
    [Alias("Subscription")]
    public string[]? SubscriptionId { get; set; }

    /// <summary>Only orders of products with this billing type: one_time or recurring.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(BillingTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? BillingType { get; set; }

    /// <summary>Only orders of products whose name contains this.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(PortalOrderSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<Order> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Portal.Orders.GetAsync(id, cancellationToken);

    internal override PagedList<Order> List() =>
        Client.Portal.Orders.List(
            Extent(
                new PortalOrderQuery
                {
                    ProductId = ProductId,
                    SubscriptionId = SubscriptionId,
                    ProductBillingType = BillingType,
                    Query = Query,
                },
                Sort
            )
        );
}
