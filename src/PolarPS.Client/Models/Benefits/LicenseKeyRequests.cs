namespace PolarPS.Client.Models;

/// <summary>What to change of a license key; only what is set is changed.</summary>
public sealed class LicenseKeyUpdate : RequestBody
{
    /// <summary><c>granted</c>, <c>disabled</c> or <c>revoked</c>.</summary>
    public string? Status
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>How much of it is used.</summary>
    public int? Usage
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>On how many devices it may be active; null for no activation.</summary>
    public int? LimitActivations
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>The usage limit; null for no limit.</summary>
    public int? LimitUsage
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>When it expires; null for never.</summary>
    public DateTimeOffset? ExpiresAt
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }
}

/// <summary>A license key as its user names it.</summary>
public abstract class LicenseKeyReference : RequestBody
{
    private protected LicenseKeyReference() { }

    /// <summary>The key itself. Needed.</summary>
    public string? Key
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of the organization that gave the key out. Needed, whatever the token.</summary>
    public string? OrganizationId
    {
        get => Get<string?>();
        set => Set(value);
    }

    internal override void CheckField(string name, object? value)
    {
        // Under other names, but by the same rule.
        if (name is "conditions" or "meta")
        {
            MetadataRules.Check(value);
        }

        base.CheckField(name, value);
    }
}

/// <summary>The key to validate, and the conditions it must meet.</summary>
public sealed class LicenseKeyValidate : LicenseKeyReference
{
    /// <summary>The id of the activation that has to exist.</summary>
    public string? ActivationId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of the benefit it must belong to.</summary>
    public string? BenefitId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of the customer it has to belong to.</summary>
    public string? CustomerId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>How much to add to the usage, if the key is valid; from 0.</summary>
    public int? IncrementUsage
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>
    /// The conditions the activation was created with. At most 50 keys; strings, numbers, booleans.
    /// </summary>
    public IDictionary<string, object?>? Conditions
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }
}

/// <summary>Which key becomes active where. <see cref="Label"/> is needed too.</summary>
public sealed class LicenseKeyActivate : LicenseKeyReference
{
    /// <summary>What to call the activation, such as the device's name.</summary>
    public string? Label
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The conditions that later validations must repeat. At most 50 keys; strings, numbers, booleans.</summary>
    public IDictionary<string, object?>? Conditions
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }

    /// <summary>Your own keys and values: at most 50; strings, numbers, booleans.</summary>
    public IDictionary<string, object?>? Meta
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }
}

/// <summary>Which activation ends.</summary>
public sealed class LicenseKeyDeactivate : LicenseKeyReference
{
    /// <summary>The id of the activation. Needed.</summary>
    public string? ActivationId
    {
        get => Get<string?>();
        set => Set(value);
    }
}
