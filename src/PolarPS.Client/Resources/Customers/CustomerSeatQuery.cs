namespace PolarPS.Client;

/// <summary>Whose seats to list; one of the two.</summary>
public sealed class CustomerSeatQuery
{
    /// <summary>The id of the subscription.</summary>
    public string? SubscriptionId { get; set; }

    /// <summary>The id of the order.</summary>
    public string? OrderId { get; set; }

    internal string ToQuery() =>
        new QueryBuilder().Add("subscription_id", SubscriptionId).Add("order_id", OrderId).ToString();
}
