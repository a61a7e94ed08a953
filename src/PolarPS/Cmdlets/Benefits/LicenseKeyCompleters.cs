namespace PolarPS.Commands;

/// <summary>Completes the states of license keys.</summary>
public sealed class LicenseKeyStatusCompleter()
    : KnownValuesCompleter(
        ("granted", "Works"),
        ("disabled", "Switched off by the seller"),
        ("revoked", "Revoked by the seller, or with its benefit")
    );
