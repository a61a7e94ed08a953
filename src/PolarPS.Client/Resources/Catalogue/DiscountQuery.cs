namespace PolarPS.Client;

/// <summary>Which discounts to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class DiscountQuery : SortedListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only discounts whose name or code contains this.</summary>
    public string? Query { get; set; }

    internal override void AddFilters(QueryBuilder query) =>
        query.Add("organization_id", OrganizationId).Add("query", Query);
}
