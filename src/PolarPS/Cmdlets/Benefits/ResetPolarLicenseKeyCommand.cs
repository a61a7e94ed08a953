namespace PolarPS.Commands;

/// <summary>Rotates license keys; the old text stops working immediately. Operation license_keys:rotate.</summary>
[Cmdlet(VerbsCommon.Reset, "PolarLicenseKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(LicenseKey))]
public sealed class ResetPolarLicenseKeyCommand : PolarActionCmdlet<LicenseKey>
{
    /// <summary>The ids of license keys, or license keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.LicenseKey)]
    [PolarId(typeof(LicenseKey), Strict = true)]
    [ArgumentCompleter(typeof(IdCompleter<LicenseKey>))]
    [Alias("LicenseKeyId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override string Action(LicenseKey? item) => Rotation(item);

    /// <summary>What a rotation does, in a question.</summary>
    internal static string Rotation(LicenseKey? item) =>
        item?.Customer is { } customer
            ? $"Replace the key of {customer} with a new one; the old key stops working immediately"
            : "Replace the key with a new one; the old key stops working immediately";

    internal override Task<LicenseKey> SendAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.LicenseKeys.RotateAsync(id, cancellationToken);

    internal override Task<LicenseKey>? ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.LicenseKeys.GetAsync(id, cancellationToken);
}
