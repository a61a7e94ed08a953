namespace PolarPS.Emulator;

/// <summary>What discounts take off, from what, and for how long.</summary>
internal static class Discounts
{
    /// <summary>What a discount takes off one amount, in minor units.</summary>
    public static long Amount(JsonObject discount, long amount, string currency) =>
        IsPercentage(discount)
            ? Rounding.HalfAway(amount * (discount.Number("basis_points")!.Value / 10_000d))
            : Math.Min(Fixed(discount, currency), amount);

    /// <summary>
    /// What a discount takes off each of several amounts. A percentage is taken off each by itself; a fixed amount is shared
    /// out in proportion, and the units that rounding down leaves go to the largest remainders.
    /// </summary>
    public static long[] Allocate(JsonObject? discount, IReadOnlyList<long> amounts, string currency)
    {
        if (discount is null)
        {
            return new long[amounts.Count];
        }

        if (IsPercentage(discount))
        {
            return amounts.Select(amount => Amount(discount, amount, currency)).ToArray();
        }

        var total = amounts.Sum();
        if (total == 0)
        {
            return new long[amounts.Count];
        }

        var discounted = Math.Min(Fixed(discount, currency), total);
        var weights = amounts.Select(amount => (decimal)discounted * amount).ToArray();
        var parts = weights.Select(weight => (long)decimal.Floor(weight / total)).ToArray();
        foreach (
            var index in Enumerable
                .Range(0, parts.Length)
                .OrderByDescending(index => weights[index] % total)
                .Take((int)(discounted - parts.Sum()))
                .ToArray()
        )
        {
            parts[index]++;
        }

        return parts;
    }

    /// <summary>Whether a discount is for a product, and has an amount in a currency.</summary>
    public static bool Fits(JsonObject discount, string? productId, string currency)
    {
        var products = discount.Texts("products").ToArray();
        return (IsPercentage(discount) || (discount["amounts"] as JsonObject)?.ContainsKey(currency) == true)
            && (products.Length == 0 || products.Contains(productId));
    }

    /// <summary>Whether a discount may be taken at a time.</summary>
    public static bool IsRedeemable(JsonObject discount, DateTimeOffset now)
    {
        if (discount.Text("starts_at") is { } start && Timestamps.Parse(start) > now)
        {
            return false;
        }

        if (discount.Text("ends_at") is { } end && Timestamps.Parse(end) < now)
        {
            return false;
        }

        return discount.Number("max_redemptions") is not { } most || discount.Number("redemptions_count") < most;
    }

    /// <summary>
    /// Whether a discount no longer counts for a period. Months are counted from the period that it first counted for, which
    /// is the first of them.
    /// </summary>
    /// <param name="discount">The discount.</param>
    /// <param name="appliedAt">When the period began that it first counted for.</param>
    /// <param name="periodStart">When the period begins that is asked about.</param>
    public static bool IsOver(JsonObject discount, DateTimeOffset appliedAt, DateTimeOffset periodStart) =>
        discount.Text("duration") switch
        {
            "forever" => false,
            "once" => periodStart > appliedAt,
            _ => periodStart > appliedAt.AddMonths((int)discount.Number("duration_in_months")!.Value - 1),
        };

    /// <summary>Whether a discount makes everything free permanently, usage included.</summary>
    public static bool IsEverythingForEver(JsonObject discount) =>
        discount.Text("duration") == "forever" && discount.Number("basis_points") == 10_000;

    private static bool IsPercentage(JsonObject discount) => discount.Text("type") == "percentage";

    private static long Fixed(JsonObject discount, string currency) =>
        (discount["amounts"] as JsonObject)?.Number(currency) ?? 0;
}
