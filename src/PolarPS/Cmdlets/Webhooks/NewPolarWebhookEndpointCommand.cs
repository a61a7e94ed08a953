namespace PolarPS.Commands;

/// <summary>
/// Creates a webhook endpoint, and gives its secret as a SecureString. Operation webhooks:create_webhook_endpoint, which is never
/// sent twice.
/// </summary>
[Cmdlet(VerbsCommon.New, "PolarWebhookEndpoint", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(WebhookEndpoint))]
public sealed class NewPolarWebhookEndpointCommand : NewOwnedCmdlet<WebhookEndpoint, WebhookEndpointCreate>
{
    private const string DefaultFormat = "raw";

    /// <summary>The address to deliver to: https, with a host that everyone can reach.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        HelpMessage = "Public https address, such as https://hooks.example.com/polar"
    )]
    [ValidateNotNullOrEmpty]
    [Alias("Uri")]
    [Field]
    public string Url { get; set; } = string.Empty;

    /// <summary>The types of the events to deliver, such as order.paid; with wildcards those that this version knows.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = "Types of events, such as order.paid or subscription.*")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(WebhookEventTypeCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("Event", "Events")]
    [Field("events")]
    public string[] EventType { get; set; } = [];

    /// <summary>What is sent: raw for the event itself, or a message for discord or slack.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WebhookFormatCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string Format { get; set; } = DefaultFormat;

    /// <summary>A name for yourself.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Name { get; set; }

    /// <summary>The version of the API in which events are written; without it the latest.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WebhookApiVersionCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? ApiVersion { get; set; }

    internal override string NewName => Name ?? Url;

    internal override PSObject Show(WebhookEndpoint item) => WebhookSecrets.Keep(item);

    internal override void Shape(RequestBody body)
    {
        body.SetField("events", WebhookEventTypes.Expand(EventType));
        body.SetField("format", Format);
    }

    internal override Task<WebhookEndpoint> CreateAsync(
        PolarClient client,
        WebhookEndpointCreate body,
        CancellationToken cancellationToken
    ) => client.Webhooks.CreateEndpointAsync(body, cancellationToken);
}
