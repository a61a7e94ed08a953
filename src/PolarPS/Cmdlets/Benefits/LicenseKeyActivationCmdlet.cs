namespace PolarPS.Commands;

/// <summary>Activates license keys on devices, with a seller's token or without any.</summary>
public abstract class LicenseKeyActivationCmdlet : LicenseKeyTextCmdlet<LicenseKeyActivation>
{
    /// <summary>The key: its text, or a license key.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.LicenseKeyText)]
    [LicenseKeyTextTransformation]
    [ValidateNotNull]
    public LicenseKeyText Key { get; set; } = null!;

    /// <summary>What to call the activation, such as the device's name.</summary>
    [Parameter(
        Mandatory = true,
        Position = 1,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "What you call the device, such as its host name"
    )]
    [Text]
    [ValidateNotNullOrEmpty]
    [Field]
    public string Label { get; set; } = string.Empty;

    /// <summary>What later tests of the activation have to give again, all of it.</summary>
    [Parameter]
    [Entries]
    [ValidateNotNull]
    [Field]
    public IDictionary? Conditions { get; set; }

    /// <summary>Your own keys and values; they become Meta of the activation.</summary>
    [Parameter]
    [Entries]
    [ValidateNotNull]
    [Alias("Meta")]
    [Field("meta")]
    public IDictionary? Metadata { get; set; }

    internal override RowColumns Columns => RowColumns.All;

    /// <inheritdoc/>
    internal override void ProcessInput() => Try(SubjectOf(Key), Activate);

    private void Activate()
    {
        var body = Fill(new LicenseKeyActivate());
        body.Key = Key.Value;
        body.OrganizationId = OrganizationOf(Key.OrganizationId);
        if (
            Confirm(
                $"license key {Key}",
                $"Activate '{Label}'",
                (client, token) => KeysOf(client).ActivateAsync(body, token)
            )
        )
        {
            WriteModel(Await(token => KeysOf(Client).ActivateAsync(body, token)));
        }
    }
}
