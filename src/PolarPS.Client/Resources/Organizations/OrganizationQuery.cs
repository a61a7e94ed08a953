namespace PolarPS.Client;

/// <summary>Which organizations to list.</summary>
public sealed class OrganizationQuery : SortedListQuery
{
    /// <summary>Only the organization with this name in addresses.</summary>
    public string? Slug { get; set; }

    internal override string DefaultSorting => "created_at";

    internal override void AddFilters(QueryBuilder query) => query.Add("slug", Slug);
}
