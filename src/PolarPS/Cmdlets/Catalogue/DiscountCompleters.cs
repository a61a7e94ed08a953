namespace PolarPS.Commands;

/// <summary>Completes for how long a discount applies to a subscription.</summary>
public sealed class DiscountDurationCompleter()
    : KnownValuesCompleter(
        ("once", "The first payment only"),
        ("forever", "Every payment"),
        ("repeating", "As many months as -DurationInMonths says")
    );

/// <summary>Completes orders of discounts.</summary>
public sealed class DiscountSortCompleter()
    : SortCompleter("created_at", "name", "code", "redemptions_count", "ends_at");
