namespace PolarPS.Client;

/// <summary>Which events to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class EventQuery : SortedListQuery
{
    /// <summary>Only events that match this filter, which is of the same kind as a meter's.</summary>
    public MeterFilter? Filter { get; set; }

    /// <summary>Only events of this time or later.</summary>
    public DateTimeOffset? StartTimestamp { get; set; }

    /// <summary>Only events of this time or earlier.</summary>
    public DateTimeOffset? EndTimestamp { get; set; }

    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only those of these customers.</summary>
    public IReadOnlyList<string>? CustomerId { get; set; }

    /// <summary>Only those of customers with one of these ids of your own.</summary>
    public IReadOnlyList<string>? ExternalCustomerId { get; set; }

    /// <summary>Only events that this meter counts.</summary>
    public string? MeterId { get; set; }

    /// <summary>Only events with one of these names.</summary>
    public IReadOnlyList<string>? Name { get; set; }

    /// <summary>Only your own events (<c>user</c>) or only Polar's (<c>system</c>).</summary>
    public IReadOnlyList<string>? Source { get; set; }

    /// <summary>Only events in which this occurs: at least 3 characters, and only together with <see cref="OrganizationId"/>.</summary>
    public string? Query { get; set; }

    /// <summary>Only child events of this one.</summary>
    public string? ParentId { get; set; }

    /// <summary>How many levels of parts to list, 0 to 5; null for no tree.</summary>
    public int? Depth { get; set; }

    /// <summary>Only those with these keys and values; a list as value gives alternatives.</summary>
    public IDictionary<string, object?>? Metadata { get; set; }

    /// <summary>true asks for pages without a count, which Polar creates faster. The number of events is then unknown: the count is -1.</summary>
    public bool? CursorPagination { get; set; }

    internal EventQuery Copy() => (EventQuery)MemberwiseClone();

    internal override string DefaultSorting => "-timestamp";

    internal override string TieBreaker => "-timestamp";

    // Polar counts events in another store than the one that the pages come from.
    internal override bool CountsRowsOnce => false;

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("filter", Filter?.ToJson())
            .Add("start_timestamp", StartTimestamp)
            .Add("end_timestamp", EndTimestamp)
            .Add("organization_id", OrganizationId)
            .Add("customer_id", CustomerId)
            .Add("external_customer_id", ExternalCustomerId)
            .Add("meter_id", MeterId)
            .Add("name", Name)
            .Add("source", Source)
            .Add("query", Query)
            .Add("parent_id", ParentId)
            .Add("depth", (long?)Depth)
            .AddMetadata(Metadata)
            .Add("cursor_pagination", CursorPagination);
}

/// <summary>Which names of events to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class EventNameQuery : SortedListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only those of these customers.</summary>
    public IReadOnlyList<string>? CustomerId { get; set; }

    /// <summary>Only those of customers with one of these ids of your own.</summary>
    public IReadOnlyList<string>? ExternalCustomerId { get; set; }

    /// <summary>Only your own events (<c>user</c>) or only Polar's (<c>system</c>).</summary>
    public IReadOnlyList<string>? Source { get; set; }

    /// <summary>Only names that contain this.</summary>
    public string? Query { get; set; }

    internal override string DefaultSorting => "-last_seen";

    internal override string TieBreaker => "name";

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("organization_id", OrganizationId)
            .Add("customer_id", CustomerId)
            .Add("external_customer_id", ExternalCustomerId)
            .Add("source", Source)
            .Add("query", Query);
}
