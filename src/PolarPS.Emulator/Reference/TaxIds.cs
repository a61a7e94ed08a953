using System.Text.RegularExpressions;

namespace PolarPS.Emulator;

/// <summary>The numbers by which tax offices know businesses: which kind a country has.</summary>
internal static class TaxIds
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly HashSet<string> EuropeanUnion = new(
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".Split(' '),
        StringComparer.Ordinal
    );

    // How numbers look whose form is known; their check digits are not looked at.
    private static readonly Dictionary<string, string> Forms = new(StringComparer.Ordinal)
    {
        ["au_abn"] = "^[0-9]{11}$",
        ["br_cnpj"] = "^[0-9]{14}$",
        ["ca_bn"] = "^[0-9]{9}(RC[0-9]{4})?$",
        ["ch_vat"] = "^CHE[0-9]{9}(MWST|TVA|IVA)?$",
        ["gb_vat"] = "^([0-9]{9}|[0-9]{12}|(GD|HA)[0-9]{3})$",
        ["in_gst"] = "^[0-9]{2}[0-9A-Z]{13}$",
        ["jp_cn"] = "^[0-9]{13}$",
        ["kr_brn"] = "^[0-9]{10}$",
        ["no_vat"] = "^(NO)?[0-9]{9}(MVA)?$",
        ["us_ein"] = "^[0-9]{9}$",
    };

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

        if (EuropeanUnion.Contains(country))
        {
            // A business of one member state may have its address in another.
            var state = number.Substring(0, 2);
            return EuropeanUnion.Contains(state == "EL" ? "GR" : state) ? new JsonArray(number, "eu_vat") : null;
        }

        if (!Kinds.TryGetValue(country, out var kind))
        {
            return null;
        }

        if (kind == "gb_vat" && number.StartsWith("GB", StringComparison.Ordinal))
        {
            number = number.Substring(2);
        }

        return Forms.TryGetValue(kind, out var form) && !Regex.IsMatch(number, form, RegexOptions.None, Patience)
            ? null
            : new JsonArray(number, kind);
    }
}
