namespace PolarPS.Commands;

/// <summary>
/// The kinds of benefits, as parameter sets and as the API calls them, and what has to be completed before their properties
/// are sent.
/// </summary>
internal static class BenefitKinds
{
    public const string Custom = "Custom";
    public const string Discord = "Discord";
    public const string GitHubRepository = "GitHubRepository";
    public const string Downloadables = "Downloadables";
    public const string LicenseKeys = "LicenseKeys";
    public const string LicenseKeysWithActivation = "LicenseKeysWithActivation";
    public const string MeterCredit = "MeterCredit";
    public const string FeatureFlag = "FeatureFlag";
    public const string SlackSharedChannel = "SlackSharedChannel";

    private const string Archived = "archived";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [Custom] = "custom",
        [Discord] = "discord",
        [GitHubRepository] = "github_repository",
        [Downloadables] = "downloadables",
        [LicenseKeys] = "license_keys",
        [LicenseKeysWithActivation] = "license_keys",
        [MeterCredit] = "meter_credit",
        [FeatureFlag] = "feature_flag",
        [SlackSharedChannel] = "slack_shared_channel",
    };

    /// <summary>The API's name of a parameter set's kind; null for a set of no kind.</summary>
    public static string? TypeOf(string parameterSet) => Types.TryGetValue(parameterSet, out var type) ? type : null;

    /// <summary>Converts the properties of a new benefit into Polar's form, with required defaults.</summary>
    public static void CompleteNew(BenefitCreate body, string type)
    {
        body.Type = type;
        SetArchived(FieldPath.Group(body, "properties"));
        BenefitRules.Complete(body);
    }

    /// <summary>The given change, merged with what the benefit has.</summary>
    /// <exception cref="ArgumentException">What was given makes no sense for the benefit as it is.</exception>
    public static BenefitUpdate Merge(BenefitUpdate body, Benefit benefit)
    {
        SetArchived(FieldPath.Group(body, "properties"));
        try
        {
            return BenefitRules.Merge(benefit, body);
        }
        catch (ArgumentException exception) when (benefit.Type == Types[LicenseKeys])
        {
            // The rule's own words name no parameters; these two are what it is about.
            throw new ArgumentException(
                $"-AllowCustomerDeactivation needs -LimitActivations. {exception.Message}",
                exception
            );
        }
    }

    private static void SetArchived(Dictionary<string, object?> properties)
    {
        if (properties.TryGetValue(Archived, out var given) && given is string[] files)
        {
            properties[Archived] = files
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .ToDictionary(file => file, object? (_) => true, StringComparer.Ordinal);
        }
    }
}
