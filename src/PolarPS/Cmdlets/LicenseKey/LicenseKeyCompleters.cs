namespace PolarPS.Commands;

/// <summary>Completes the states of license keys.</summary>
public sealed class LicenseKeyStatusCompleter()
    : KnownValuesCompleter(("granted", "Works"), ("disabled", "Switched off by the seller"), ("revoked", "Taken back"));
