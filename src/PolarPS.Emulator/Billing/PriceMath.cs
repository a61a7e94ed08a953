namespace PolarPS.Emulator;

/// <summary>What prices come to.</summary>
internal static class PriceMath
{
    /// <summary>The prices of a product that count in one currency: a price for all currencies is not known here.</summary>
    public static IEnumerable<JsonObject> In(IEnumerable<JsonObject> prices, string currency) =>
        prices.Where(price => !price.Flag("is_archived") && price.Text("price_currency") == currency);

    public static bool IsMetered(JsonObject price) => price.Text("amount_type") is "metered_unit" or "metered_tiers";

    /// <summary>Whether a price never comes to anything.</summary>
    public static bool IsFree(JsonObject price) =>
        price.Text("amount_type") switch
        {
            "fixed" => price.Number("price_amount") == 0,
            "seat_based" => ((JsonObject)price["seat_tiers"]!)
                .Objects("tiers")
                .All(tier => tier.Number("price_per_seat") == 0),
            "unit_based" => ((JsonObject)price["tiers"]!)
                .Objects("tiers")
                .All(tier => Decimal(tier, "unit_amount") == 0),
            _ => false,
        };

    /// <summary>The price of a kind; null where there is none.</summary>
    public static JsonObject? Of(IEnumerable<JsonObject> prices, string amountType) =>
        prices.FirstOrDefault(price => price.Text("amount_type") == amountType);

    /// <summary>The least and the most that can be bought of a price by seat or unit; null for no end.</summary>
    public static (long Minimum, long? Maximum) Limits(JsonObject price)
    {
        var limits = price["seat_tiers"] as JsonObject;
        return limits is not null
            ? (limits.Number("minimum_seats") ?? 1, limits.Number("maximum_seats"))
            : (Math.Max(1, price.Number("minimum_units") ?? 1), price.Number("maximum_units"));
    }

    /// <summary>The currency to sell in: the one asked for, else the shop's own, else whatever there is.</summary>
    public static string? Currency(IReadOnlyCollection<JsonObject> prices, string? wanted, string usual)
    {
        var known = prices
            .Where(price => !price.Flag("is_archived"))
            .Select(price => price.Text("price_currency")!)
            .ToArray();
        if (wanted is not null)
        {
            return known.Contains(wanted) ? wanted : null;
        }

        return known.Contains(usual) ? usual : known.FirstOrDefault();
    }

    /// <summary>What is paid up front, by one price.</summary>
    /// <param name="price">The price.</param>
    /// <param name="amount">What the buyer chose, where there is a choice.</param>
    /// <param name="seats">How many seats.</param>
    /// <param name="units">How many units.</param>
    public static long UpFront(JsonObject price, long? amount, long? seats, long? units) =>
        price.Text("amount_type") switch
        {
            "fixed" => price.Number("price_amount") ?? 0,
            "custom" => amount ?? price.Number("preset_amount") ?? price.Number("minimum_amount") ?? 0,
            "seat_based" => Seats((JsonObject)price["seat_tiers"]!, seats ?? 0),
            "unit_based" => (long)Tiers((JsonObject)price["tiers"]!, units ?? 0),
            _ => 0,
        };

    /// <summary>What a period's usage costs; credits may be more than was used.</summary>
    public static long Usage(JsonObject price, decimal units)
    {
        units = Math.Max(0, units);
        var amount =
            price.Text("amount_type") == "metered_tiers"
                ? Tiers((JsonObject)price["tiers"]!, units)
                : units * Decimal(price, "unit_amount");
        var whole = Rounding.HalfAway(amount);
        return price.Number("cap_amount") is { } cap ? Math.Min(cap, whole) : whole;
    }

    private static decimal Decimal(JsonObject row, string name) =>
        decimal.Parse(row.Text(name)!, CultureInfo.InvariantCulture);

    private static long Seats(JsonObject tiers, long seats)
    {
        var total = 0L;
        foreach (var tier in tiers.Objects("tiers"))
        {
            var first = tier.Number("min_seats")!.Value;
            var last = tier.Number("max_seats") ?? long.MaxValue;
            var rate = tier.Number("price_per_seat")!.Value;
            if (tiers.Text("seat_tier_type") != "graduated")
            {
                // All seats cost what the tier says in which their number is; the last tier also serves beyond its end.
                total = seats * rate;
                if (seats <= last)
                {
                    break;
                }
            }
            else
            {
                // The first tier begins where seats begin to be sold, but its rate counts from the first seat.
                var from = ReferenceEquals(tier, tiers.Objects("tiers").First()) ? 1 : first;
                total += Math.Max(0, Math.Min(seats, last) - from + 1) * rate;
            }
        }

        return total;
    }

    private static decimal Tiers(JsonObject tiers, decimal units)
    {
        var isVolume = tiers.Text("type") == "volume";
        var total = 0m;
        var before = 0m;
        foreach (var tier in tiers.Objects("tiers"))
        {
            var bound = tier.Number("bound") is { } end ? end : decimal.MaxValue;
            var rate = Decimal(tier, "unit_amount");
            if (isVolume)
            {
                total = units * rate;
                if (units <= bound)
                {
                    break;
                }
            }
            else
            {
                total += Math.Max(0, Math.Min(units, bound) - before) * rate;
                before = bound;
            }
        }

        return total;
    }
}
