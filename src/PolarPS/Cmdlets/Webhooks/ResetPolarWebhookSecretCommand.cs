namespace PolarPS.Commands;

/// <summary>
/// Rotates the secrets of webhook endpoints, and gives the new ones as SecureStrings; deliveries are signed with them
/// immediately. Operation webhooks:reset_webhook_endpoint_secret, which is never sent twice.
/// </summary>
[Cmdlet(VerbsCommon.Reset, "PolarWebhookSecret", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(WebhookEndpoint))]
public sealed class ResetPolarWebhookSecretCommand : PolarActionCmdlet<WebhookEndpoint>
{
    /// <summary>The ids of endpoints, or endpoints.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Endpoint)]
    [PolarId(typeof(WebhookEndpoint), Strict = true)]
    [ArgumentCompleter(typeof(IdCompleter<WebhookEndpoint>))]
    [Alias("Id")]
    public string[] EndpointId { get; set; } = [];

    internal override string[] Ids => EndpointId;

    internal override PSObject Show(WebhookEndpoint item) => WebhookSecrets.Keep(item);

    internal override string Action(WebhookEndpoint? item) =>
        "Replace the secret with a new one; deliveries"
        + (item?.Url is { } url ? $" to {url}" : string.Empty)
        + " are signed with it immediately";

    internal override Task<WebhookEndpoint> SendAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Webhooks.ResetEndpointSecretAsync(id, cancellationToken);

    internal override Task<WebhookEndpoint>? ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Webhooks.GetEndpointAsync(id, cancellationToken);
}
