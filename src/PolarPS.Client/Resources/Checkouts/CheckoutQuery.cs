namespace PolarPS.Client;

/// <summary>Which checkouts to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class CheckoutQuery : SortedListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only checkouts with one of these products.</summary>
    public IReadOnlyList<string>? ProductId { get; set; }

    /// <summary>Only checkouts of these customers.</summary>
    public IReadOnlyList<string>? CustomerId { get; set; }

    /// <summary>Only checkouts of the customers with these ids of yours.</summary>
    public IReadOnlyList<string>? ExternalCustomerId { get; set; }

    /// <summary>
    /// Only checkouts in one of these states: <c>open</c>, <c>expired</c>, <c>confirmed</c>, <c>succeeded</c>,
    /// <c>failed</c>.
    /// </summary>
    public IReadOnlyList<string>? Status { get; set; }

    /// <summary>Only checkouts of customers whose name or email address contains this.</summary>
    public string? Query { get; set; }

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("organization_id", OrganizationId)
            .Add("product_id", ProductId)
            .Add("customer_id", CustomerId)
            .Add("external_customer_id", ExternalCustomerId)
            .Add("status", Status)
            .Add("query", Query);
}
