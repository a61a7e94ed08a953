namespace PolarPS.Client;

/// <summary>Which members of a customer to list.</summary>
public sealed class MemberQuery : SortedListQuery
{
    /// <summary>Only members with this role: <c>owner</c>, <c>billing_manager</c> or <c>member</c>.</summary>
    public string? Role { get; set; }

    internal override void AddFilters(QueryBuilder query) => query.Add("role", Role);
}
