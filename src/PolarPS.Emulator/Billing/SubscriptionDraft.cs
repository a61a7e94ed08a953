using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

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

    public Document? Discount { get; init; }

    public Document? Checkout { get; init; }

    public DateTimeOffset? TrialEnd { get; init; }

    public long? Amount { get; init; }

    public long? Seats { get; init; }

    public long? Units { get; init; }

    public JsonObject? Metadata { get; init; }

    public JsonObject? Answers { get; init; }
}
