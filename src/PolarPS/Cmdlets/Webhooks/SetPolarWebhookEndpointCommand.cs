namespace PolarPS.Commands;

/// <summary>Changes webhook endpoints: what is given, and nothing else. Operation webhooks:update_webhook_endpoint.</summary>
[Cmdlet(VerbsCommon.Set, "PolarWebhookEndpoint", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(WebhookEndpoint))]
public sealed class SetPolarWebhookEndpointCommand : SetPolarCmdlet<WebhookEndpoint, WebhookEndpointUpdate>
{
    /// <summary>The ids of endpoints, or endpoints.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Endpoint)]
    [PolarId(typeof(WebhookEndpoint), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<WebhookEndpoint>))]
    [Alias("EndpointId")]
    public string[] Id { get; set; } = [];

    /// <summary>The address to deliver to: https, with a host that everyone can reach.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("Uri")]
    [Field]
    public string? Url { get; set; }

    /// <summary>The types of the events to deliver, in place of those stored; with wildcards those that this version knows.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(WebhookEventTypeCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("Event", "Events")]
    [Field("events")]
    public string[]? EventType { get; set; }

    /// <summary>What is sent: raw for the event itself, or a message for discord or slack.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WebhookFormatCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Format { get; set; }

    /// <summary>A name for yourself. Polar does not take a name away again.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Name { get; set; }

    /// <summary>The version of the API in which later events are written.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WebhookApiVersionCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? ApiVersion { get; set; }

    /// <summary>Delivers to the endpoint, also again after failures; with :$false it does not.</summary>
    [Parameter]
    [Field]
    public SwitchParameter Enabled { get; set; }

    internal override string[] Ids => Id;

    internal override PSObject Show(WebhookEndpoint item) => WebhookSecrets.Hide(item);

    internal override void Shape(RequestBody body)
    {
        if (IsBound(nameof(EventType)))
        {
            body.SetField("events", WebhookEventTypes.Expand(EventType));
        }
    }

    internal override Task<WebhookEndpoint> UpdateAsync(
        PolarClient client,
        string id,
        WebhookEndpointUpdate body,
        CancellationToken cancellationToken
    ) => client.Webhooks.UpdateEndpointAsync(id, body, cancellationToken);

    internal override Task<WebhookEndpoint> ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Webhooks.GetEndpointAsync(id, cancellationToken);
}
