namespace PolarPS.Client;

/// <summary>Over which time to look, and at what. The two dates and the interval are needed; the limits of Polar tell how long the time may be.</summary>
public sealed class MetricsQuery
{
    /// <summary>The first day; the time of day is not sent.</summary>
    public DateTime? StartDate { get; set; }

    /// <summary>The last day; the time of day is not sent.</summary>
    public DateTime? EndDate { get; set; }

    /// <summary>The time zone in which days begin, by its IANA name such as <c>Europe/Paris</c>; null for UTC.</summary>
    public string? Timezone { get; set; }

    /// <summary>How long a period is: <c>hour</c>, <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c>.</summary>
    public string? Interval { get; set; }

    /// <summary>Only these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only these products.</summary>
    public IReadOnlyList<string>? ProductId { get; set; }

    /// <summary>Only one-time products (<c>one_time</c>) or only subscriptions (<c>recurring</c>).</summary>
    public IReadOnlyList<string>? BillingType { get; set; }

    /// <summary>Only these customers.</summary>
    public IReadOnlyList<string>? CustomerId { get; set; }

    /// <summary>The slugs of the metrics wanted, such as <c>revenue</c>; null for all.</summary>
    public IReadOnlyList<string>? Metrics { get; set; }

    /// <summary>The same question about another time.</summary>
    internal MetricsQuery With(DateTime start, DateTime end, string interval)
    {
        var other = (MetricsQuery)MemberwiseClone();
        (other.StartDate, other.EndDate, other.Interval) = (start, end, interval);
        return other;
    }

    internal void AddTo(QueryBuilder query) =>
        query
            .Add("start_date", StartDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            .Add("end_date", EndDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            .Add("timezone", Timezone)
            .Add("interval", Interval)
            .Add("organization_id", OrganizationId)
            .Add("product_id", ProductId)
            .Add("billing_type", BillingType)
            .Add("customer_id", CustomerId)
            .Add("metrics", Metrics);
}
