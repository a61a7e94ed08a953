namespace PolarPS.Commands;

/// <summary>
/// Activates a license key on a device without a token, as an application does on its user's computer. Operation
/// customer_portal:license_keys:activate.
/// </summary>
[Cmdlet(
    VerbsCommon.New,
    "PolarPortalLicenseKeyActivation",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(LicenseKeyActivation))]
public sealed class NewPolarPortalLicenseKeyActivationCommand : LicenseKeyActivationCmdlet, IPublicCmdlet
{
    /// <inheritdoc/>
    [Parameter]
    [PolarId(typeof(Organization), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public override string? OrganizationId { get; set; }
}
