namespace PolarPS.Commands;

/// <summary>Gets orders by id, or streams those that match. Operations orders:get and orders:list.</summary>
[Cmdlet(VerbsCommon.Get, "PolarOrder", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Order))]
public sealed class GetPolarOrderCommand : GetCustomerOwnedCmdlet<Order>
{
    /// <summary>The ids of orders, orders, or objects that belong to one.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.Order
    )]
    [PolarId(typeof(Order), Each = true, OneOfSeveral = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [Alias("OrderId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the orders of: customers, products, subscriptions, discounts, checkouts or organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(
        typeof(Order),
        typeof(Customer),
        typeof(Product),
        typeof(Subscription),
        typeof(Discount),
        typeof(Checkout),
        typeof(Organization)
    )]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only orders with these statuses, such as paid.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(OrderStatusCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>Only orders of the customers with these email addresses, in any case; wildcards work.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarKey(typeof(Customer), "email address")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CustomerEmailCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? CustomerEmail { get; set; }

    /// <summary>Only orders of these products.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Product))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("Product")]
    public string[]? ProductId { get; set; }

    /// <summary>Only one-time purchases (one_time), or periods of subscriptions (recurring).</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(BillingTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? BillingType { get; set; }

    /// <summary>Only orders of these subscriptions.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Subscription))]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [ValidateNotNullOrEmpty]
    [Alias("Subscription")]
    public string[]? SubscriptionId { get; set; }

    /// <summary>Only orders with one of these discounts.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Discount))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Discount>))]
    [ValidateNotNullOrEmpty]
    [Alias("Discount")]
    public string[]? DiscountId { get; set; }

    /// <summary>Only orders that came from these checkouts.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Checkout))]
    [ArgumentCompleter(typeof(IdCompleter<Checkout>))]
    [ValidateNotNullOrEmpty]
    [Alias("Checkout")]
    public string[]? CheckoutId { get; set; }

    /// <summary>Only orders created at this time or later; a time without a zone is the computer's own.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Instant]
    public DateTimeOffset CreatedAfter { get; set; }

    /// <summary>Only orders created at this time or earlier; a time without a zone is the computer's own.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Instant]
    public DateTimeOffset CreatedBefore { get; set; }

    /// <summary>Only orders with these metadata; a list as value gives alternatives.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Entries(IsFilter = true)]
    [ValidateNotNullOrEmpty]
    public IDictionary? Metadata { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(OrderSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<Order> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Orders.GetAsync(id, cancellationToken);

    internal override PagedList<Order> List() =>
        Client.Orders.List(
            Extent(
                new OrderQuery
                {
                    Status = Status,
                    CustomerId = OneFilter(CustomerId, CustomerEmail, nameof(CustomerEmail)),
                    ExternalCustomerId = ExternalCustomerId,
                    ProductId = ProductId,
                    ProductBillingType = BillingType,
                    SubscriptionId = SubscriptionId,
                    DiscountId = DiscountId,
                    CheckoutId = CheckoutId,
                    CreatedAfter = IsBound(nameof(CreatedAfter)) ? CreatedAfter : null,
                    CreatedBefore = IsBound(nameof(CreatedBefore)) ? CreatedBefore : null,
                    Metadata = (Dictionary<string, object?>?)PlainValues.Of(Metadata),
                    OrganizationId = OrganizationId,
                },
                Sort
            )
        );
}
