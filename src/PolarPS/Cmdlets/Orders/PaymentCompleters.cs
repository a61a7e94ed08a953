namespace PolarPS.Commands;

/// <summary>Completes how payments went.</summary>
public sealed class PaymentStatusCompleter()
    : KnownValuesCompleter(("pending", "Not decided yet"), ("succeeded", "Paid"), ("failed", "Declined"));

/// <summary>Completes methods of payment.</summary>
public sealed class PaymentMethodNameCompleter()
    : KnownValuesCompleter(
        ("card", "Credit or debit card"),
        ("paypal", "PayPal"),
        ("kr_card", "Card issued in South Korea"),
        ("link", "Link by Stripe")
    );

/// <summary>Completes orders of payments.</summary>
public sealed class PaymentSortCompleter() : SortCompleter("created_at", "status", "amount", "method");
