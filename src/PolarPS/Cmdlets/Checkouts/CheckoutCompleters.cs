namespace PolarPS.Commands;

/// <summary>Completes states of checkouts.</summary>
public sealed class CheckoutStatusCompleter() : KnownValuesCompleter(SalesValues.CheckoutStatus);

/// <summary>Completes orders of checkouts.</summary>
public sealed class CheckoutSortCompleter() : SortCompleter(SalesValues.CheckoutSort);
