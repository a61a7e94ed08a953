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

    /// <summary>In minor units; below zero for what is credited.</summary>
    public long Amount { get; }

    public string? PriceId { get; }

    /// <summary>Whether it settles a part of a period, net of the discount of that period already.</summary>
    public bool IsProration { get; init; }

    public string? Start { get; init; }

    public string? End { get; init; }
}

/// <summary>What an order is made from.</summary>
internal sealed class OrderDraft
{
    public OrderDraft(Document customer, string currency, string reason, OrderAmounts amounts)
    {
        Customer = customer;
        Currency = currency;
        Reason = reason;
        Amounts = amounts;
    }

    public Document Customer { get; }

    public string Currency { get; }

    /// <summary>Why there is a bill; Polar tells two kinds of renewals apart that it shows as one.</summary>
    public string Reason { get; }

    public OrderAmounts Amounts { get; }

    public List<OrderItem> Items { get; init; } = [];

    /// <summary>draft, pending, or paid where the money has come before the order.</summary>
    public string Status { get; init; } = "pending";

    /// <summary>What of the customer's balance is used: below zero where it pays, above where a debt is added.</summary>
    public long AppliedBalance { get; init; }

    public Document? Product { get; init; }

    public Document? Subscription { get; init; }

    public Document? Checkout { get; init; }

    public Document? Discount { get; init; }

    public long? Seats { get; init; }

    public long? Units { get; init; }

    public JsonObject? Metadata { get; init; }

    public JsonObject? Answers { get; init; }
}
