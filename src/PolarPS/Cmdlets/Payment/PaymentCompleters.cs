namespace PolarPS.Commands;

/// <summary>Completes how payments went.</summary>
public sealed class PaymentStatusCompleter() : KnownValuesCompleter("pending", "succeeded", "failed");

/// <summary>Completes methods of payment.</summary>
public sealed class PaymentMethodNameCompleter() : KnownValuesCompleter("card", "paypal", "kr_card", "link");

/// <summary>Completes orders of payments.</summary>
public sealed class PaymentSortCompleter() : SortCompleter("created_at", "status", "amount", "method");
