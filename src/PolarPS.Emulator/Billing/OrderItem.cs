using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>One line of an order.</summary>
internal sealed class OrderItem
{
    public OrderItem(string label, long amount, string? priceId = null)
    {
        Label = label;
        Amount = amount;
        PriceId = priceId;
    }

    public string Label { get; }

    public long Amount { get; }

    public string? PriceId { get; }

    public bool IsProration { get; init; }

    public bool IsInclusive { get; init; }

    public string? Start { get; init; }

    public string? End { get; init; }
}

/// <summary>What an order is made from.</summary>
internal sealed class OrderDraft
{
    public OrderDraft(Document customer, string currency, string reason)
    {
        Customer = customer;
        Currency = currency;
        Reason = reason;
    }

    public Document Customer { get; }

    public string Currency { get; }

    /// <summary>The billing reason, such as purchase.</summary>
    public string Reason { get; }

    public List<OrderItem> Items { get; } = [];

    public Document? Product { get; init; }

    public Document? Subscription { get; init; }

    public Document? Checkout { get; init; }

    public Document? Discount { get; init; }

    public long? Seats { get; init; }

    public long? Units { get; init; }

    public string? Description { get; init; }

    public JsonObject? Metadata { get; init; }

    public JsonObject? Answers { get; init; }
}
