namespace PolarPS;

/// <summary>What Test-PolarLicenseKey -Detailed has found out.</summary>
public sealed class PolarLicenseKeyTest
{
    internal PolarLicenseKeyTest(string displayKey, LicenseKey? licenseKey, string? reason)
    {
        DisplayKey = licenseKey?.DisplayKey ?? displayKey;
        LicenseKey = licenseKey;
        Reason = reason;
    }

    /// <summary>Whether Polar says that the key is granted and matches the request.</summary>
    public bool IsValid => LicenseKey is not null;

    /// <summary>The end of the key that was tested.</summary>
    public string DisplayKey { get; }

    /// <summary>Why it is not valid, in Polar's words, which may say little; null if it is.</summary>
    public string? Reason { get; }

    /// <summary>The license key, with the requested activation; null if it is not valid.</summary>
    public LicenseKey? LicenseKey { get; }

    /// <summary>The key's last characters, and whether it is valid.</summary>
    /// <returns>Such as <c>****-9F2C1A: valid</c>.</returns>
    public override string ToString() => $"{DisplayKey}: {(IsValid ? "valid" : Reason)}";
}
