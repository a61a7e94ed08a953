namespace PolarPS.Commands;

/// <summary>
/// Deactivates license key activations. Polar needs the key's text: if it was not given, the activation is read first,
/// and with it the key as it is now. Operation license_keys:deactivate, and license_keys:get_activation before it.
/// </summary>
[Cmdlet(
    VerbsCommon.Remove,
    "PolarLicenseKeyActivation",
    DefaultParameterSetName = IdSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High
)]
[OutputType(typeof(void))]
public sealed class RemovePolarLicenseKeyActivationCommand : LicenseKeyDeactivationCmdlet
{
    private const string IdSet = "Id";
    private const string KeySet = "Key";

    /// <summary>The license key that they are of, or its id; not needed for objects, which know it.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [PolarId(typeof(LicenseKey))]
    [ArgumentCompleter(typeof(IdCompleter<LicenseKey>))]
    [ValidateNotNullOrEmpty]
    public string? LicenseKeyId { get; set; }

    /// <summary>The key that they are of: its text, or a license key. Nothing is read then.</summary>
    [Parameter(ParameterSetName = KeySet, Mandatory = true, HelpMessage = HelpMessages.LicenseKeyText)]
    [LicenseKeyTextTransformation]
    [ValidateNotNull]
    public LicenseKeyText? Key { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [PolarId(typeof(Organization))]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public override string? OrganizationId { get; set; }

    internal override (LicenseKeyText Key, string OrganizationId) KeyOf(ActivationReference activation) =>
        Key is null ? Read(activation) : (Key, OrganizationOf(Key.OrganizationId));

    private (LicenseKeyText Key, string OrganizationId) Read(ActivationReference wanted)
    {
        if (
            LicenseKeyId is not null
            && wanted.LicenseKeyId is not null
            && !LicenseKeyId.Equals(wanted.LicenseKeyId, StringComparison.OrdinalIgnoreCase)
        )
        {
            throw new ArgumentException("The activation belongs to a license key other than the one in -LicenseKeyId.");
        }

        var keyId =
            wanted.LicenseKeyId
            ?? LicenseKeyId
            ?? throw new ArgumentException(
                "An activation is looked up by its license key: use -LicenseKeyId or -Key, or pipe the activation itself."
            );
        var activation = Await(token => Client.LicenseKeys.GetActivationAsync(keyId, wanted.Id!, token));
        Remember(activation);
        return activation.LicenseKey is { Key: { Length: > 0 } text } key
            ? (new LicenseKeyText(text, key.OrganizationId), OrganizationOf(key.OrganizationId))
            : throw new ArgumentException("Polar did not return the key of this activation; use -Key.");
    }
}
