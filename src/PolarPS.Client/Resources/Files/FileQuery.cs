namespace PolarPS.Client;

/// <summary>
/// Which files to list; Polar knows no order here. Values of one filter are alternatives; all filters have to match.
/// </summary>
public sealed class FileQuery : ListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only files with one of these ids.</summary>
    public IReadOnlyList<string>? Ids { get; set; }

    internal override void AddFilters(QueryBuilder query) =>
        query.Add("organization_id", OrganizationId).Add("ids", Ids);
}
