namespace PolarPS.Commands;

/// <summary>Completes how payments went.</summary>
public sealed class PaymentStatusCompleter() : KnownValuesCompleter(OrderValues.PaymentStatus);

/// <summary>Completes methods of payment.</summary>
public sealed class PaymentMethodNameCompleter() : KnownValuesCompleter(OrderValues.PaymentMethodName);

/// <summary>Completes orders of payments.</summary>
public sealed class PaymentSortCompleter() : SortCompleter(OrderValues.PaymentSort);
