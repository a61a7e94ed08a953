namespace PolarPS.Emulator;

/// <summary>What a subscription is begun with.</summary>
internal sealed class SubscriptionDraft
{
    public SubscriptionDraft(Document customer, Document product, IReadOnlyList<JsonObject> prices, string currency)
    {
        Customer = customer;
        Product = product;
        Prices = prices;
        Currency = currency;
    }

    public Document Customer { get; }

    public Document Product { get; }

    public IReadOnlyList<JsonObject> Prices { get; }

    public string Currency { get; }

    /// <summary>The free subscription that is upgraded; null for a new one.</summary>
    public Document? Existing { get; init; }

    public Document? Discount { get; init; }

    public Document? Checkout { get; init; }

    /// <summary>The card that it is paid with; null for the customer's usual one.</summary>
    public Document? Method { get; init; }

    /// <summary>inclusive or exclusive, as the first bill had it; null to do as the organization says.</summary>
    public string? TaxBehavior { get; init; }

    public DateTimeOffset? TrialEnd { get; init; }

    public long? Amount { get; init; }

    public long? Seats { get; init; }

    public long? Units { get; init; }

    public JsonObject? Metadata { get; init; }

    public JsonObject? Answers { get; init; }
}
