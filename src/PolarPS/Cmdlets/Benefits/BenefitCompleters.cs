namespace PolarPS.Commands;

/// <summary>Completes kinds of benefits.</summary>
public sealed class BenefitTypeCompleter()
    : KnownValuesCompleter(
        ("custom", "A note to the customer"),
        ("discord", "A role on a Discord server"),
        ("github_repository", "Access to a GitHub repository"),
        ("downloadables", "Files to download"),
        ("license_keys", "A license key"),
        ("meter_credit", "Credit on a usage meter"),
        ("feature_flag", "A feature that your software switches on"),
        ("slack_shared_channel", "A shared Slack channel")
    );

/// <summary>Completes orders of benefits.</summary>
public sealed class BenefitSortCompleter() : SortCompleter("created_at", "description", "type", "user_order");

/// <summary>Completes orders of benefit grants.</summary>
public sealed class BenefitGrantSortCompleter() : SortCompleter("created_at", "granted_at", "revoked_at");

/// <summary>Completes the permissions in a repository.</summary>
public sealed class RepositoryPermissionCompleter()
    : KnownValuesCompleter(
        ("pull", "May read"),
        ("triage", "May read, and manage issues"),
        ("push", "May read and write"),
        ("maintain", "May write, and manage the repository"),
        ("admin", "May do everything")
    );

/// <summary>Completes how long a license key is valid.</summary>
public sealed class ExpirationCompleter()
    : KnownValuesCompleter(
        ("30 days", "Good for 30 days"),
        ("1 month", "Good for a month"),
        ("3 months", "Good for three months"),
        ("6 months", "Good for half a year"),
        ("1 year", "Good for a year")
    );
