namespace PolarPS.Commands;

/// <summary>
/// Validates a license key. An invalid key is a result, not an error; an error means that the validity is unknown.
/// Operation license_keys:validate.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "PolarLicenseKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(bool), typeof(PolarLicenseKeyTest))]
public sealed class TestPolarLicenseKeyCommand : LicenseKeyTestCmdlet
{
    /// <inheritdoc/>
    [Parameter]
    [PolarId(typeof(Benefit))]
    [ArgumentCompleter(typeof(IdCompleter<Benefit>))]
    [ValidateNotNullOrEmpty]
    [Alias("Benefit")]
    [Field]
    public override string? BenefitId { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [PolarId(typeof(Customer))]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("Customer")]
    [Field]
    public override string? CustomerId { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [PolarId(typeof(Organization))]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public override string? OrganizationId { get; set; }
}
