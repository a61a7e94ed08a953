using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>Taxes, about as they are: a standard rate by country, none for businesses abroad that give their number.</summary>
internal static class Taxes
{
    private static readonly Dictionary<string, int> Percent = new(StringComparer.Ordinal)
    {
        ["AT"] = 20,
        ["AU"] = 10,
        ["BE"] = 21,
        ["CH"] = 8,
        ["DE"] = 19,
        ["DK"] = 25,
        ["EE"] = 22,
        ["ES"] = 21,
        ["FI"] = 25,
        ["FR"] = 20,
        ["GB"] = 20,
        ["IE"] = 23,
        ["IS"] = 24,
        ["IT"] = 22,
        ["JP"] = 10,
        ["NL"] = 21,
        ["NO"] = 25,
        ["NZ"] = 15,
        ["PL"] = 23,
        ["PT"] = 23,
        ["SE"] = 25,
    };

    /// <summary>The tax on an amount.</summary>
    /// <param name="amount">The amount after the discount.</param>
    /// <param name="inclusive">Whether the tax is within the amount instead of on top of it.</param>
    /// <param name="address">Where the buyer is.</param>
    /// <param name="isExempt">Whether the buyer settles the tax itself.</param>
    public static long On(long amount, bool inclusive, JsonObject? address, bool isExempt)
    {
        if (isExempt || address?.Text("country") is not { } country || !Percent.TryGetValue(country, out var percent))
        {
            return 0;
        }

        var tax = inclusive ? amount - (amount / (1 + (percent / 100m))) : amount * percent / 100m;
        return (long)Math.Round(tax, MidpointRounding.AwayFromZero);
    }
}
