namespace PolarPS.Client;

/// <summary>Which subscriptions to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class SubscriptionQuery : SortedListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only subscriptions of these products.</summary>
    public IReadOnlyList<string>? ProductId { get; set; }

    /// <summary>Only those of these customers.</summary>
    public IReadOnlyList<string>? CustomerId { get; set; }

    /// <summary>Only those of customers with one of these ids of your own.</summary>
    public IReadOnlyList<string>? ExternalCustomerId { get; set; }

    /// <summary>Only subscriptions with one of these discounts.</summary>
    public IReadOnlyList<string>? DiscountId { get; set; }

    /// <summary>Older form: only active subscriptions (true), only others (false). Prefer <see cref="Status"/>.</summary>
    public bool? Active { get; set; }

    /// <summary>Only subscriptions with these statuses: <c>incomplete</c>, <c>incomplete_expired</c>, <c>trialing</c>, <c>active</c>, <c>past_due</c>, <c>canceled</c>, <c>unpaid</c>, <c>paused</c>.</summary>
    public IReadOnlyList<string>? Status { get; set; }

    /// <summary>Only subscriptions that end with their period (true), only others (false), or both (null).</summary>
    public bool? CancelAtPeriodEnd { get; set; }

    /// <summary>Only subscriptions cancelled for these reasons, such as <c>too_expensive</c>.</summary>
    public IReadOnlyList<string>? CustomerCancellationReason { get; set; }

    /// <summary>Only subscriptions cancelled at this time or later.</summary>
    public DateTimeOffset? CanceledAtAfter { get; set; }

    /// <summary>Only subscriptions cancelled at this time or earlier.</summary>
    public DateTimeOffset? CanceledAtBefore { get; set; }

    /// <summary>Only subscriptions that began at this time or later.</summary>
    public DateTimeOffset? StartedAfter { get; set; }

    /// <summary>Only subscriptions that began at this time or earlier.</summary>
    public DateTimeOffset? StartedBefore { get; set; }

    /// <summary>Only those with these keys and values; a list as value gives alternatives.</summary>
    public IDictionary<string, object?>? Metadata { get; set; }

    internal override string DefaultSorting => "-started_at";

    internal override string TieBreaker => "-started_at";

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("organization_id", OrganizationId)
            .Add("product_id", ProductId)
            .Add("customer_id", CustomerId)
            .Add("external_customer_id", ExternalCustomerId)
            .Add("discount_id", DiscountId)
            .Add("active", Active)
            .Add("status", Status)
            .Add("cancel_at_period_end", CancelAtPeriodEnd)
            .Add("customer_cancellation_reason", CustomerCancellationReason)
            .Add("canceled_at_after", CanceledAtAfter)
            .Add("canceled_at_before", CanceledAtBefore)
            .Add("started_after", StartedAfter)
            .Add("started_before", StartedBefore)
            .AddMetadata(Metadata);
}

/// <summary>Which subscriptions to export, and what of them. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class SubscriptionExportQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only subscriptions of these products.</summary>
    public IReadOnlyList<string>? ProductId { get; set; }

    /// <summary>Only subscriptions with these statuses: <c>incomplete</c>, <c>incomplete_expired</c>, <c>trialing</c>, <c>active</c>, <c>past_due</c>, <c>canceled</c>, <c>unpaid</c>, <c>paused</c>.</summary>
    public IReadOnlyList<string>? Status { get; set; }

    /// <summary>Only subscriptions that end with their period (true), only others (false), or both (null).</summary>
    public bool? CancelAtPeriodEnd { get; set; }

    /// <summary>Only subscriptions that began at this time or later.</summary>
    public DateTimeOffset? StartedAfter { get; set; }

    /// <summary>Only subscriptions that began at this time or earlier.</summary>
    public DateTimeOffset? StartedBefore { get; set; }

    /// <summary>The time zone of the dates, by its IANA name such as <c>Europe/Paris</c>; null for UTC.</summary>
    public string? Timezone { get; set; }

    /// <summary>The columns in order, such as <c>email</c>, <c>product</c>, <c>amount</c>; null for all.</summary>
    public IReadOnlyList<string>? Columns { get; set; }

    internal void AddTo(QueryBuilder query) =>
        query
            .Add("organization_id", OrganizationId)
            .Add("product_id", ProductId)
            .Add("status", Status)
            .Add("cancel_at_period_end", CancelAtPeriodEnd)
            .Add("started_after", StartedAfter)
            .Add("started_before", StartedBefore)
            .Add("timezone", Timezone)
            .Add("columns", Columns);
}
