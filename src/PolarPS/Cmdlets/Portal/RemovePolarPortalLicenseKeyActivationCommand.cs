namespace PolarPS.Commands;

/// <summary>
/// Deactivates license key activations without a token, as an application does on its user's computer. Operation
/// customer_portal:license_keys:deactivate.
/// </summary>
[Cmdlet(
    VerbsCommon.Remove,
    "PolarPortalLicenseKeyActivation",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High
)]
[OutputType(typeof(void))]
public sealed class RemovePolarPortalLicenseKeyActivationCommand : LicenseKeyDeactivationCmdlet, IPublicCmdlet
{
    /// <summary>The key that they are of: its text, or a license key.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = HelpMessages.LicenseKeyText)]
    [LicenseKeyTextTransformation]
    [ValidateNotNull]
    public LicenseKeyText Key { get; set; } = null!;

    /// <inheritdoc/>
    [Parameter]
    [PolarId(typeof(Organization), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public override string? OrganizationId { get; set; }

    internal override (LicenseKeyText Key, string OrganizationId) KeyOf(ActivationReference activation) =>
        (Key, OrganizationOf(Key.OrganizationId));
}
