namespace PolarPS.Client;

/// <summary>Which meters to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class MeterQuery : SortedListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only meters whose name contains this.</summary>
    public string? Query { get; set; }

    /// <summary>Only archived meters (true), only others (false), or both (null).</summary>
    public bool? IsArchived { get; set; }

    /// <summary>Only those with these keys and values; a list as value gives alternatives.</summary>
    public IDictionary<string, object?>? Metadata { get; set; }

    internal override string DefaultSorting => "name";

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("organization_id", OrganizationId)
            .Add("query", Query)
            .Add("is_archived", IsArchived)
            .AddMetadata(Metadata);
}

/// <summary>Over which time to count, and what. The two times and the interval are needed.</summary>
public sealed class MeterQuantitiesQuery
{
    /// <summary>When the time begins.</summary>
    public DateTimeOffset? StartTimestamp { get; set; }

    /// <summary>When the time ends.</summary>
    public DateTimeOffset? EndTimestamp { get; set; }

    /// <summary>How long a period is: <c>hour</c>, <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c>.</summary>
    public string? Interval { get; set; }

    /// <summary>The time zone in which periods begin, by its IANA name such as <c>Europe/Paris</c>; null for UTC.</summary>
    public string? Timezone { get; set; }

    /// <summary>Only events of these customers.</summary>
    public IReadOnlyList<string>? CustomerId { get; set; }

    /// <summary>Only events of customers with one of these ids of your own.</summary>
    public IReadOnlyList<string>? ExternalCustomerId { get; set; }

    /// <summary>First counts for each customer, then puts the customers together so: <c>count</c>, <c>sum</c>, <c>max</c>, <c>min</c>, <c>avg</c>, <c>unique</c>; null for all events together.</summary>
    public string? CustomerAggregationFunction { get; set; }

    /// <summary>Only events with these keys and values; a list as value gives alternatives.</summary>
    public IDictionary<string, object?>? Metadata { get; set; }

    internal void AddTo(QueryBuilder query) =>
        query
            .Add("start_timestamp", StartTimestamp)
            .Add("end_timestamp", EndTimestamp)
            .Add("interval", Interval)
            .Add("timezone", Timezone)
            .Add("customer_id", CustomerId)
            .Add("external_customer_id", ExternalCustomerId)
            .Add("customer_aggregation_function", CustomerAggregationFunction)
            .AddMetadata(Metadata);
}
