namespace PolarPS.Commands;

/// <summary>Activates a license key on a device. Operation license_keys:activate.</summary>
[Cmdlet(
    VerbsCommon.New,
    "PolarLicenseKeyActivation",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(LicenseKeyActivation))]
public sealed class NewPolarLicenseKeyActivationCommand : LicenseKeyActivationCmdlet
{
    /// <inheritdoc/>
    [Parameter]
    [PolarId(typeof(Organization))]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public override string? OrganizationId { get; set; }
}
