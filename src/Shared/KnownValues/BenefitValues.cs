namespace PolarPS;

/// <summary>Known values of benefits, their grants and license keys.</summary>
internal static class BenefitValues
{
    /// <summary>The kinds of benefits.</summary>
    public static KnownList Type { get; } =
        new()
        {
            { "custom", "A note to the customer" },
            { "discord", "A role on a Discord server" },
            { "github_repository", "Access to a GitHub repository" },
            { "downloadables", "Files to download" },
            { "license_keys", "A license key" },
            { "meter_credit", "Credit on a usage meter" },
            { "feature_flag", "A feature that your software switches on" },
            { "slack_shared_channel", "A shared Slack channel" },
        };

    /// <summary>What benefits are sorted by.</summary>
    public static KnownList Sort { get; } = new() { "created_at", "description", "type", "user_order" };

    /// <summary>What grants are sorted by.</summary>
    public static KnownList GrantSort { get; } = new() { "created_at", "granted_at", "revoked_at" };

    /// <summary>What customers sort their grants by.</summary>
    public static KnownList PortalGrantSort { get; } =
        new() { "granted_at", "type", "organization", "product_benefit" };

    /// <summary>The permissions in a repository.</summary>
    public static KnownList RepositoryPermission { get; } =
        new()
        {
            { "pull", "May read" },
            { "triage", "May read, and manage issues" },
            { "push", "May read and write" },
            { "maintain", "May write, and manage the repository" },
            { "admin", "May do everything" },
        };

    /// <summary>The states of license keys.</summary>
    public static KnownList LicenseKeyStatus { get; } =
        new("granted", "disabled")
        {
            { "granted", "Works" },
            { "revoked", "Revoked by the seller, or with its benefit" },
            { "disabled", "Switched off by the seller" },
        };

    /// <summary>In what the time is counted that license keys are good for.</summary>
    public static KnownList ExpirationUnit { get; } = new() { "year", "month", "day" };
}
