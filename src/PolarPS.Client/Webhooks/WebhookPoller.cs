namespace PolarPS.Client;

/// <summary>
/// Has the events of feeds handled as they come. Polar does not repeat what it has delivered elsewhere, so an event whose handler
/// fails is tried again here, each time the feeds are read.
/// </summary>
public sealed class WebhookPoller
{
    /// <summary>How often an event is handed to its handler before it is given up: as often as Polar delivers it.</summary>
    public const int MaximumAttempts = 10;

    private readonly IReadOnlyList<WebhookDeliveryFeed> _feeds;
    private readonly WebhookReceiver _receiver;
    private readonly List<Waiting> _waiting = [];

    /// <summary>A poller.</summary>
    /// <param name="feeds">Where events come from.</param>
    /// <param name="receiver">Handles them, each once.</param>
    public WebhookPoller(IReadOnlyList<WebhookDeliveryFeed> feeds, WebhookReceiver receiver)
    {
        _feeds = feeds ?? throw new ArgumentNullException(nameof(feeds));
        _receiver = receiver ?? throw new ArgumentNullException(nameof(receiver));
    }

    /// <summary>Told of an event that is given up, on any thread; null for nobody.</summary>
    public Action<WebhookEvent>? GivenUp { get; set; }

    /// <summary>The events that were read and could not be handled yet.</summary>
    public IReadOnlyList<WebhookEvent> Unhandled
    {
        get
        {
            lock (_waiting)
            {
                return [.. _waiting.Select(item => item.Told)];
            }
        }
    }

    /// <summary>Reads the feeds once, and has handled what they bring, oldest first.</summary>
    /// <param name="cancellationToken">Ends the call between two events.</param>
    /// <returns>When everything that came was handed over.</returns>
    public async Task PollAsync(CancellationToken cancellationToken = default)
    {
        foreach (var feed in _feeds)
        {
            var read = await feed.PollAsync(cancellationToken).ConfigureAwait(false);
            lock (_waiting)
            {
                _waiting.AddRange(
                    read.Where(told => !_receiver.Memory.IsHandled(told.Id!)).Select(told => new Waiting(told))
                );
            }
        }

        foreach (var item in Items())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reply = await _receiver.HandleAsync(item.Told, cancellationToken).ConfigureAwait(false);
            if (!reply.IsSuccess && ++item.Attempts < MaximumAttempts)
            {
                continue;
            }

            lock (_waiting)
            {
                _waiting.Remove(item);
            }

            if (!reply.IsSuccess)
            {
                GivenUp?.Invoke(item.Told);
            }
        }

        // What still waits has to be read again after a restart.
        if (Unhandled.Count == 0 && _feeds.Min(feed => feed.ReadUntil) is { } until)
        {
            _receiver.Memory.MoveTo(until);
        }
    }

    private List<Waiting> Items()
    {
        lock (_waiting)
        {
            return [.. _waiting];
        }
    }

    private sealed class Waiting(WebhookEvent told)
    {
        public WebhookEvent Told { get; } = told;

        public int Attempts { get; set; }
    }
}
