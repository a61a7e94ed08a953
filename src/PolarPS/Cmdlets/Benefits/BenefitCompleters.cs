namespace PolarPS.Commands;

/// <summary>Completes kinds of benefits.</summary>
public sealed class BenefitTypeCompleter() : KnownValuesCompleter(BenefitValues.Type);

/// <summary>Completes orders of benefits.</summary>
public sealed class BenefitSortCompleter() : SortCompleter(BenefitValues.Sort);

/// <summary>Completes orders of benefit grants.</summary>
public sealed class BenefitGrantSortCompleter() : SortCompleter(BenefitValues.GrantSort);

/// <summary>Completes the permissions in a repository.</summary>
public sealed class RepositoryPermissionCompleter() : KnownValuesCompleter(BenefitValues.RepositoryPermission);

/// <summary>Completes how long a license key is valid.</summary>
public sealed class ExpirationCompleter()
    : KnownValuesCompleter(
        new KnownList
        {
            { "30 days", "Good for 30 days" },
            { "1 month", "Good for a month" },
            { "3 months", "Good for three months" },
            { "6 months", "Good for half a year" },
            { "1 year", "Good for a year" },
        }
    );
