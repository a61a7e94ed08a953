namespace PolarPS.Client;

/// <summary>Which kinds of events to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class EventTypeQuery : SortedListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only those of these customers.</summary>
    public IReadOnlyList<string>? CustomerId { get; set; }

    /// <summary>Only those of customers with one of these ids of your own.</summary>
    public IReadOnlyList<string>? ExternalCustomerId { get; set; }

    /// <summary>Only kinds whose name or label contains this.</summary>
    public string? Query { get; set; }

    /// <summary>true omits kinds whose events are only child events.</summary>
    public bool? RootEvents { get; set; }

    /// <summary>Only kinds of child events of this event.</summary>
    public string? ParentId { get; set; }

    /// <summary>Only kinds of your own events (<c>user</c>) or only Polar's (<c>system</c>).</summary>
    public string? Source { get; set; }

    internal override string DefaultSorting => "-last_seen";

    internal override string TieBreaker => "name";

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("organization_id", OrganizationId)
            .Add("customer_id", CustomerId)
            .Add("external_customer_id", ExternalCustomerId)
            .Add("query", Query)
            .Add("root_events", RootEvents)
            .Add("parent_id", ParentId)
            .Add("source", Source);
}
