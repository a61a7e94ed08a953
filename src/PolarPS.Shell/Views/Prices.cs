namespace PolarPS.Views;

/// <summary>What a product costs, as a number and in words.</summary>
internal static class Prices
{
    /// <summary>The price that stands for a product: the first one that is not archived; null for none.</summary>
    public static ProductPrice? First(Product? product) => Live(product).FirstOrDefault();

    /// <summary>The least that one, seat or unit costs, in major units; null where Polar's answer does not say.</summary>
    public static decimal? Least(ProductPrice? price) =>
        price is null
            ? null
            : Money.ToDecimal(
                price.PriceAmount ?? Lowest(price.SeatTiers) ?? price.PricePerSeat ?? price.MinimumAmount,
                price.PriceCurrency
            ) ?? Money.ToDecimal(price.UnitAmount ?? Lowest(price.Tiers), price.PriceCurrency);

    /// <summary>A product's prices: every currency, then the interval, then what usage costs.</summary>
    /// <returns>Such as <c>$49.00, €45.00/month + $0.01/unit</c>; empty for none.</returns>
    public static string Text(Product? product)
    {
        var prices = Live(product).ToList();
        var fixedOnes = prices.Where(price => !IsMetered(price)).ToList();
        var text = string.Join(", ", fixedOnes);
        var interval = Formatting.Interval(product?.RecurringInterval, product?.RecurringIntervalCount);
        if (interval.Length > 0 && text.Length > 0 && text != "free")
        {
            text += "/" + interval;
        }

        var usage = string.Join(", ", prices.Where(IsMetered));
        return text + (text.Length > 0 && usage.Length > 0 ? " + " : string.Empty) + usage;
    }

    private static IEnumerable<ProductPrice> Live(Product? product) =>
        product?.Prices?.Where(static price => price is { IsArchived: not true }) ?? [];

    private static bool IsMetered(ProductPrice price) => price.AmountType is "metered_unit" or "metered_tiers";

    private static long? Lowest(SeatTiers? tiers) => tiers?.Tiers?.Min(static tier => tier?.PricePerSeat);

    private static decimal? Lowest(PriceTiers? tiers) => tiers?.Tiers?.Min(static tier => tier?.UnitAmount);
}
