using System.Collections;

namespace PolarPS.Client.Models;

/// <summary>What Polar asks of a benefit's properties beyond their fields: they are one whole, and some have to be there.</summary>
public static class BenefitRules
{
    private const string Properties = "properties";
    private const string Activations = "activations";
    private const string Limit = "limit";
    private const string CustomerAdmin = "enable_customer_admin";

    private static readonly HashSet<string> WithoutVisibility = new(StringComparer.Ordinal)
    {
        "discord",
        "github_repository",
        "downloadables",
        "slack_shared_channel",
    };

    /// <summary>Whether Polar would silently leave the visibility of a kind as it is.</summary>
    /// <param name="type">The kind, as in <see cref="Benefit.Type"/>.</param>
    /// <returns>true for a known kind whose visibility cannot be chosen.</returns>
    public static bool IgnoresVisibility(string? type) => type is not null && WithoutVisibility.Contains(type);

    /// <summary>Adds to a new benefit what Polar demands and few would say: what is not set stays off.</summary>
    /// <param name="body">Has its type; its properties are completed.</param>
    /// <returns>The same body.</returns>
    public static BenefitCreate Complete(BenefitCreate body)
    {
        _ = body ?? throw new ArgumentNullException(nameof(body));
        var properties = FieldsOf(body.ToFields().TryGetValue(Properties, out var given) ? given : null);
        switch (body.Type)
        {
            case "discord":
                Default(properties, "kick_member", false);
                break;
            case "meter_credit":
                Default(properties, "rollover", false);
                break;
            case "license_keys"
                when properties.TryGetValue(Activations, out var activations) && activations is not null:
                var limit = FieldsOf(activations);
                Default(limit, CustomerAdmin, false);
                properties[Activations] = limit;
                break;
        }

        body.SetField(Properties, properties);
        return body;
    }

    /// <summary>
    /// A change of some properties as Polar takes it: together with all the others, which would be lost otherwise, and with the
    /// type. <see cref="BenefitsResource.MergeAsync"/> reads, merges and sends in one call.
    /// </summary>
    /// <param name="current">The benefit, read just now.</param>
    /// <param name="change">What to change; of the properties only those that are set. It stays as it is.</param>
    /// <returns>The update to send.</returns>
    /// <exception cref="ArgumentException">The change makes no sense for the benefit as it is.</exception>
    public static BenefitUpdate Merge(Benefit current, BenefitUpdate change)
    {
        _ = current ?? throw new ArgumentNullException(nameof(current));
        _ = change ?? throw new ArgumentNullException(nameof(change));
        if (change.Type is { } type && type != current.Type)
        {
            throw new ArgumentException(
                $"'{current}' is a {current.Type} benefit, and the change is for a {type} benefit. The type of a benefit cannot be changed.",
                nameof(change)
            );
        }

        var update = new BenefitUpdate();
        foreach (var field in change.ToFields())
        {
            update.SetField(field.Key, field.Key == Properties ? Merge(current.Properties, field.Value) : field.Value);
        }

        update.Type = current.Type;
        return update;
    }

    private static Dictionary<string, object?> Merge(BenefitProperties? current, object? change)
    {
        var given = FieldsOf(change);
        // Of the class that serves all kinds most are null here; nothing differs from null.
        var whole = (current?.ToFields() ?? [])
            .Where(static field => field.Value is not null)
            .ToDictionary(static field => field.Key, static field => field.Value, StringComparer.Ordinal);
        foreach (var field in given)
        {
            whole[field.Key] =
                field.Key == Activations && field.Value is not null
                    ? MergeActivations(FieldsOf(field.Value), current?.Activations)
                    : field.Value;
        }

        return whole;
    }

    private static Dictionary<string, object?>? MergeActivations(
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
                        "Whether customers may deactivate keys has no effect without a limit of activations, which turns activation off."
                    )
                    : null;
            }
        }
        else if (now?.Limit is { } known)
        {
            change[Limit] = known;
        }
        else
        {
            throw new ArgumentException(
                "This benefit's keys are not activated, so there is nothing to deactivate: set a limit of activations too."
            );
        }

        Default(change, CustomerAdmin, now?.EnableCustomerAdmin ?? false);
        return change;
    }

    // A copy. Of a model, whose fields are always there, null means that nothing is said.
    private static Dictionary<string, object?> FieldsOf(object? value)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        switch (value)
        {
            case RequestBody body:
                return body.ToFields();
            case PolarObject model:
                foreach (var field in model.ToFields().Where(static field => field.Value is not null))
                {
                    fields[field.Key] = field.Value;
                }

                break;
            case IDictionary dictionary:
                foreach (DictionaryEntry entry in dictionary)
                {
                    fields[PlainJson.KeyText(entry.Key)] = entry.Value;
                }

                break;
        }

        return fields;
    }

    private static void Default(Dictionary<string, object?> fields, string name, object value)
    {
        if (!fields.ContainsKey(name))
        {
            fields[name] = value;
        }
    }
}
