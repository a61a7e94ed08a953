namespace PolarPS;

/// <summary>Known values of subscriptions.</summary>
internal static class SubscriptionValues
{
    /// <summary>Their states.</summary>
    public static KnownList Status { get; } =
        new("active", "trialing", "past_due", "paused", "canceled", "unpaid")
        {
            { "incomplete", "Its first payment is not complete" },
            { "incomplete_expired", "Its first payment was never completed" },
            { "trialing", "In its free trial" },
            { "active", "In force" },
            { "past_due", "A payment failed, and will be tried again" },
            { "canceled", "Ended" },
            { "unpaid", "All tries to charge it failed" },
            { "paused", "Paused: neither charged nor of use" },
        };

    /// <summary>Why a customer cancels.</summary>
    public static KnownList CancellationReason { get; } =
        new()
        {
            { "customer_service", "Bad customer service" },
            { "low_quality", "Quality too low" },
            { "missing_features", "Features are missing" },
            { "switched_service", "Went to another service" },
            { "too_complex", "Too complicated" },
            { "too_expensive", "Too expensive" },
            { "unused", "Not used enough" },
            { "other", "Anything else" },
        };

    /// <summary>What a change does to the period that runs.</summary>
    public static KnownList ProrationBehavior { get; } =
        new()
        {
            { "invoice", "Charges the difference at once" },
            { "prorate", "Puts the difference on the next invoice" },
            { "next_period", "Changes with the next period, without a difference" },
            { "reset", "Begins a new period now, and charges for it" },
        };

    /// <summary>Which of these an organization can choose for all its subscriptions.</summary>
    public static KnownList UsualProrationBehavior { get; } = ProrationBehavior.Without("reset");

    /// <summary>What they are sorted by.</summary>
    public static KnownList Sort { get; } =
        new("started_at", "current_period_end", "ends_at", "ended_at", "status", "amount")
        {
            "customer",
            "status",
            "started_at",
            "current_period_end",
            "ended_at",
            "ends_at",
            "amount",
            "product",
            "discount",
        };

    /// <summary>The columns of an export of them.</summary>
    public static KnownList Column { get; } =
        new()
        {
            { "email", "The buyer's email address" },
            { "started_at", "When it began" },
            { "product", "The name of the product" },
            { "amount", "What a period costs" },
            { "currency", "The currency" },
            { "status", "Where it stands" },
            { "recurring_interval", "How often it renews" },
            { "customer_name", "The customer's name" },
            { "billing_name", "The name on invoices" },
            { "billing_country", "The country on invoices" },
            { "net_amount", "The amount without tax" },
            { "discount", "The name of the discount" },
            { "seats", "How many seats" },
            { "current_period_start", "When the present period began" },
            { "current_period_end", "When the present period ends" },
            { "cancel_at_period_end", "Whether it ends with the period" },
            { "canceled_at", "When it was cancelled" },
            { "ends_at", "When it is to end" },
            { "ended_at", "When it ended" },
            { "cancellation_reason", "Why it was cancelled" },
            { "trial_start", "When the trial began" },
            { "trial_end", "When the trial ends" },
        };

    /// <summary>What customers sort theirs by.</summary>
    public static KnownList PortalSort { get; } = new() { "started_at", "amount", "status", "organization", "product" };
}
