namespace PolarPS.Emulator;

/// <summary>What is known of countries beside their codes.</summary>
internal static class Countries
{
    /// <summary>The states of the countries that Polar knows the states of.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>> States { get; } =
        new Dictionary<string, HashSet<string>>(StringComparer.Ordinal)
        {
            ["US"] = Set(
                "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
                    + "PA RI SC SD TN TX UT VT VA WA WV WI WY DC"
            ),
            ["CA"] = Set("AB BC MB NB NL NS NT NU ON PE QC SK YT"),
        };

    private static HashSet<string> Set(string text) => new(text.Split(' '), StringComparer.Ordinal);
}
