namespace PolarPS.Client.Models;

/// <summary>Events that go to Polar in one request, as many as it may hold, each with what the caller knows it by.</summary>
public sealed class EventBatch
{
    /// <summary>How many events a batch holds unless told otherwise.</summary>
    public const int UsualCount = 500;

    /// <summary>How many bytes of JSON a batch holds unless told otherwise: 1 MiB. Polar takes 10 MiB.</summary>
    public const long UsualBytes = 1024 * 1024;

    // What is around the events.
    private const int Envelope = 13;

    private readonly List<EventEntry> _entries = [];
    private readonly int _mostEvents;
    private readonly long _mostBytes;

    /// <summary>An empty batch.</summary>
    /// <param name="mostEvents">How many events it holds, 1 or more.</param>
    /// <param name="mostBytes">How many bytes of JSON; a single event may have more.</param>
    public EventBatch(int mostEvents = UsualCount, long mostBytes = UsualBytes)
    {
        _mostEvents = mostEvents > 0 ? mostEvents : throw new ArgumentOutOfRangeException(nameof(mostEvents));
        _mostBytes = mostBytes > 0 ? mostBytes : throw new ArgumentOutOfRangeException(nameof(mostBytes));
    }

    /// <summary>The events, in the order in which they were added.</summary>
    public IReadOnlyList<EventEntry> Entries => _entries;

    /// <summary>How many bytes of JSON the request has.</summary>
    public long Bytes { get; private set; } = Envelope;

    /// <summary>Whether no further event fits, by their number.</summary>
    public bool IsFull => _entries.Count >= _mostEvents;

    /// <summary>Whether Polar knows each event again, so that sending the batch once more does no harm.</summary>
    public bool IsRepeatable => _entries.TrueForAll(entry => !string.IsNullOrEmpty(entry.Event.ExternalId));

    /// <summary>Adds an event, if it fits.</summary>
    /// <param name="item">The event.</param>
    /// <param name="source">What it was made of, such as a row; comes back with what Polar refuses. Null for nothing.</param>
    /// <returns>false where it does not fit: send the batch, and begin another.</returns>
    /// <exception cref="ArgumentException">Metadata that Polar would refuse.</exception>
    public bool TryAdd(EventCreate item, object? source = null)
    {
        _ = item ?? throw new ArgumentNullException(nameof(item));
        var bytes = item.ToUtf8().Length + (_entries.Count > 0 ? 1 : 0);
        if (_entries.Count > 0 && (IsFull || Bytes + bytes > _mostBytes))
        {
            return false;
        }

        Bytes += bytes;
        _entries.Add(new EventEntry(item, source));
        return true;
    }
}

/// <summary>An event of a batch.</summary>
public sealed class EventEntry
{
    internal EventEntry(EventCreate item, object? source)
    {
        Event = item;
        Source = source;
    }

    /// <summary>The event.</summary>
    public EventCreate Event { get; }

    /// <summary>What it was made of, as it was given with it.</summary>
    public object? Source { get; }
}

/// <summary>An event that Polar refused. The others of its batch were sent without it.</summary>
public sealed class RefusedEvent
{
    internal RefusedEvent(EventEntry entry, PolarValidationException refusal)
    {
        Entry = entry;
        Refusal = refusal;
    }

    /// <summary>The event, and what it was made of.</summary>
    public EventEntry Entry { get; }

    /// <summary>What is wrong with it; its fields are named without their place in the batch.</summary>
    public PolarValidationException Refusal { get; }
}

/// <summary>What came of a batch of events.</summary>
public sealed class EventBatchResult
{
    internal EventBatchResult(
        long inserted,
        long duplicates,
        IReadOnlyList<RefusedEvent> refused,
        IReadOnlyList<EventEntry> failed,
        PolarException? failure
    )
    {
        Inserted = inserted;
        Duplicates = duplicates;
        Refused = refused;
        Failed = failed;
        Failure = failure;
    }

    /// <summary>How many were new.</summary>
    public long Inserted { get; }

    /// <summary>How many Polar had already, by their external ids, and left out.</summary>
    public long Duplicates { get; }

    /// <summary>Those that Polar refused.</summary>
    public IReadOnlyList<RefusedEvent> Refused { get; }

    /// <summary>Those of which nothing is known but <see cref="Failure"/>; empty where there was an answer.</summary>
    public IReadOnlyList<EventEntry> Failed { get; }

    /// <summary>
    /// Why there was no answer for <see cref="Failed"/>; null where there was. Where <see cref="PolarException.OutcomeUnknown"/> is
    /// true they may have been counted: without external ids they must not be sent again before someone has looked.
    /// </summary>
    public PolarException? Failure { get; }

    /// <summary>The result that leaves out of a batch what Polar refuses, event by event.</summary>
    /// <returns>What is left, null where the refusal names no event of the batch; and those that are refused.</returns>
    internal static (List<EventEntry> Left, List<RefusedEvent> Refused)? Split(
        IReadOnlyList<EventEntry> sent,
        PolarValidationException refusal
    )
    {
        var wrong = refusal
            .Errors.Where(error =>
                error.Steps.Count > 1
                && error.Steps[0].Text == "events"
                && error.Steps[1].Index is { } index
                && index >= 0
                && index < sent.Count
            )
            .GroupBy(error => (int)error.Steps[1].Index!.Value)
            .ToDictionary(group => group.Key, group => group.ToList());
        if (wrong.Count == 0)
        {
            return null;
        }

        var (left, refused) = (new List<EventEntry>(), new List<RefusedEvent>());
        for (var i = 0; i < sent.Count; i++)
        {
            if (wrong.TryGetValue(i, out var errors))
            {
                refused.Add(new RefusedEvent(sent[i], refusal.Of(errors)));
            }
            else
            {
                left.Add(sent[i]);
            }
        }

        return (left, refused);
    }
}
