using System;
using System.Collections.Generic;
using System.Globalization;

namespace PolarPS.Client.Models;

/// <summary>Amounts in minor units as people read them, the same in every culture.</summary>
public static class Money
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

    /// <summary>How many minor units make one unit of the currency: 100, or 1 where there is no smaller coin.</summary>
    /// <param name="currency">An ISO 4217 code in any case; null counts as one with hundredths.</param>
    /// <returns>100 or 1.</returns>
    public static int MinorUnits(string? currency) =>
        currency is not null && WithoutDecimals.Contains(currency) ? 1 : 100;

    /// <summary>An amount with its currency: 1999 usd gives <c>$19.99</c>, 1999 jpy <c>¥1,999</c>, 1999 sek <c>19.99 SEK</c>.</summary>
    /// <param name="amount">The amount in minor units; null gives an empty text.</param>
    /// <param name="currency">An ISO 4217 code in any case; null gives the bare number.</param>
    /// <returns>The text, in the same form in every culture.</returns>
    public static string Format(long? amount, string? currency) =>
        amount is long value
            ? Text((decimal)value / MinorUnits(currency), currency, MinorUnits(currency) == 1 ? "N0" : "N2")
            : string.Empty;

    /// <summary>A rate with its currency, with as many decimals as it needs: 0.0125 usd gives <c>$0.000125</c>.</summary>
    /// <param name="amount">The rate in minor units, with decimals; null gives an empty text.</param>
    /// <param name="currency">An ISO 4217 code in any case; null gives the bare number.</param>
    /// <returns>The text, in the same form in every culture.</returns>
    public static string FormatRate(decimal? amount, string? currency)
    {
        if (amount is not decimal value)
        {
            return string.Empty;
        }

        var format = MinorUnits(currency) == 1 ? "#,0.############" : "#,0.00############";
        return Text(value / MinorUnits(currency), currency, format);
    }

    /// <summary>What marks an amount as one of a currency: its sign, or its code.</summary>
    internal static string Mark(string currency) =>
        Symbols.TryGetValue(currency, out var symbol) ? symbol : currency.ToUpperInvariant();

    private static string Text(decimal value, string? currency, string format)
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
