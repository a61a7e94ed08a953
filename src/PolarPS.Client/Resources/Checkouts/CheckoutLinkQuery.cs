namespace PolarPS.Client;

/// <summary>Which checkout links to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class CheckoutLinkQuery : SortedListQuery
{
    /// <summary>Only links of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only links that offer one of these products.</summary>
    public IReadOnlyList<string>? ProductId { get; set; }

    internal override string DefaultSorting => "created_at";

    // A link that offers several of the products is counted as often.
    internal override bool CountsRowsOnce => ProductId is not { Count: > 1 };

    internal override void AddFilters(QueryBuilder query) =>
        query.Add("organization_id", OrganizationId).Add("product_id", ProductId);
}
