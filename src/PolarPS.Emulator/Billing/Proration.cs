namespace PolarPS.Emulator;

/// <summary>
/// What a change within a period costs: what is left of the old plan is credited, what is left of the new one charged, each
/// net of the discount that counts in this period.
/// </summary>
internal static class Proration
{
    /// <summary>The part of prices that falls on what is left of a period.</summary>
    /// <param name="prices">The prices; those that cost nothing, are chosen by the buyer or meter usage are not shared out.</param>
    /// <param name="seats">How many seats.</param>
    /// <param name="units">How many units.</param>
    /// <param name="discount">The discount that counts; null for none.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="left">What part of the period is left.</param>
    public static IReadOnlyList<(JsonObject Price, long Amount)> Of(
        IEnumerable<JsonObject> prices,
        long? seats,
        long? units,
        JsonObject? discount,
        string currency,
        decimal left
    )
    {
        var shared = prices
            .Where(price => IsShared(price, seats, units))
            .Select(price => (Price: price, Amount: PriceMath.UpFront(price, null, seats, units)))
            .ToArray();
        var discounts = Discounts.Allocate(discount, Array.ConvertAll(shared, entry => entry.Amount), currency);
        return shared
            .Select((entry, i) => (entry.Price, Rounding.HalfEven((entry.Amount - discounts[i]) * left)))
            .ToArray();
    }

    /// <summary>What another number of seats or units costs for what is left of a period; below zero for fewer.</summary>
    /// <param name="price">The price by seat or unit.</param>
    /// <param name="fixedPrice">The fixed price beside it, which takes its share of a discount; null for none.</param>
    /// <param name="before">The number before.</param>
    /// <param name="after">The number after.</param>
    /// <param name="discount">The discount that counts; null for none.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="left">What part of the period is left.</param>
    public static long OfQuantity(
        JsonObject price,
        JsonObject? fixedPrice,
        long before,
        long after,
        JsonObject? discount,
        string currency,
        decimal left
    ) =>
        Rounding.TowardsZero(
            (Net(price, fixedPrice, after, discount, currency) - Net(price, fixedPrice, before, discount, currency))
                * left
        );

    /// <summary>What a number of seats or units costs in a whole period, after the discount.</summary>
    public static long Net(
        JsonObject price,
        JsonObject? fixedPrice,
        long quantity,
        JsonObject? discount,
        string currency
    )
    {
        var amount = PriceMath.UpFront(price, null, quantity, quantity);
        var parts = fixedPrice is null ? new[] { amount } : [fixedPrice.Number("price_amount") ?? 0, amount];
        return amount - Discounts.Allocate(discount, parts, currency).Last();
    }

    private static bool IsShared(JsonObject price, long? seats, long? units) =>
        !PriceMath.IsFree(price)
        && price.Text("amount_type") switch
        {
            "fixed" => true,
            "seat_based" => seats is not null,
            "unit_based" => units is not null,
            _ => false,
        };
}
