namespace PolarPS.Commands;

/// <summary>Gets subscriptions by id, or streams those that match. Operations subscriptions:get and subscriptions:list.</summary>
[Cmdlet(VerbsCommon.Get, "PolarSubscription", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(Subscription))]
public sealed class GetPolarSubscriptionCommand : GetCustomerOwnedCmdlet<Subscription>
{
    /// <summary>The ids of subscriptions, subscriptions, or objects that belong to one, such as orders.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Subscription
    )]
    [PolarId(typeof(Subscription), OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [Alias("SubscriptionId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the subscriptions of: customers, products, discounts or organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(
        typeof(Subscription),
        typeof(Customer),
        typeof(Product),
        typeof(Discount),
        typeof(Organization)
    )]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only subscriptions with these statuses.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(SubscriptionStatusCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>Only subscriptions of the customers with these email addresses, in any case; wildcards work.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarKey(typeof(Customer), "email address")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CustomerEmailCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? CustomerEmail { get; set; }

    /// <summary>Only subscriptions of these products.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Product))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("Product")]
    public string[]? ProductId { get; set; }

    /// <summary>Only subscriptions with one of these discounts.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Discount))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Discount>))]
    [ValidateNotNullOrEmpty]
    [Alias("Discount")]
    public string[]? DiscountId { get; set; }

    /// <summary>Only subscriptions that end with their period; with :$false only the others.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter CancelAtPeriodEnd { get; set; }

    /// <summary>Only subscriptions that were cancelled for one of these reasons.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(CancellationReasonCompleter))]
    [ValidateNotNullOrEmpty]
    [Field("customer_cancellation_reason")]
    public string[]? CancellationReason { get; set; }

    /// <summary>Only subscriptions that were cancelled at this time or later.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Instant]
    [Field("canceled_at_after")]
    public DateTimeOffset? CanceledAfter { get; set; }

    /// <summary>Only subscriptions that were cancelled at this time or earlier.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Instant]
    [Field("canceled_at_before")]
    public DateTimeOffset? CanceledBefore { get; set; }

    /// <summary>Only subscriptions that began at this time or later.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Instant]
    public DateTimeOffset? StartedAfter { get; set; }

    /// <summary>Only subscriptions that began at this time or earlier.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Instant]
    public DateTimeOffset? StartedBefore { get; set; }

    /// <summary>Only subscriptions with these metadata; a list as value gives alternatives.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Entries(IsFilter = true)]
    [ValidateNotNullOrEmpty]
    public IDictionary? Metadata { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(SubscriptionSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<Subscription> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Subscriptions.GetAsync(id, cancellationToken);

    internal override PagedList<Subscription> List() =>
        Client.Subscriptions.List(
            Extent(
                new SubscriptionQuery
                {
                    Status = Status,
                    CustomerId = OneFilter(CustomerId, CustomerEmail, nameof(CustomerEmail)),
                    ExternalCustomerId = ExternalCustomerId,
                    ProductId = ProductId,
                    DiscountId = DiscountId,
                    CancelAtPeriodEnd = IsBound(nameof(CancelAtPeriodEnd)) ? CancelAtPeriodEnd.IsPresent : null,
                    CustomerCancellationReason = CancellationReason,
                    CanceledAtAfter = CanceledAfter,
                    CanceledAtBefore = CanceledBefore,
                    StartedAfter = StartedAfter,
                    StartedBefore = StartedBefore,
                    Metadata = (Dictionary<string, object?>?)PlainValues.Of(Metadata),
                    OrganizationId = OrganizationId,
                },
                Sort
            )
        );
}
