namespace PolarPS;

/// <summary>Known values of checkouts and checkout links.</summary>
internal static class CheckoutValues
{
    /// <summary>The states of checkouts.</summary>
    public static KnownList CheckoutStatus { get; } =
        new()
        {
            { "open", "Waits for the customer" },
            { "expired", "The time to pay is over" },
            { "confirmed", "Payment is under way" },
            { "succeeded", "Paid" },
            { "failed", "The payment failed" },
        };

    /// <summary>What checkouts are sorted by.</summary>
    public static KnownList CheckoutSort { get; } = new() { "created_at", "expires_at", "status" };

    /// <summary>What checkout links are sorted by.</summary>
    public static KnownList CheckoutLinkSort { get; } =
        new() { "created_at", "label", "success_url", "allow_discount_codes" };
}
