namespace PolarPS.Commands;

/// <summary>Completes for how long a discount applies to a subscription.</summary>
public sealed class DiscountDurationCompleter() : KnownValuesCompleter(CatalogueValues.DiscountDuration);

/// <summary>Completes orders of discounts.</summary>
public sealed class DiscountSortCompleter() : SortCompleter(CatalogueValues.DiscountSort);
