namespace PolarPS.Client.Models;

/// <summary>The properties of a meter that can be set on creation and later.</summary>
public abstract class MeterFields : RequestBody
{
    private protected MeterFields() { }

    /// <summary>The name that customers read on their invoice; at least 3 characters.</summary>
    public string? Name
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>What it counts: <c>scalar</c>, <c>token</c> or <c>custom</c>.</summary>
    public string? Unit
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>What a unit is called; needed when <see cref="Unit"/> is <c>custom</c>, and null otherwise.</summary>
    public string? CustomLabel
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>How many counted units make one displayed unit, such as 1000; null for one.</summary>
    public int? CustomMultiplier
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>Which events it counts.</summary>
    public MeterFilter? Filter
    {
        get => Get<MeterFilter?>();
        set => Set(value);
    }

    /// <summary>How it counts them.</summary>
    public MeterAggregation? Aggregation
    {
        get => Get<MeterAggregation?>();
        set => Set(value);
    }

    /// <summary>Your own keys and values: at most 50 keys of 1 to 40 characters; strings of 1 to 500 characters, numbers, booleans. Replaces what is stored.</summary>
    public IDictionary<string, object?>? Metadata
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }
}

/// <summary>The properties of a new meter: a name, a filter and an aggregation.</summary>
public sealed class MeterCreate : MeterFields
{
    /// <summary>The id of the organization; only with a user's token.</summary>
    public string? OrganizationId
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to change of a meter; only what is set is changed.</summary>
public sealed class MeterUpdate : MeterFields
{
    /// <summary>true archives it, so that it no longer bills; false undoes that.</summary>
    public bool? IsArchived
    {
        get => Get<bool?>();
        set => Set(value);
    }
}
