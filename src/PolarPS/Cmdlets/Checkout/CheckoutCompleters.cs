namespace PolarPS.Commands;

/// <summary>Completes states of checkouts.</summary>
public sealed class CheckoutStatusCompleter()
    : KnownValuesCompleter("open", "expired", "confirmed", "succeeded", "failed");

/// <summary>Completes orders of checkouts.</summary>
public sealed class CheckoutSortCompleter() : SortCompleter("created_at", "expires_at", "status");
