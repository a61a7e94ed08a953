namespace PolarPS.Commands;

/// <summary>Completes the states of license keys.</summary>
public sealed class LicenseKeyStatusCompleter() : KnownValuesCompleter(BenefitValues.LicenseKeyStatus);
