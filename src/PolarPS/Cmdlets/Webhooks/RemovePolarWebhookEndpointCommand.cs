namespace PolarPS.Commands;

/// <summary>Deletes webhook endpoints; what waits for delivery goes with them. Operation webhooks:delete_webhook_endpoint.</summary>
[Cmdlet(VerbsCommon.Remove, "PolarWebhookEndpoint", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemovePolarWebhookEndpointCommand : RemovePolarCmdlet<WebhookEndpoint>
{
    /// <summary>The ids of endpoints, or endpoints.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Endpoint)]
    [PolarId(typeof(WebhookEndpoint), Strict = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<WebhookEndpoint>))]
    [Alias("EndpointId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override string Deletion(WebhookEndpoint? item) =>
        item?.Url is { } url ? $"Delete permanently; Polar no longer delivers to {url}" : "Delete permanently";

    internal override Task DeleteAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Webhooks.DeleteEndpointAsync(id, cancellationToken);

    internal override Task<WebhookEndpoint>? ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Webhooks.GetEndpointAsync(id, cancellationToken);
}
