namespace PolarPS.Client;

/// <summary>Which payments to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class PaymentQuery : SortedListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only payments for these checkouts.</summary>
    public IReadOnlyList<string>? CheckoutId { get; set; }

    /// <summary>Only payments for these orders.</summary>
    public IReadOnlyList<string>? OrderId { get; set; }

    /// <summary>Only those of these customers.</summary>
    public IReadOnlyList<string>? CustomerId { get; set; }

    /// <summary>Only payments that went so: <c>pending</c>, <c>succeeded</c>, <c>failed</c>.</summary>
    public IReadOnlyList<string>? Status { get; set; }

    /// <summary>Only payments by these methods, such as <c>card</c>.</summary>
    public IReadOnlyList<string>? Method { get; set; }

    /// <summary>Only payments of customers with one of these addresses.</summary>
    public IReadOnlyList<string>? CustomerEmail { get; set; }

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("organization_id", OrganizationId)
            .Add("checkout_id", CheckoutId)
            .Add("order_id", OrderId)
            .Add("customer_id", CustomerId)
            .Add("status", Status)
            .Add("method", Method)
            .Add("customer_email", CustomerEmail);
}
