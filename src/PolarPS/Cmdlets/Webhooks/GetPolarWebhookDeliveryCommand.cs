namespace PolarPS.Commands;

/// <summary>Streams deliveries: each attempt to tell an endpoint of an event. Operation webhooks:list_webhook_deliveries.</summary>
[Cmdlet(VerbsCommon.Get, "PolarWebhookDelivery", SupportsPaging = true)]
[OutputType(typeof(WebhookDelivery))]
public sealed class GetPolarWebhookDeliveryCommand : ListPolarCmdlet<WebhookDelivery>
{
    /// <summary>What to list the deliveries to: endpoints.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ParentTransformation(typeof(WebhookDelivery), typeof(WebhookEndpoint))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Only deliveries to these endpoints.</summary>
    [Parameter(Position = 0)]
    [PolarId(typeof(WebhookEndpoint))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<WebhookEndpoint>))]
    [ValidateNotNullOrEmpty]
    [Alias("Endpoint")]
    public string[]? EndpointId { get; set; }

    /// <summary>Only deliveries of events of these types, such as order.paid; wildcards work.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(WebhookEventTypeCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("Event")]
    public string[]? EventType { get; set; }

    /// <summary>Only deliveries that the endpoint accepted; with :$false only the others.</summary>
    [Parameter]
    public SwitchParameter Succeeded { get; set; }

    /// <summary>Only deliveries that were answered with such a status: 2xx, 3xx, 4xx or 5xx.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeliveryCodeClassCompleter))]
    [ValidateNotNullOrEmpty]
    public string? HttpCodeClass { get; set; }

    /// <summary>Only deliveries of this time or later; a time without a zone is the computer's own.</summary>
    [Parameter]
    [Instant]
    [Alias("StartTimestamp")]
    public DateTimeOffset CreatedAfter { get; set; }

    /// <summary>Only deliveries of this time or earlier; a time without a zone is the computer's own.</summary>
    [Parameter]
    [Instant]
    [Alias("EndTimestamp")]
    public DateTimeOffset CreatedBefore { get; set; }

    /// <summary>Only deliveries in which this occurs: an id, or the status of the response.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    internal override void ProcessInput()
    {
        if (InputObject is not null)
        {
            ListEach(InputObject, Write);
            return;
        }

        Write();
    }

    internal override PSObject Show(WebhookDelivery item)
    {
        if (item.WebhookEvent is { } told)
        {
            // So that Send-PolarWebhookEvent need not look for it.
            UsedConnection.Seen.Add(told);
        }

        return base.Show(item);
    }

    private void Write() => Try(Subject(null), () => WriteList(List()));

    private PagedList<WebhookDelivery> List() =>
        Client.Webhooks.ListDeliveries(
            Extent(
                new WebhookDeliveryQuery
                {
                    EndpointId = EndpointId,
                    EventType = WebhookEventTypes.Expand(EventType),
                    Succeeded = IsBound(nameof(Succeeded)) ? Succeeded.IsPresent : null,
                    HttpCodeClass = HttpCodeClass,
                    StartTimestamp = IsBound(nameof(CreatedAfter)) ? CreatedAfter : null,
                    EndTimestamp = IsBound(nameof(CreatedBefore)) ? CreatedBefore : null,
                    Query = Query,
                }
            )
        );
}
