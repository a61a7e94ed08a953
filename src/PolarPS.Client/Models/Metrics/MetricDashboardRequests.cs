namespace PolarPS.Client.Models;

/// <summary>The properties of a dashboard that can be set on creation and later.</summary>
public abstract class MetricDashboardFields : RequestBody
{
    private protected MetricDashboardFields() { }

    /// <summary>Its name.</summary>
    public string? Name
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The slugs of its metrics; at most 10.</summary>
    public IReadOnlyList<string>? Metrics
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }
}

/// <summary>The properties of a new dashboard.</summary>
public sealed class MetricDashboardCreate : MetricDashboardFields
{
    /// <summary>The id of the organization; only with a user's token.</summary>
    public string? OrganizationId
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to change of a dashboard; only what is set is changed.</summary>
public sealed class MetricDashboardUpdate : MetricDashboardFields { }
