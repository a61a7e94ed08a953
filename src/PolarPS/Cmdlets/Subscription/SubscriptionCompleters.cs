namespace PolarPS.Commands;

/// <summary>Completes the statuses of subscriptions.</summary>
public sealed class SubscriptionStatusCompleter()
    : KnownValuesCompleter(
        "active",
        "trialing",
        "past_due",
        "paused",
        "canceled",
        "unpaid",
        "incomplete",
        "incomplete_expired"
    );

/// <summary>Completes why a customer cancels.</summary>
public sealed class CancellationReasonCompleter()
    : KnownValuesCompleter(
        "customer_service",
        "low_quality",
        "missing_features",
        "switched_service",
        "too_complex",
        "too_expensive",
        "unused",
        "other"
    );

/// <summary>Completes what a change does to the period that runs.</summary>
public sealed class ProrationBehaviorCompleter() : KnownValuesCompleter("invoice", "prorate", "next_period", "reset");

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
        "email",
        "started_at",
        "product",
        "amount",
        "currency",
        "status",
        "recurring_interval",
        "customer_name",
        "billing_name",
        "billing_country",
        "net_amount",
        "discount",
        "seats",
        "current_period_start",
        "current_period_end",
        "cancel_at_period_end",
        "canceled_at",
        "ends_at",
        "ended_at",
        "cancellation_reason",
        "trial_start",
        "trial_end"
    );
