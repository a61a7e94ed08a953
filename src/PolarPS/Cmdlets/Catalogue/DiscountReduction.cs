namespace PolarPS.Commands;

/// <summary>What a discount takes off, from the forms that people give it to the one that Polar takes.</summary>
internal static class DiscountReduction
{
    /// <summary>A percentage as hundredths of a percent.</summary>
    /// <exception cref="ArgumentException">It has more than two decimals.</exception>
    public static void SetPercent(RequestBody body, decimal percent)
    {
        var points = percent * 100;
        if (points != decimal.Truncate(points))
        {
            throw new ArgumentException(
                $"A percentage has at most two decimals; {percent.ToString(CultureInfo.InvariantCulture)} has more."
            );
        }

        // With its kind Polar refuses it for a discount of the other kind, instead of passing over it.
        body.SetField("type", "percentage");
        body.SetField("basis_points", (int)points);
    }

    /// <summary>Amounts by currency.</summary>
    public static void SetAmounts(RequestBody body, IDictionary amounts)
    {
        body.SetField("type", "fixed");
        body.SetField("amounts", amounts);
    }

    /// <summary>One amount, as amounts by currency.</summary>
    public static Dictionary<string, long> Single(long amount, string currency) =>
        new(StringComparer.Ordinal) { [currency.ToLowerInvariant()] = amount };

    /// <summary>Amounts as people read them.</summary>
    public static string Text(IDictionary? amounts) =>
        string.Join(
            ", ",
            PlainValues
                .Entries(amounts ?? new Hashtable())
                .Select(amount => Money.Format(Convert.ToInt64(amount.Value, CultureInfo.InvariantCulture), amount.Key))
        );
}
