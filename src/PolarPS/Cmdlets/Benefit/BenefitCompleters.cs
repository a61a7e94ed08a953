namespace PolarPS.Commands;

/// <summary>Completes kinds of benefits.</summary>
public sealed class BenefitTypeCompleter()
    : KnownValuesCompleter(
        "custom",
        "discord",
        "github_repository",
        "downloadables",
        "license_keys",
        "meter_credit",
        "feature_flag",
        "slack_shared_channel"
    );

/// <summary>Completes orders of benefits.</summary>
public sealed class BenefitSortCompleter() : SortCompleter("created_at", "description", "type", "user_order");

/// <summary>Completes orders of benefit grants.</summary>
public sealed class BenefitGrantSortCompleter() : SortCompleter("created_at", "granted_at", "revoked_at");

/// <summary>Completes the permissions in a repository.</summary>
public sealed class RepositoryPermissionCompleter()
    : KnownValuesCompleter("pull", "triage", "push", "maintain", "admin");

/// <summary>Completes how long a license key is valid.</summary>
public sealed class ExpirationCompleter()
    : KnownValuesCompleter("30 days", "1 month", "3 months", "6 months", "1 year");
