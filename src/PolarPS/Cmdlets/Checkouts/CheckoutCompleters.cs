namespace PolarPS.Commands;

/// <summary>Completes states of checkouts.</summary>
public sealed class CheckoutStatusCompleter()
    : KnownValuesCompleter(
        ("open", "Waits for the customer"),
        ("expired", "The time to pay is over"),
        ("confirmed", "Payment is under way"),
        ("succeeded", "Paid"),
        ("failed", "The payment failed")
    );

/// <summary>Completes orders of checkouts.</summary>
public sealed class CheckoutSortCompleter() : SortCompleter("created_at", "expires_at", "status");
