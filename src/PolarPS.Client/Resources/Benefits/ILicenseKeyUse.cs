namespace PolarPS.Client;

/// <summary>What is done with a license key by its text, by the seller's token and without any.</summary>
internal interface ILicenseKeyUse
{
    /// <summary>Validates a license key, and adds to its usage if requested.</summary>
    Task<LicenseKey> ValidateAsync(LicenseKeyValidate body, CancellationToken cancellationToken);

    /// <summary>The same as a verdict.</summary>
    Task<LicenseKeyVerdict> TestAsync(LicenseKeyValidate body, CancellationToken cancellationToken);

    /// <summary>Makes a license key active somewhere.</summary>
    Task<LicenseKeyActivation> ActivateAsync(LicenseKeyActivate body, CancellationToken cancellationToken);

    /// <summary>Deactivates an activation.</summary>
    Task DeactivateAsync(LicenseKeyDeactivate body, CancellationToken cancellationToken);
}
