namespace PolarPS.Commands;

/// <summary>
/// Rotates the customer's own license keys; the old text stops working immediately. Operation customer_portal:license_keys:rotate.
/// </summary>
[Cmdlet(VerbsCommon.Reset, "PolarPortalLicenseKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(LicenseKey))]
public sealed class ResetPolarPortalLicenseKeyCommand : PolarActionCmdlet<LicenseKey>, IPortalCmdlet
{
    /// <summary>The ids of license keys, or license keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.LicenseKey)]
    [PolarId(typeof(LicenseKey), Strict = true, IdOnly = true)]
    [ArgumentCompleter(typeof(IdCompleter<LicenseKey>))]
    [Alias("LicenseKeyId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override string Action(LicenseKey? item) => ResetPolarLicenseKeyCommand.Rotation(item);

    internal override Task<LicenseKey> SendAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Portal.LicenseKeys.RotateAsync(id, cancellationToken);

    internal override Task<LicenseKey>? ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Portal.LicenseKeys.GetAsync(id, cancellationToken);
}
