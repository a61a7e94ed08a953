using System;
using System.Collections.Generic;
using System.Linq;
using PolarPS.Client;
using PolarPS.Client.Models;

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
    private const string Activations = "activations";
    private const string Limit = "limit";
    private const string CustomerAdmin = "enable_customer_admin";

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

    // Polar takes the field for these only, and ignores it for the others.
    private static readonly string[] WithVisibility = ["custom", "license_keys", "meter_credit", "feature_flag"];

    private static readonly string[] WithoutVisibility = [.. Types.Values.Except(WithVisibility)];

    /// <summary>The API's name of a parameter set's kind; null for a set of no kind.</summary>
    public static string? TypeOf(string parameterSet) => Types.TryGetValue(parameterSet, out var type) ? type : null;

    /// <summary>Whether Polar would silently leave the visibility of this kind as it is.</summary>
    public static bool IgnoresVisibility(string? type) => WithoutVisibility.Contains(type);

    /// <summary>Converts the properties of a new benefit into Polar's form, with required defaults.</summary>
    public static void CompleteNew(BenefitCreate body, string type)
    {
        body.Type = type;
        var properties = FieldPath.Group(body, "properties");
        switch (type)
        {
            case "discord":
                Default(properties, "kick_member", false);
                break;
            case "meter_credit":
                Default(properties, "rollover", false);
                break;
            case "license_keys" when properties.TryGetValue(Activations, out var given):
                Default((Dictionary<string, object?>)given!, CustomerAdmin, false);
                break;
        }

        SetArchived(properties);
    }

    /// <summary>
    /// Merges the given properties into those of the benefit: Polar replaces them as a whole, and what is left
    /// out would be lost.
    /// </summary>
    /// <exception cref="ArgumentException">What was given makes no sense for the benefit as it is.</exception>
    public static void CompleteChange(BenefitUpdate body, Benefit benefit)
    {
        var given = FieldPath.Group(body, "properties");
        SetArchived(given);
        // Of the class that serves all kinds most are null here; nothing differs from null.
        var whole = (benefit.Properties?.ToFields() ?? [])
            .Where(field => field.Value is not null)
            .ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
        if (given.TryGetValue(Activations, out var change))
        {
            given[Activations] = ChangedActivations(
                (Dictionary<string, object?>)change!,
                benefit.Properties?.Activations
            );
        }

        foreach (var field in given)
        {
            whole[field.Key] = field.Value;
        }

        body.SetField("properties", whole);
    }

    private static Dictionary<string, object?>? ChangedActivations(
        Dictionary<string, object?> change,
        LicenseKeyActivationLimit? now
    )
    {
        if (change.TryGetValue(Limit, out var limit))
        {
            if (limit is null)
            {
                return change.ContainsKey(CustomerAdmin)
                    ? throw new ArgumentException(
                        "-AllowCustomerDeactivation has no effect with -LimitActivations $null, which turns activation off."
                    )
                    : null;
            }
        }
        else if (now?.Limit is int known)
        {
            change[Limit] = known;
        }
        else
        {
            throw new ArgumentException(
                "This benefit's keys are not activated, so there is nothing to deactivate: add -LimitActivations."
            );
        }

        Default(change, CustomerAdmin, now?.EnableCustomerAdmin ?? false);
        return change;
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

    private static void Default(Dictionary<string, object?> fields, string name, object value)
    {
        if (!fields.ContainsKey(name))
        {
            fields[name] = value;
        }
    }
}
