namespace PolarPS.Client;

/// <summary>Which custom fields to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class CustomFieldQuery : SortedListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only custom fields whose name or slug contains this.</summary>
    public string? Query { get; set; }

    /// <summary>
    /// Only custom fields of these kinds: <c>text</c>, <c>number</c>, <c>date</c>, <c>checkbox</c>, <c>select</c>.
    /// </summary>
    public IReadOnlyList<string>? Type { get; set; }

    internal override string DefaultSorting => "slug";

    internal override void AddFilters(QueryBuilder query) =>
        query.Add("organization_id", OrganizationId).Add("query", Query).Add("type", Type);
}
