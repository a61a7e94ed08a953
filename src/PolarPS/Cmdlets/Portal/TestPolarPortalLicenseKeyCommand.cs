namespace PolarPS.Commands;

/// <summary>
/// Validates a license key without a token, as an application does on its user's computer. Operation
/// customer_portal:license_keys:validate.
/// </summary>
[Cmdlet(
    VerbsDiagnostic.Test,
    "PolarPortalLicenseKey",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(bool), typeof(PolarLicenseKeyTest))]
public sealed class TestPolarPortalLicenseKeyCommand : LicenseKeyTestCmdlet, IPublicCmdlet
{
    /// <inheritdoc/>
    [Parameter]
    [PolarId(typeof(Benefit), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [ValidateNotNullOrEmpty]
    [Alias("Benefit")]
    [Field]
    public override string? BenefitId { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [PolarId(typeof(Customer), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("Customer")]
    [Field]
    public override string? CustomerId { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [PolarId(typeof(Organization), IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public override string? OrganizationId { get; set; }
}
