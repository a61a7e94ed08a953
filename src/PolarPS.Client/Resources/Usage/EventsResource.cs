using System.Runtime.CompilerServices;

namespace PolarPS.Client;

/// <summary>What happened: your own events, and those that Polar recorded.</summary>
public class EventsResource
{
    private const string Root = "/v1/events/";

    /// <summary>How late an event may come, behind one with a later time, for <see cref="FollowAsync"/> to notice it.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    /// <summary>How long an event waits for others to be sent together, unless told otherwise.</summary>
    public static readonly TimeSpan UsualDelay = TimeSpan.FromSeconds(5);

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected EventsResource() => _connection = ApiConnection.StandIn;

    internal EventsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All events, or those that match. Operation <c>events:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<PolarEvent> List(EventQuery? query = null) =>
        new(_connection, Root, query ?? new EventQuery(), ModelReaders.ListEnvelopePolarEvent, item => item.Id);

    /// <summary>One event. Operation <c>events:get</c>.</summary>
    /// <param name="id">The event's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The event.</returns>
    /// <exception cref="PolarNotFoundException">There is no such event.</exception>
    public virtual Task<PolarEvent> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.PolarEvent, cancellationToken);

    /// <summary>
    /// New events as they come, without an end: it looks for them, pauses, and looks again. An event with a time that is more than
    /// <see cref="Overlap"/> older than the newest one does not count as new. Operation <c>events:list</c>.
    /// </summary>
    /// <param name="query">
    /// Filters; null for every event. With <see cref="EventQuery.StartTimestamp"/> what there is from then on comes first, without it
    /// only what is new. After <see cref="ListQuery.First"/> events it ends. Order, the other extent and the end of the time do not count.
    /// </param>
    /// <param name="pause">How long to pause between two looks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Each event once, in the order of their times as far as they come in it.</returns>
    public virtual async IAsyncEnumerable<PolarEvent> FollowAsync(
        EventQuery? query,
        TimeSpan pause,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var filters = query?.Copy() ?? new EventQuery();
        var (start, left) = (filters.StartTimestamp, filters.First ?? long.MaxValue);
        (filters.First, filters.Skip, filters.EndTimestamp, filters.CursorPagination) = (null, 0, null, true);
        var isNew = start is not null;
        // Polar's clock counts, and not this computer's.
        var newest = isNew ? null : await NewestAsync(filters, cancellationToken).ConfigureAwait(false);
        isNew |= newest is null;
        var known = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        while (left > 0)
        {
            var look = filters.Copy();
            look.Sorting = ["timestamp"];
            look.StartTimestamp = newest - Overlap is { } since && !(since < start) ? since : start;
            await foreach (var item in List(look).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                var time = item.Timestamp ?? DateTimeOffset.MinValue;
                if (item.Id is not { } id || known.ContainsKey(id))
                {
                    continue;
                }

                known[id] = time;
                newest = newest > time ? newest : time;
                if (isNew)
                {
                    yield return item;
                    if (--left == 0)
                    {
                        yield break;
                    }
                }
            }

            isNew = true;
            foreach (var old in known.Where(pair => pair.Value < newest - Overlap).Select(pair => pair.Key).ToList())
            {
                known.Remove(old);
            }

            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<DateTimeOffset?> NewestAsync(EventQuery filters, CancellationToken cancellationToken)
    {
        var query = filters.Copy();
        (query.Sorting, query.First) = (["-timestamp"], 1);
        await foreach (var item in List(query).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            return item.Timestamp;
        }

        return null;
    }

    /// <summary>
    /// Sends events. If one of them is not accepted, none is. Operation <c>events:ingest</c>; may be repeated if every event has
    /// an <see cref="EventCreate.ExternalId"/>, by which Polar knows it again, and is otherwise never sent twice.
    /// </summary>
    /// <param name="body">The events; all of them together have to stay below 10 MiB.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many were new.</returns>
    public virtual Task<EventsIngestResponse> IngestAsync(
        EventsIngest body,
        CancellationToken cancellationToken = default
    )
    {
        var repeatable = body.Events?.All(item => !string.IsNullOrEmpty(item.ExternalId)) ?? false;
        return _connection.SendAsync(
            ApiRequest.Post(Root + "ingest", body, repeatable),
            ModelReaders.EventsIngestResponse,
            cancellationToken
        );
    }

    /// <summary>
    /// Sends a batch of events. Polar refuses a whole request for one bad event: it is left out, and the rest is sent again, so that
    /// every good event arrives. Operation <c>events:ingest</c>.
    /// </summary>
    /// <param name="batch">The events.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What came of them. A failure is in it, and not thrown: what was sent before it has to be known.</returns>
    public virtual async Task<EventBatchResult> SendAsync(
        EventBatch batch,
        CancellationToken cancellationToken = default
    )
    {
        var left = (batch ?? throw new ArgumentNullException(nameof(batch))).Entries;
        var refused = new List<RefusedEvent>();
        while (left.Count > 0)
        {
            try
            {
                var body = new EventsIngest { Events = [.. left.Select(entry => entry.Event)] };
                var answer = await IngestAsync(body, cancellationToken).ConfigureAwait(false);
                return new(answer.Inserted ?? 0, answer.Duplicates ?? 0, refused, [], null);
            }
            catch (PolarValidationException refusal) when (EventBatchResult.Split(left, refusal) is { } split)
            {
                // At least one less each time.
                left = split.Left;
                refused.AddRange(split.Refused);
            }
            catch (PolarException failure)
            {
                return new(0, 0, refused, left, failure);
            }
        }

        return new(0, 0, refused, [], null);
    }

    /// <summary>
    /// Sends events in batches: of 500, of 1 MiB, or of what has come in some seconds, whichever is reached first. Of the events only
    /// a batch is held in memory. Operation <c>events:ingest</c>.
    /// </summary>
    /// <param name="events">The events, as they come.</param>
    /// <param name="delay">How long an event waits for others at most; null for 5 seconds.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What came of each batch, in order. After a failure it goes on: leave the loop to stop.</returns>
    public virtual async IAsyncEnumerable<EventBatchResult> SendAllAsync(
        IAsyncEnumerable<EventCreate> events,
        TimeSpan? delay = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var source = (events ?? throw new ArgumentNullException(nameof(events))).GetAsyncEnumerator(cancellationToken);
        Task<bool>? next = null;
        try
        {
            var batch = new EventBatch();
            var due = Task.CompletedTask;
            while (true)
            {
                next ??= source.MoveNextAsync().AsTask();
                if (batch.Entries.Count > 0 && await Task.WhenAny(next, due).ConfigureAwait(false) != next)
                {
                    yield return await SendAsync(batch, cancellationToken).ConfigureAwait(false);
                    batch = new EventBatch();
                    continue;
                }

                var isThere = await next.ConfigureAwait(false);
                next = null;
                if (isThere && batch.Entries.Count == 0)
                {
                    due = Task.Delay(delay ?? UsualDelay, cancellationToken);
                }

                if (isThere && batch.TryAdd(source.Current) && !batch.IsFull)
                {
                    continue;
                }

                var last = isThere && !batch.IsFull ? source.Current : null;
                if (batch.Entries.Count > 0)
                {
                    yield return await SendAsync(batch, cancellationToken).ConfigureAwait(false);
                }

                if (!isThere)
                {
                    yield break;
                }

                batch = new EventBatch();
                if (last is not null)
                {
                    batch.TryAdd(last);
                    due = Task.Delay(delay ?? UsualDelay, cancellationToken);
                }
            }
        }
        finally
        {
            if (next is not null)
            {
                // A source cannot be left while it looks for its next event.
                await Task.WhenAny(next).ConfigureAwait(false);
            }

            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>All names that events have, or those that match. Operation <c>events:list_names</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<EventName> ListNames(EventNameQuery? query = null) =>
        new(
            _connection,
            Root + "names",
            query ?? new EventNameQuery(),
            ModelReaders.ListEnvelopeEventName,
            item => item.Source + "/" + item.Name
        );
}
