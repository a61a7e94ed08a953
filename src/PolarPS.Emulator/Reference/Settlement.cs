namespace PolarPS.Emulator;

/// <summary>The currency that shops are paid out in, and what others are worth in it; about, and always the same.</summary>
internal static class Settlement
{
    public const string Currency = "usd";

    // What Polar takes of a payment: five percent, and fifty cents.
    private const double FeeShare = 500 / 10_000d;
    private const long FeeFixed = 50;

    /// <summary>What a bank takes for a dispute, won or lost.</summary>
    public const long DisputeFee = 1500;

    private static readonly Dictionary<string, double> Rates = new(StringComparer.Ordinal)
    {
        ["usd"] = 1,
        ["eur"] = 1.08,
        ["gbp"] = 1.27,
        ["jpy"] = 0.67,
        ["nok"] = 0.093,
        ["sek"] = 0.095,
        ["dkk"] = 0.145,
        ["chf"] = 1.13,
        ["cad"] = 0.72,
        ["aud"] = 0.65,
        ["inr"] = 0.012,
    };

    /// <summary>How many cents a minor unit of a currency is worth; one where nothing better is known.</summary>
    public static double Rate(string currency) => Rates.TryGetValue(currency, out var rate) ? rate : 1;

    /// <summary>An amount in cents.</summary>
    public static long Cents(long amount, string currency) => Rounding.HalfAway(amount * Rate(currency));

    /// <summary>What Polar takes of a payment, tax included, in cents.</summary>
    public static long Fee(long cents) => Rounding.HalfAway((cents * FeeShare) + FeeFixed);
}
