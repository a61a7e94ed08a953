using System.Collections;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>Activates a license key on a device. Operation license_keys:activate.</summary>
[Cmdlet(
    VerbsCommon.New,
    "PolarLicenseKeyActivation",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(LicenseKeyActivation))]
public sealed class NewPolarLicenseKeyActivationCommand : LicenseKeyTextCmdlet<LicenseKeyActivation>
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
        if (Confirm($"license key {Key}", $"Activate '{Label}'", (client, token) => SendAsync(client, body, token)))
        {
            WriteModel(Await(token => SendAsync(Client, body, token)));
        }
    }

    private static Task<LicenseKeyActivation> SendAsync(
        PolarClient client,
        LicenseKeyActivate body,
        CancellationToken cancellationToken
    ) => client.LicenseKeys.ActivateAsync(body, cancellationToken);
}
