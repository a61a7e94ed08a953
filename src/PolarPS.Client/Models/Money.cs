namespace PolarPS.Client.Models;

/// <summary>Amounts in minor units as people read them, the same in every culture.</summary>
public static class Money
{
    /// <summary>How many minor units make one unit of the currency: 100, or 1 where there is no smaller coin.</summary>
    /// <param name="currency">An ISO 4217 code in any case; null counts as one with hundredths.</param>
    /// <returns>100 or 1.</returns>
    public static int MinorUnits(string? currency) => MoneyText.MinorUnits(currency);

    /// <summary>An amount in major units, with as many decimals as the currency has: 1999 usd gives 19.99, 1999 jpy gives 1999.</summary>
    /// <param name="amount">The amount in minor units; null gives null.</param>
    /// <param name="currency">An ISO 4217 code in any case; null counts as one with hundredths.</param>
    /// <returns>The amount in major units, fit for sums within one currency.</returns>
    public static decimal? ToDecimal(long? amount, string? currency) => ToDecimal((decimal?)amount, currency);

    /// <summary>An amount with its currency: 1999 usd gives <c>$19.99</c>, 1999 jpy <c>¥1,999</c>, 1999 sek <c>19.99 SEK</c>.</summary>
    /// <param name="amount">The amount in minor units; null gives an empty text.</param>
    /// <param name="currency">An ISO 4217 code in any case; null gives the bare number.</param>
    /// <returns>The text, in the same form in every culture.</returns>
    public static string Format(long? amount, string? currency) =>
        amount is long value ? MoneyText.Format(value, currency) : string.Empty;

    /// <summary>A rate with its currency, with as many decimals as it needs: 0.0125 usd gives <c>$0.000125</c>.</summary>
    /// <param name="amount">The rate in minor units, with decimals; null gives an empty text.</param>
    /// <param name="currency">An ISO 4217 code in any case; null gives the bare number.</param>
    /// <returns>The text, in the same form in every culture.</returns>
    public static string FormatRate(decimal? amount, string? currency) =>
        amount is decimal value ? MoneyText.FormatRate(value, currency) : string.Empty;

    /// <summary>A rate in major units: 0.0125 usd gives 0.000125.</summary>
    internal static decimal? ToDecimal(decimal? amount, string? currency) =>
        // A product keeps the zeros that a quotient drops: 49.00, and not 49.
        MinorUnits(currency) == 1
            ? amount
            : amount * 0.01m;

    /// <summary>An amount in major units with its currency.</summary>
    internal static string FormatDecimal(decimal? amount, string? currency) =>
        amount is decimal value
            ? MoneyText.Text(value, currency, MinorUnits(currency) == 1 ? "N0" : "N2")
            : string.Empty;

    /// <summary>What marks an amount as one of a currency: its sign, or its code.</summary>
    internal static string Mark(string currency) => MoneyText.Mark(currency);
}
