namespace PolarPS.Commands;

/// <summary>Changes license keys: what is given, and nothing else. Operation license_keys:update.</summary>
[Cmdlet(VerbsCommon.Set, "PolarLicenseKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(LicenseKey))]
public sealed class SetPolarLicenseKeyCommand : SetPolarCmdlet<LicenseKey, LicenseKeyUpdate>
{
    /// <summary>The ids of license keys, or license keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.LicenseKey)]
    [PolarId(typeof(LicenseKey))]
    [ArgumentCompleter(typeof(IdCompleter<LicenseKey>))]
    [Alias("LicenseKeyId")]
    public string[] Id { get; set; } = [];

    /// <summary>The state: granted works, disabled and revoked do not.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LicenseKeyStatusCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Status { get; set; }

    /// <summary>The usage of the key; 0 resets it.</summary>
    [Parameter]
    [WholeNumber]
    [Field]
    public int Usage { get; set; }

    /// <summary>How much of the key there is to use; $null for no limit.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Alias("UsageLimit")]
    [Field]
    public int? LimitUsage { get; set; }

    /// <summary>On how many devices the key may be active; $null for a key that is not activated.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Alias("ActivationLimit")]
    [Field]
    public int? LimitActivations { get; set; }

    /// <summary>When the key expires; a time without a zone is local; $null for never.</summary>
    [Parameter]
    [Instant(OrNull = true)]
    [AllowNull]
    [Field]
    public DateTimeOffset? ExpiresAt { get; set; }

    internal override string[] Ids => Id;

    internal override Task<LicenseKey> UpdateAsync(
        PolarClient client,
        string id,
        LicenseKeyUpdate body,
        CancellationToken cancellationToken
    ) => client.LicenseKeys.UpdateAsync(id, body, cancellationToken);

    internal override Task<LicenseKey> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.LicenseKeys.GetAsync(id, cancellationToken);
}
