namespace PolarPS.Commands;

/// <summary>Completes states of checkouts.</summary>
public sealed class CheckoutStatusCompleter() : KnownValuesCompleter(CheckoutValues.CheckoutStatus);

/// <summary>Completes orders of checkouts.</summary>
public sealed class CheckoutSortCompleter() : SortCompleter(CheckoutValues.CheckoutSort);
