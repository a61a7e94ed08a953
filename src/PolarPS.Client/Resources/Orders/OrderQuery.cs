namespace PolarPS.Client;

/// <summary>Which orders to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class OrderQuery : SortedListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only orders of these products.</summary>
    public IReadOnlyList<string>? ProductId { get; set; }

    /// <summary>Only orders of one-time products (<c>one_time</c>) or of subscriptions (<c>recurring</c>).</summary>
    public IReadOnlyList<string>? ProductBillingType { get; set; }

    /// <summary>Only orders with one of these discounts.</summary>
    public IReadOnlyList<string>? DiscountId { get; set; }

    /// <summary>Only those of these customers.</summary>
    public IReadOnlyList<string>? CustomerId { get; set; }

    /// <summary>Only those of customers with one of these ids of your own.</summary>
    public IReadOnlyList<string>? ExternalCustomerId { get; set; }

    /// <summary>Only orders that came from these checkouts.</summary>
    public IReadOnlyList<string>? CheckoutId { get; set; }

    /// <summary>Only orders of these subscriptions.</summary>
    public IReadOnlyList<string>? SubscriptionId { get; set; }

    /// <summary>Only orders with these statuses: <c>draft</c>, <c>pending</c>, <c>paid</c>, <c>refunded</c>, <c>partially_refunded</c>, <c>void</c>.</summary>
    public IReadOnlyList<string>? Status { get; set; }

    /// <summary>Only orders created at this time or later.</summary>
    public DateTimeOffset? CreatedAfter { get; set; }

    /// <summary>Only orders created at this time or earlier.</summary>
    public DateTimeOffset? CreatedBefore { get; set; }

    /// <summary>Only those with these keys and values; a list as value gives alternatives.</summary>
    public IDictionary<string, object?>? Metadata { get; set; }

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("organization_id", OrganizationId)
            .Add("product_id", ProductId)
            .Add("product_billing_type", ProductBillingType)
            .Add("discount_id", DiscountId)
            .Add("customer_id", CustomerId)
            .Add("external_customer_id", ExternalCustomerId)
            .Add("checkout_id", CheckoutId)
            .Add("subscription_id", SubscriptionId)
            .Add("status", Status)
            .Add("created_after", CreatedAfter)
            .Add("created_before", CreatedBefore)
            .AddMetadata(Metadata);
}

/// <summary>Which orders to export, and what of them. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class OrderExportQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only orders of these products.</summary>
    public IReadOnlyList<string>? ProductId { get; set; }

    /// <summary>Only orders with these statuses: <c>draft</c>, <c>pending</c>, <c>paid</c>, <c>refunded</c>, <c>partially_refunded</c>, <c>void</c>.</summary>
    public IReadOnlyList<string>? Status { get; set; }

    /// <summary>Only orders created at this time or later.</summary>
    public DateTimeOffset? CreatedAfter { get; set; }

    /// <summary>Only orders created at this time or earlier.</summary>
    public DateTimeOffset? CreatedBefore { get; set; }

    /// <summary>The time zone of the dates, by its IANA name such as <c>Europe/Paris</c>; null for UTC.</summary>
    public string? Timezone { get; set; }

    /// <summary>The columns in order, such as <c>email</c>, <c>product</c>, <c>net_amount</c>; null for all.</summary>
    public IReadOnlyList<string>? Columns { get; set; }

    internal void AddTo(QueryBuilder query) =>
        query
            .Add("organization_id", OrganizationId)
            .Add("product_id", ProductId)
            .Add("status", Status)
            .Add("created_after", CreatedAfter)
            .Add("created_before", CreatedBefore)
            .Add("timezone", Timezone)
            .Add("columns", Columns);
}
