namespace PolarPS.Client;

/// <summary>Which customers to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class CustomerQuery : SortedListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only the customer with this email address.</summary>
    public string? Email { get; set; }

    /// <summary>Only customers whose name, email address or external id contains this.</summary>
    public string? Query { get; set; }

    /// <summary>Only customers with a subscription in force (true), only others (false), or both (null).</summary>
    public bool? Active { get; set; }

    /// <summary>Only those with these keys and values; a list as value gives alternatives.</summary>
    public IDictionary<string, object?>? Metadata { get; set; }

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("organization_id", OrganizationId)
            .Add("email", Email)
            .Add("query", Query)
            .Add("active", Active)
            .AddMetadata(Metadata);
}

/// <summary>Which customers to export.</summary>
public sealed class CustomerExportQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    internal string ToQuery() => new QueryBuilder().Add("organization_id", OrganizationId).ToString();
}
