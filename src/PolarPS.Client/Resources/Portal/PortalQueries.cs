namespace PolarPS.Client;

/// <summary>Which of the customer's benefit grants to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class PortalBenefitGrantQuery : SortedListQuery
{
    /// <summary>Only grants of benefits whose description contains this.</summary>
    public string? Query { get; set; }

    /// <summary>Only grants of benefits of these kinds, such as <c>license_keys</c>.</summary>
    public IReadOnlyList<string>? Type { get; set; }

    /// <summary>Only grants of these benefits.</summary>
    public IReadOnlyList<string>? BenefitId { get; set; }

    /// <summary>Only grants that came with these checkouts.</summary>
    public IReadOnlyList<string>? CheckoutId { get; set; }

    /// <summary>Only grants that came with these orders.</summary>
    public IReadOnlyList<string>? OrderId { get; set; }

    /// <summary>Only grants that came with these subscriptions.</summary>
    public IReadOnlyList<string>? SubscriptionId { get; set; }

    /// <summary>Only grants to these members.</summary>
    public IReadOnlyList<string>? MemberId { get; set; }

    internal override string DefaultSorting => "product_benefit";

    internal override string TieBreaker => "-granted_at";

    // A grant that belongs to several products is counted as often.
    internal override bool CountsRowsOnce => false;

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("query", Query)
            .Add("type", Type)
            .Add("benefit_id", BenefitId)
            .Add("checkout_id", CheckoutId)
            .Add("order_id", OrderId)
            .Add("subscription_id", SubscriptionId)
            .Add("member_id", MemberId);
}

/// <summary>Which of the customer's files to list; Polar knows no order here.</summary>
public sealed class PortalDownloadableQuery : ListQuery
{
    /// <summary>Only files of these benefits.</summary>
    public IReadOnlyList<string>? BenefitId { get; set; }

    internal override void AddFilters(QueryBuilder query) => query.Add("benefit_id", BenefitId);
}

/// <summary>Which of the customer's license keys to list; Polar knows no order here.</summary>
public sealed class PortalLicenseKeyQuery : ListQuery
{
    /// <summary>Only keys of this benefit.</summary>
    public string? BenefitId { get; set; }

    internal override void AddFilters(QueryBuilder query) => query.Add("benefit_id", BenefitId);
}

/// <summary>Which members of the customer to list: Polar knows no filters and no order here.</summary>
public sealed class MemberOfCustomerQuery : ListQuery
{
    internal override void AddFilters(QueryBuilder query) { }
}

/// <summary>Which of the customer's accounts with meters to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class PortalMeterQuery : SortedListQuery
{
    /// <summary>Only accounts with these meters.</summary>
    public IReadOnlyList<string>? MeterId { get; set; }

    /// <summary>Only accounts with meters whose name contains this.</summary>
    public string? Query { get; set; }

    internal override string DefaultSorting => "-modified_at";

    internal override void AddFilters(QueryBuilder query) => query.Add("meter_id", MeterId).Add("query", Query);
}

/// <summary>Which of the customer's orders to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class PortalOrderQuery : SortedListQuery
{
    /// <summary>Only orders of these products.</summary>
    public IReadOnlyList<string>? ProductId { get; set; }

    /// <summary>Only orders of products with this billing type: <c>one_time</c>, <c>recurring</c>.</summary>
    public IReadOnlyList<string>? ProductBillingType { get; set; }

    /// <summary>Only orders of these subscriptions.</summary>
    public IReadOnlyList<string>? SubscriptionId { get; set; }

    /// <summary>Only orders of products whose name contains this.</summary>
    public string? Query { get; set; }

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("product_id", ProductId)
            .Add("product_billing_type", ProductBillingType)
            .Add("subscription_id", SubscriptionId)
            .Add("query", Query);
}

/// <summary>Which subscriptions with a seat of the customer's to list: Polar knows no filters and no order here.</summary>
public sealed class ClaimedSubscriptionQuery : ListQuery
{
    internal override void AddFilters(QueryBuilder query) { }
}

/// <summary>Which of the customer's subscriptions to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class PortalSubscriptionQuery : SortedListQuery
{
    /// <summary>Only subscriptions to these products.</summary>
    public IReadOnlyList<string>? ProductId { get; set; }

    /// <summary>Only subscriptions in force (true), only others (false), or both (null).</summary>
    public bool? Active { get; set; }

    /// <summary>Only subscriptions to products whose name contains this.</summary>
    public string? Query { get; set; }

    internal override string DefaultSorting => "-started_at";

    internal override string TieBreaker => "-started_at";

    internal override void AddFilters(QueryBuilder query) =>
        query.Add("product_id", ProductId).Add("active", Active).Add("query", Query);
}

/// <summary>Which of the customer's wallets to list: Polar knows no filters here.</summary>
public sealed class PortalWalletQuery : SortedListQuery
{
    internal override void AddFilters(QueryBuilder query) { }
}
