namespace PolarPS;

/// <summary>Amounts in minor units as people read them, the same in every culture; for all who show money.</summary>
internal static class MoneyText
{
    // Polar counts these in whole units and every other currency in hundredths, whatever ISO 4217 says of the others.
    private static readonly HashSet<string> WithoutDecimals = new(
        ["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"],
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly Dictionary<string, string> Symbols = new(StringComparer.OrdinalIgnoreCase)
    {
        ["usd"] = "$",
        ["eur"] = "€",
        ["gbp"] = "£",
        ["jpy"] = "¥",
        ["cad"] = "CA$",
        ["aud"] = "A$",
        ["brl"] = "R$",
        ["inr"] = "₹",
        ["krw"] = "₩",
    };

    public static int MinorUnits(string? currency) =>
        currency is not null && WithoutDecimals.Contains(currency) ? 1 : 100;

    public static string Format(long amount, string? currency) =>
        Text((decimal)amount / MinorUnits(currency), currency, MinorUnits(currency) == 1 ? "N0" : "N2");

    public static string FormatRate(decimal amount, string? currency) =>
        Text(
            amount / MinorUnits(currency),
            currency,
            MinorUnits(currency) == 1 ? "#,0.############" : "#,0.00############"
        );

    /// <summary>What marks an amount as one of a currency: its sign, or its code.</summary>
    public static string Mark(string currency) =>
        Symbols.TryGetValue(currency, out var symbol) ? symbol : currency.ToUpperInvariant();

    public static string Text(decimal value, string? currency, string format)
    {
        var sign = value < 0 ? "-" : string.Empty;
        var digits = Math.Abs(value).ToString(format, CultureInfo.InvariantCulture);
        if (string.IsNullOrEmpty(currency))
        {
            return sign + digits;
        }

        return Symbols.TryGetValue(currency!, out var symbol)
            ? sign + symbol + digits
            : sign + digits + " " + currency!.ToUpperInvariant();
    }
}
