namespace PolarPS.Client;

/// <summary>Which benefits to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class BenefitQuery : SortedListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only benefits of these kinds, such as <c>license_keys</c>.</summary>
    public IReadOnlyList<string>? Type { get; set; }

    /// <summary>Only benefits with one of these ids.</summary>
    public IReadOnlyList<string>? Id { get; set; }

    /// <summary>Only benefits with none of these ids.</summary>
    public IReadOnlyList<string>? ExcludeId { get; set; }

    /// <summary>Only benefits whose description contains this.</summary>
    public string? Query { get; set; }

    /// <summary>Only those with these keys and values; a list as value gives alternatives.</summary>
    public IDictionary<string, object?>? Metadata { get; set; }

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("organization_id", OrganizationId)
            .Add("type", Type)
            .Add("id", Id)
            .Add("exclude_id", ExcludeId)
            .Add("query", Query)
            .AddMetadata(Metadata);
}

/// <summary>Which files of a benefit to list: Polar knows no filters and no order here.</summary>
public sealed class BenefitFileQuery : ListQuery
{
    internal override void AddFilters(QueryBuilder query) { }
}
