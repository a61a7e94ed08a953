namespace PolarPS.Client;

/// <summary>Which disputes to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class DisputeQuery : SortedListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only disputes over these orders.</summary>
    public IReadOnlyList<string>? OrderId { get; set; }

    /// <summary>Only disputes with these statuses: <c>prevented</c>, <c>early_warning</c>, <c>needs_response</c>, <c>under_review</c>, <c>lost</c>, <c>won</c>.</summary>
    public IReadOnlyList<string>? Status { get; set; }

    internal override void AddFilters(QueryBuilder query) =>
        query.Add("organization_id", OrganizationId).Add("order_id", OrderId).Add("status", Status);
}
