namespace PolarPS.Client;

/// <summary>Which refunds to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class RefundQuery : SortedListQuery
{
    /// <summary>Only refunds with one of these ids.</summary>
    public IReadOnlyList<string>? Id { get; set; }

    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only refunds of these orders.</summary>
    public IReadOnlyList<string>? OrderId { get; set; }

    /// <summary>Only refunds of these subscriptions.</summary>
    public IReadOnlyList<string>? SubscriptionId { get; set; }

    /// <summary>Only those of these customers.</summary>
    public IReadOnlyList<string>? CustomerId { get; set; }

    /// <summary>Only those of customers with one of these ids of your own.</summary>
    public IReadOnlyList<string>? ExternalCustomerId { get; set; }

    /// <summary>Only refunds that have succeeded (true), only others (false), or both (null).</summary>
    public bool? Succeeded { get; set; }

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("id", Id)
            .Add("organization_id", OrganizationId)
            .Add("order_id", OrderId)
            .Add("subscription_id", SubscriptionId)
            .Add("customer_id", CustomerId)
            .Add("external_customer_id", ExternalCustomerId)
            .Add("succeeded", Succeeded);
}
