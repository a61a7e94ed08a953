namespace PolarPS.Commands;

/// <summary>Completes the statuses of subscriptions.</summary>
public sealed class SubscriptionStatusCompleter() : KnownValuesCompleter(SubscriptionValues.Status);

/// <summary>Completes why a customer cancels.</summary>
public sealed class CancellationReasonCompleter() : KnownValuesCompleter(SubscriptionValues.CancellationReason);

/// <summary>Completes what a change does to the period that runs.</summary>
public sealed class ProrationBehaviorCompleter() : KnownValuesCompleter(SubscriptionValues.ProrationBehavior);

/// <summary>Completes orders of subscriptions.</summary>
public sealed class SubscriptionSortCompleter() : SortCompleter(SubscriptionValues.Sort);

/// <summary>Completes columns of an export of subscriptions.</summary>
public sealed class SubscriptionColumnCompleter() : KnownValuesCompleter(SubscriptionValues.Column);
