namespace PolarPS.Commands;

/// <summary>
/// Has Polar deliver events again, each once. Operation webhooks:redeliver_webhook_event, which is never sent twice; what the
/// warnings need is read with webhooks:list_webhook_endpoints and webhooks:list_webhook_deliveries.
/// </summary>
[Cmdlet(
    VerbsCommunications.Send,
    "PolarWebhookEvent",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(void))]
public sealed class SendPolarWebhookEventCommand : PolarWriteCmdlet<WebhookDeliveryEvent>
{
    private readonly HashSet<string> _done = new(StringComparer.OrdinalIgnoreCase);

    private List<WebhookEndpoint>? _disabled;

    /// <summary>The ids of events, events, or deliveries of them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "UUID of a webhook event")]
    [PolarId(typeof(WebhookDeliveryEvent))]
    [Alias("Id", "WebhookEventId")]
    public string[] EventId { get; set; } = [];

    internal override RowColumns Columns => RowColumns.All;

    internal override void ProcessInput()
    {
        foreach (var id in EventId)
        {
            // Of one event there may be ten deliveries.
            if (_done.Add(id))
            {
                Try(Subject(id), () => Send(id));
            }
            else
            {
                WriteVerbose($"{NameOf(id)} was sent already.");
            }
        }
    }

    private void Send(string id)
    {
        if (Find(id) is { IsArchived: true })
        {
            WriteError(ErrorRecords.WebhookEventArchived(Subject(id)));
            return;
        }

        foreach (var endpoint in DisabledEndpointsOf(id))
        {
            WriteWarning(
                $"The endpoint '{endpoint}' is disabled: Polar accepts the request for {NameOf(id)} and delivers nothing. "
                    + $"Enable it first: Set-PolarWebhookEndpoint {endpoint.Id} -Enabled."
            );
        }

        if (Confirm(NameOf(id), "Deliver again", (client, token) => client.Webhooks.RedeliverEventAsync(id, token)))
        {
            Await(token => Client.Webhooks.RedeliverEventAsync(id, token));
        }
    }

    // What is archived Polar accepts, too, and delivers nothing.
    private WebhookDeliveryEvent? Find(string id)
    {
        if (UsedConnection.Seen.Find<WebhookDeliveryEvent>(id) is { } seen)
        {
            return seen;
        }

        var found = Await(token => Client.Webhooks.FindEventAsync(id, endpointId: null, token));
        if (found is not null)
        {
            Remember(found);
        }

        return found;
    }

    // Polar does not say to which endpoint an event belongs, but lists the deliveries to one.
    private IEnumerable<WebhookEndpoint> DisabledEndpointsOf(string id)
    {
        _disabled ??= Await(ListDisabledAsync);
        return _disabled.Where(endpoint =>
            Await(token => Client.Webhooks.FindEventAsync(id, [endpoint.Id!], token)) is not null
        );
    }

    private async Task<List<WebhookEndpoint>> ListDisabledAsync(CancellationToken cancellationToken)
    {
        var disabled = new List<WebhookEndpoint>();
        await foreach (
            var endpoint in Client.Webhooks.ListEndpoints().WithCancellation(cancellationToken).ConfigureAwait(false)
        )
        {
            if (endpoint.Enabled == false)
            {
                disabled.Add(endpoint);
            }
        }

        return disabled;
    }
}
