namespace PolarPS.Emulator;

/// <summary>The tax on an amount, and how it belongs to it.</summary>
internal sealed record Tax(long Amount, string? Behavior, string? Country = null, string? State = null)
{
    /// <summary>Nothing was worked out: there is nothing to tax, or no address to tax it at.</summary>
    public static Tax None { get; } = new(0, null);

    public bool IsInclusive => Behavior == "inclusive";
}

/// <summary>
/// Taxes, about as they are: the standard rate of a country, or what a state or province takes itself where its rate is
/// known. Businesses elsewhere that give their number settle the tax themselves.
/// </summary>
internal static class Taxes
{
    // Where prices are told without tax.
    private static readonly HashSet<string> Exclusive = new(["US", "CA", "IN"], StringComparer.Ordinal);

    // Where a business pays the tax all the same.
    private static readonly HashSet<string> Unexempt = new(["US", "CA"], StringComparer.Ordinal);

    // In thousandths of a percent; for states by the code that addresses have, which begins with the country's.
    private static readonly Dictionary<string, int> Rates = Table(
        "AT 20000 AU 10000 BE 21000 BG 20000 CH 8100 CY 19000 CZ 21000 DE 19000 DK 25000 EE 24000 ES 21000 FI 25500 FR 20000 "
            + "GB 20000 GR 24000 HR 25000 HU 27000 IE 23000 IN 18000 IS 24000 IT 22000 JP 10000 LT 21000 LU 17000 LV 21000 "
            + "MT 18000 NL 21000 NO 25000 NZ 15000 PL 23000 PT 23000 RO 21000 SE 25000 SI 22000 SK 23000 "
            + "CA-AB 5000 CA-BC 12000 CA-MB 12000 CA-NB 15000 CA-NL 15000 CA-NS 14000 CA-NT 5000 CA-NU 5000 CA-ON 13000 "
            + "CA-PE 15000 CA-QC 14975 CA-SK 11000 CA-YT 5000 "
            + "US-DC 6000 US-HI 4000 US-KY 6000 US-MA 6250 US-NY 4000 US-PA 6000 US-RI 7000 US-TN 7000 US-TX 6250 US-UT 4850 "
            + "US-WA 6500"
    );

    /// <summary>The tax on an amount.</summary>
    /// <param name="amount">The amount after the discount, in minor units; below zero for what is credited.</param>
    /// <param name="option">inclusive, exclusive, or location for what is usual where the buyer is.</param>
    /// <param name="address">Where the buyer is; null where that is not known.</param>
    /// <param name="hasNumber">Whether the buyer is a business that gives its tax number.</param>
    public static Tax On(long amount, string option, JsonObject? address, bool hasNumber)
    {
        if (address?.Text("country") is not { } country)
        {
            return Tax.None;
        }

        var behavior =
            option != "location" ? option
            : Exclusive.Contains(country) ? "exclusive"
            : "inclusive";
        var state = address.Text("state");
        var rate = hasNumber && !Unexempt.Contains(country) ? 0 : Rate(country, state) / 100_000m;
        // What is credited is taxed as what is charged, turned round.
        var tax =
            Math.Sign(amount) * Rounding.HalfEven(Math.Abs(amount) * rate / (behavior == "inclusive" ? 1 + rate : 1));
        return new Tax(
            tax,
            behavior,
            country,
            state is not null && state.StartsWith(country + "-", StringComparison.Ordinal)
                ? state.Substring(country.Length + 1)
                : state
        );
    }

    private static int Rate(string country, string? state) =>
        Rates.TryGetValue(country, out var rate) || (state is not null && Rates.TryGetValue(state, out rate))
            ? rate
            : 0;

    private static Dictionary<string, int> Table(string text)
    {
        var words = text.Split(' ');
        var table = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < words.Length; i += 2)
        {
            table.Add(words[i], int.Parse(words[i + 1], System.Globalization.CultureInfo.InvariantCulture));
        }

        return table;
    }
}
