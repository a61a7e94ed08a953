namespace PolarPS.Commands;

/// <summary>
/// Gets the benefits that the customer has or waits for by the ids of their grants, or streams those that match. Operations
/// customer_portal:benefit-grants:get and customer_portal:benefit-grants:list.
/// </summary>
[Cmdlet(VerbsCommon.Get, "PolarPortalBenefitGrant", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(BenefitGrant))]
public sealed class GetPolarPortalBenefitGrantCommand : GetPolarCmdlet<BenefitGrant>, IPortalCmdlet
{
    /// <summary>The ids of benefit grants, or benefit grants.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Ids.BenefitGrant
    )]
    [PolarId(typeof(BenefitGrant), IdOnly = true, OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<BenefitGrant>))]
    [Alias("BenefitGrantId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the grants of: subscriptions, orders, checkouts, benefits or members.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(
        typeof(BenefitGrant),
        typeof(Subscription),
        typeof(Order),
        typeof(Checkout),
        typeof(Benefit),
        typeof(Member)
    )]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only grants of benefits whose description contains this.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>Only grants of benefits of these kinds.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(BenefitTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <summary>Only grants of these benefits.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Benefit), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [ValidateNotNullOrEmpty]
    [Alias("Benefit")]
    public string[]? BenefitId { get; set; }

    /// <summary>Only grants that came with these checkouts.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Checkout), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Checkout>))]
    [ValidateNotNullOrEmpty]
    [Alias("Checkout")]
    public string[]? CheckoutId { get; set; }

    /// <summary>Only grants that came with these orders.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Order), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Order>))]
    [ValidateNotNullOrEmpty]
    [Alias("Order")]
    public string[]? OrderId { get; set; }

    /// <summary>Only grants that came with these subscriptions.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Subscription), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [ValidateNotNullOrEmpty]
    [Alias("Subscription")]
    public string[]? SubscriptionId { get; set; }

    /// <summary>Only grants to these members.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [PolarId(typeof(Member), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Member>))]
    [ValidateNotNullOrEmpty]
    [Alias("Member")]
    public string[]? MemberId { get; set; }

    /// <summary>The fields to sort by; a leading dash sorts downwards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(PortalBenefitGrantSortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Sort { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<BenefitGrant> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Portal.BenefitGrants.GetAsync(id, cancellationToken);

    internal override PagedList<BenefitGrant> List() =>
        Client.Portal.BenefitGrants.List(
            Extent(
                new PortalBenefitGrantQuery
                {
                    Query = Query,
                    Type = Type,
                    BenefitId = BenefitId,
                    CheckoutId = CheckoutId,
                    OrderId = OrderId,
                    SubscriptionId = SubscriptionId,
                    MemberId = MemberId,
                },
                Sort
            )
        );
}
