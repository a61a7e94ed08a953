using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PolarPS.Emulator;

/// <summary>The numbers by which tax offices know businesses: which kind a country has.</summary>
internal static class TaxIds
{
    private const string EuropeanUnion =
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["AE"] = "ae_trn",
        ["AU"] = "au_abn",
        ["BR"] = "br_cnpj",
        ["CA"] = "ca_bn",
        ["CH"] = "ch_vat",
        ["CL"] = "cl_tin",
        ["GB"] = "gb_vat",
        ["IL"] = "il_vat",
        ["IN"] = "in_gst",
        ["IS"] = "is_vat",
        ["JP"] = "jp_cn",
        ["KR"] = "kr_brn",
        ["MX"] = "mx_rfc",
        ["NO"] = "no_vat",
        ["NZ"] = "nz_gst",
        ["SG"] = "sg_gst",
        ["TH"] = "th_vat",
        ["TR"] = "tr_tin",
        ["UA"] = "ua_vat",
        ["US"] = "us_ein",
        ["ZA"] = "za_vat",
    };

    /// <summary>The number and its kind; null if it cannot be one.</summary>
    public static JsonArray? Read(string text, string country)
    {
        var number = new string(text.Where(char.IsLetterOrDigit).ToArray()).ToUpperInvariant();
        if (number.Length is < 5 or > 20 || number.Count(char.IsDigit) < 4)
        {
            return null;
        }

        if (EuropeanUnion.Split(' ').Contains(country))
        {
            var prefix = country == "GR" ? "EL" : country;
            number = number.StartsWith(prefix, StringComparison.Ordinal) ? number : prefix + number;
            return new JsonArray(number, "eu_vat");
        }

        return Kinds.TryGetValue(country, out var kind) ? new JsonArray(number, kind) : null;
    }
}
