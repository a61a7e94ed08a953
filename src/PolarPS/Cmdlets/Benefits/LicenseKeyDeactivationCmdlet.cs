namespace PolarPS.Commands;

/// <summary>Deactivates license key activations, with a seller's token or without any. Polar needs the key's text for it.</summary>
public abstract class LicenseKeyDeactivationCmdlet : LicenseKeyTextCmdlet<LicenseKeyActivation>
{
    /// <summary>The activations, or their ids; Polar also needs to know the license key.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = "UUID of an activation, for which its license key is needed too"
    )]
    [ActivationTransformation(Strict = true)]
    [ValidateNotNull]
    [Alias("Id")]
    public ActivationReference[] ActivationId { get; set; } = [];

    /// <summary>Deactivates without a question; -Confirm asks nevertheless.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    internal override bool HasForce => Force;

    /// <summary>The key of an activation, and the organization that gave it out.</summary>
    internal abstract (LicenseKeyText Key, string OrganizationId) KeyOf(ActivationReference activation);

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        foreach (var activation in ActivationId)
        {
            Try(
                Subject(activation.Id),
                () =>
                {
                    var (key, organizationId) = KeyOf(activation);
                    Deactivate(activation.Id!, key, organizationId);
                }
            );
        }
    }

    private void Deactivate(string id, LicenseKeyText key, string organizationId)
    {
        var body = new LicenseKeyDeactivate
        {
            Key = key.Value,
            OrganizationId = organizationId,
            ActivationId = id,
        };
        Task SendAsync(PolarClient client, CancellationToken token) => KeysOf(client).DeactivateAsync(body, token);
        if (Confirm(NameOf(id), $"Deactivate; license key {key} stops working there", SendAsync))
        {
            UsedConnection.Seen.Outdate(id);
            Await(token => SendAsync(Client, token));
        }
    }
}
