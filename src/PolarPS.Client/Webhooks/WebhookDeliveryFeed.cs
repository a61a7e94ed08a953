namespace PolarPS.Client;

/// <summary>
/// The events that Polar has tried to deliver to an endpoint, as they come: by asking for its deliveries again and again. For one
/// consumer.
/// </summary>
public sealed class WebhookDeliveryFeed
{
    // What is written at the same time need not become visible in that order.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    private readonly WebhooksResource _webhooks;
    private readonly string _endpointId;
    private readonly Dictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);
    private readonly DateTimeOffset? _since;
    private bool _hasBegun;

    /// <summary>The deliveries to one endpoint.</summary>
    /// <param name="webhooks">Where they are listed.</param>
    /// <param name="endpointId">The endpoint's id.</param>
    /// <param name="since">The time of the oldest delivery to take; null for those that come from now on.</param>
    public WebhookDeliveryFeed(WebhooksResource webhooks, string endpointId, DateTimeOffset? since = null)
    {
        _webhooks = webhooks ?? throw new ArgumentNullException(nameof(webhooks));
        _endpointId = endpointId ?? throw new ArgumentNullException(nameof(endpointId));
        _since = since;
    }

    /// <summary>The time of the newest delivery that was read; null before there is any.</summary>
    public DateTimeOffset? ReadUntil { get; private set; }

    /// <summary>The events of deliveries whose content Polar no longer has, or which is no event: each once.</summary>
    public IReadOnlyCollection<string> Unreadable => _unreadable;

    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>Asks once.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The events that are new, each once, oldest first; not verified, because they come without a signature.</returns>
    public async Task<IReadOnlyList<WebhookEvent>> PollAsync(CancellationToken cancellationToken = default)
    {
        if (!_hasBegun)
        {
            await BeginAsync(cancellationToken).ConfigureAwait(false);
            _hasBegun = true;
        }

        var events = new List<(WebhookDeliveryEvent Told, WebhookEvent Read)>();
        var query = new WebhookDeliveryQuery
        {
            EndpointId = [_endpointId],
            StartTimestamp =
                ReadUntil is { } until && until - Overlap > (_since ?? DateTimeOffset.MinValue)
                    ? until - Overlap
                    : _since,
        };
        await foreach (
            var delivery in _webhooks.ListDeliveries(query).WithCancellation(cancellationToken).ConfigureAwait(false)
        )
        {
            if (delivery.WebhookEvent is { Id: { } id } told && IsNew(id, delivery.CreatedAt))
            {
                if (Read(told) is { } read)
                {
                    events.Add((told, read));
                }
                else
                {
                    _unreadable.Add(id);
                }
            }
        }

        Trim();
        return [.. events.OrderBy(item => item.Told.CreatedAt).Select(item => item.Read)];
    }

    // By Polar's clock, not by this computer's: what there is now is not taken.
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (_since is not null)
        {
            return;
        }

        var newest = new WebhookDeliveryQuery { EndpointId = [_endpointId], First = 1 };
        await foreach (
            var delivery in _webhooks.ListDeliveries(newest).WithCancellation(cancellationToken).ConfigureAwait(false)
        )
        {
            ReadUntil = delivery.CreatedAt;
        }

        if (ReadUntil is not { } until)
        {
            return;
        }

        var before = new WebhookDeliveryQuery { EndpointId = [_endpointId], StartTimestamp = until - Overlap };
        await foreach (
            var delivery in _webhooks.ListDeliveries(before).WithCancellation(cancellationToken).ConfigureAwait(false)
        )
        {
            // What came between the two questions is new.
            if (delivery is { WebhookEvent.Id: { } id, CreatedAt: { } time } && time <= until)
            {
                _seen[id] = time;
            }
        }
    }

    private bool IsNew(string id, DateTimeOffset? time)
    {
        if (time is { } at && (ReadUntil is null || at > ReadUntil))
        {
            ReadUntil = at;
        }

        var isNew = !_seen.ContainsKey(id);
        _seen[id] = time ?? ReadUntil ?? DateTimeOffset.UtcNow;
        return isNew;
    }

    private WebhookEvent? Read(WebhookDeliveryEvent told)
    {
        try
        {
            if (told.Payload is not { } payload)
            {
                return null;
            }

            var read = WebhookEvent.Parse(payload);
            read.Id = told.Id;
            read.Source = "Delivery";
            read.Verified = false;
            read.Payload = payload;
            read.EndpointId = _endpointId;
            return read;
        }
        catch (WebhookVerificationException)
        {
            return null;
        }
    }

    // An event is tried for hours, and its deliveries are of one event all the same: what was seen is kept for a day.
    private void Trim()
    {
        var oldest = ReadUntil - TimeSpan.FromDays(1);
        foreach (var id in _seen.Where(seen => seen.Value < oldest).Select(seen => seen.Key).ToList())
        {
            _seen.Remove(id);
        }
    }
}
