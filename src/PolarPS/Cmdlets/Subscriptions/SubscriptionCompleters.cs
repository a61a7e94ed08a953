namespace PolarPS.Commands;

/// <summary>Completes the statuses of subscriptions.</summary>
public sealed class SubscriptionStatusCompleter()
    : KnownValuesCompleter(
        ("active", "In force"),
        ("trialing", "In its free trial"),
        ("past_due", "A payment failed, and will be tried again"),
        ("paused", "Paused: neither charged nor of use"),
        ("canceled", "Ended"),
        ("unpaid", "All tries to charge it failed"),
        ("incomplete", "Its first payment is not complete"),
        ("incomplete_expired", "Its first payment was never completed")
    );

/// <summary>Completes why a customer cancels.</summary>
public sealed class CancellationReasonCompleter()
    : KnownValuesCompleter(
        ("customer_service", "Bad customer service"),
        ("low_quality", "Quality too low"),
        ("missing_features", "Features are missing"),
        ("switched_service", "Went to another service"),
        ("too_complex", "Too complicated"),
        ("too_expensive", "Too expensive"),
        ("unused", "Not used enough"),
        ("other", "Anything else")
    );

/// <summary>Completes what a change does to the period that runs.</summary>
public sealed class ProrationBehaviorCompleter()
    : KnownValuesCompleter(
        ("invoice", "Charges the difference at once"),
        ("prorate", "Puts the difference on the next invoice"),
        ("next_period", "Changes with the next period, without a difference"),
        ("reset", "Begins a new period now, and charges for it")
    );

/// <summary>Completes orders of subscriptions.</summary>
public sealed class SubscriptionSortCompleter()
    : SortCompleter(
        "started_at",
        "current_period_end",
        "ends_at",
        "ended_at",
        "status",
        "amount",
        "customer",
        "product",
        "discount"
    );

/// <summary>Completes columns of an export of subscriptions.</summary>
public sealed class SubscriptionColumnCompleter()
    : KnownValuesCompleter(
        ("email", "The buyer's email address"),
        ("started_at", "When it began"),
        ("product", "The name of the product"),
        ("amount", "What a period costs"),
        ("currency", "The currency"),
        ("status", "Where it stands"),
        ("recurring_interval", "How often it renews"),
        ("customer_name", "The customer's name"),
        ("billing_name", "The name on invoices"),
        ("billing_country", "The country on invoices"),
        ("net_amount", "The amount without tax"),
        ("discount", "The name of the discount"),
        ("seats", "How many seats"),
        ("current_period_start", "When the present period began"),
        ("current_period_end", "When the present period ends"),
        ("cancel_at_period_end", "Whether it ends with the period"),
        ("canceled_at", "When it was cancelled"),
        ("ends_at", "When it is to end"),
        ("ended_at", "When it ended"),
        ("cancellation_reason", "Why it was cancelled"),
        ("trial_start", "When the trial began"),
        ("trial_end", "When the trial ends")
    );
