using System.Text.Json;

namespace PolarPS.Client;

/// <summary>What never got through to an endpoint, in the order in which it should be delivered again.</summary>
public sealed class WebhookBacklog
{
    // Polar's longest pause is 20 minutes: what has waited for longer than this is not going to be tried again.
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private WebhookBacklog(IReadOnlyList<WebhookBacklogItem> items) => Items = items;

    /// <summary>The events that did not get through, oldest first.</summary>
    public IReadOnlyList<WebhookBacklogItem> Items { get; }

    /// <summary>
    /// Reads the deliveries to an endpoint and finds the events of which none got through. Polar lists an event only with its deliveries:
    /// what was never tried, because the endpoint was disabled, is in no list. Operation <c>webhooks:list_webhook_deliveries</c>.
    /// </summary>
    /// <param name="webhooks">Where deliveries are listed.</param>
    /// <param name="endpointId">The endpoint's id.</param>
    /// <param name="since">The time of the oldest delivery to look at; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The backlog.</returns>
    public static async Task<WebhookBacklog> ReadAsync(
        WebhooksResource webhooks,
        string endpointId,
        DateTimeOffset? since = null,
        CancellationToken cancellationToken = default
    )
    {
        _ = webhooks ?? throw new ArgumentNullException(nameof(webhooks));
        var found = new Dictionary<string, Found>(StringComparer.Ordinal);
        var query = new WebhookDeliveryQuery { EndpointId = [endpointId], StartTimestamp = since };
        await foreach (
            var delivery in webhooks.ListDeliveries(query).WithCancellation(cancellationToken).ConfigureAwait(false)
        )
        {
            if (delivery.WebhookEvent is not { Id: { } id } told)
            {
                continue;
            }

            if (!found.TryGetValue(id, out var item))
            {
                // The content is not kept: of a busy shop's days it would be a lot.
                found.Add(id, item = new Found(told, ObjectIdOf(told.Payload)));
            }

            item.Add(delivery);
        }

        var newest = found
            .Values.Where(item => item.GotThrough && item.ObjectId is not null)
            .GroupBy(item => item.ObjectId!)
            .ToDictionary(group => group.Key, group => group.OrderByDescending(item => item.Told.CreatedAt).First());
        return new WebhookBacklog([
            .. found
                .Values.Where(item => !item.GotThrough)
                .OrderBy(item => item.Told.CreatedAt)
                .ThenBy(item => item.Told.Id, StringComparer.Ordinal)
                .Select(item => Item(item, newest)),
        ]);
    }

    private static WebhookBacklogItem Item(Found item, Dictionary<string, Found> newest)
    {
        var newer =
            item.ObjectId is { } id
            && newest.TryGetValue(id, out var other)
            && other.Told.CreatedAt > item.Told.CreatedAt
                ? other.Told
                : null;
        return new WebhookBacklogItem(item.Told, item.ObjectId, item.Attempts, StateOf(item), newer);
    }

    private static WebhookBacklogState StateOf(Found item) =>
        item.Told.IsArchived == true ? WebhookBacklogState.Archived
        : item.Told.Succeeded is null
        && item.Told.Skipped != true
        && DateTimeOffset.UtcNow - item.LastAttempt < LongestPause
            ? WebhookBacklogState.Retrying
        : WebhookBacklogState.Failed;

    private static string? ObjectIdOf(string? payload)
    {
        if (payload is null)
        {
            return null;
        }

        try
        {
            using var read = JsonDocument.Parse(payload);
            return
                read.RootElement.ValueKind == JsonValueKind.Object
                && read.RootElement.TryGetProperty("data", out var data)
                && data.ValueKind == JsonValueKind.Object
                && data.TryGetProperty("id", out var id)
                && id.ValueKind == JsonValueKind.String
                ? id.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class Found
    {
        public Found(WebhookDeliveryEvent told, string? objectId)
        {
            told.Payload = null;
            (Told, ObjectId) = (told, objectId);
            GotThrough = told.Succeeded == true;
        }

        public WebhookDeliveryEvent Told { get; }

        public string? ObjectId { get; }

        public bool GotThrough { get; private set; }

        public int Attempts { get; private set; }

        public DateTimeOffset LastAttempt { get; private set; }

        public void Add(WebhookDelivery delivery)
        {
            Attempts++;
            GotThrough |= delivery.Succeeded == true;
            LastAttempt = delivery.CreatedAt is { } time && time > LastAttempt ? time : LastAttempt;
        }
    }
}

/// <summary>What can be done about an event that did not get through.</summary>
public enum WebhookBacklogState
{
    /// <summary>It can be delivered again: no further attempt is due.</summary>
    Failed,

    /// <summary>Polar is still trying by itself, as long as the endpoint is enabled.</summary>
    Retrying,

    /// <summary>Polar no longer has its content, and delivers nothing.</summary>
    Archived,
}

/// <summary>An event that did not get through.</summary>
public sealed class WebhookBacklogItem
{
    internal WebhookBacklogItem(
        WebhookDeliveryEvent told,
        string? objectId,
        int attempts,
        WebhookBacklogState state,
        WebhookDeliveryEvent? newer
    )
    {
        EventId = told.Id!;
        EventType = told.Type;
        CreatedAt = told.CreatedAt;
        LastHttpCode = told.LastHttpCode;
        ObjectId = objectId;
        Attempts = attempts;
        State = state;
        NewerEventId = newer?.Id;
        NewerEventType = newer?.Type;
    }

    /// <summary>The event's id.</summary>
    public string EventId { get; }

    /// <summary>What happened, such as <c>order.paid</c>.</summary>
    public string? EventType { get; }

    /// <summary>When the event was created.</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>The id of what it happened to; null where Polar no longer has the content.</summary>
    public string? ObjectId { get; }

    /// <summary>The status of the endpoint's last response; null if there was none.</summary>
    public int? LastHttpCode { get; }

    /// <summary>How many attempts there were in the time that was looked at.</summary>
    public int Attempts { get; }

    /// <summary>What can be done about it.</summary>
    public WebhookBacklogState State { get; }

    /// <summary>
    /// The id of a newer event of the same object that got through already: a handler that takes what an event says for the present
    /// goes back in time with this one. Null for none.
    /// </summary>
    public string? NewerEventId { get; }

    /// <summary>The type of that event; null for none.</summary>
    public string? NewerEventType { get; }

    /// <summary>Whether Polar has been asked to deliver it again. That it arrived, only its next delivery tells.</summary>
    public bool IsRequested { get; internal set; }

    /// <summary>The event in short.</summary>
    /// <returns>Such as <c>order.paid 6c4f…</c>.</returns>
    public override string ToString() => $"{EventType} {EventId}";
}
