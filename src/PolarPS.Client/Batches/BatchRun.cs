using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace PolarPS.Client;

/// <summary>
/// A run of a batch: each request that changes something is in the journal before it is sent, and again after its answer. What an
/// earlier run has done is not sent again, and what it has sent without an answer is looked for first.
/// </summary>
/// <param name="journal">The journal; stays the caller's.</param>
/// <param name="settleTime">How long after a request something that is not found is not there.</param>
internal sealed class BatchRun(BatchJournal journal, TimeSpan settleTime) : IWriteScope, IDisposable
{
    /// <summary>The id of the error that tells of a key whose state is not known.</summary>
    public const string UnknownId = "PolarBatchUnknown";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private BatchKey? _key;
    private bool _hadEnded;
    private int _ordinal;
    private string? _stopped;

    /// <summary>How many requests were sent.</summary>
    public long Sent { get; private set; }

    /// <summary>What has gone wrong with the journal, so that nothing more can be done; null for nothing.</summary>
    public JournalException? Failure { get; private set; }

    /// <summary>Begins with a key, or goes on with it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="input">The hash of its input.</param>
    public void Begin(string key, string input)
    {
        _hadEnded = journal.Find(key)?.End is not null;
        _key = journal.Begin(key, input);
        (_ordinal, _stopped) = (0, null);
    }

    /// <summary>Ends a key.</summary>
    /// <param name="error">The id of the error with which the block ended; null for none.</param>
    /// <param name="reason">Why its state is not known; null where it is.</param>
    /// <returns>How it has ended.</returns>
    public BatchState End(string? error, out string? reason)
    {
        var key = _key ?? throw new InvalidOperationException("No key was begun.");
        reason =
            _stopped
            ?? key.Writes.Where(static write => write.State == BatchWriteState.Sending)
                .Select(write => $"Request {write.Ordinal} ({write.Operation}) got no answer.")
                .FirstOrDefault()
            ?? key.Writes.Where(write => write.Ordinal > _ordinal && write.State == BatchWriteState.Done)
                .Select(write =>
                    $"The block did not come to its request {write.Ordinal} ({write.Operation}), which an earlier run has done."
                )
                .FirstOrDefault();
        var state =
            reason is not null ? BatchState.Unknown
            : error is not null ? BatchState.Failed
            : BatchState.Done;
        _key = null;
        journal.End(key, state, error ?? (reason is null ? null : UnknownId));
        return state;
    }

    /// <inheritdoc/>
    public async Task<HttpResponseMessage> SendAsync(ScopedWrite write, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await GuardAsync(write, cancellationToken).ConfigureAwait(false);
        }
        catch (JournalException exception)
        {
            Failure = exception;
            throw Refuse(write.Request, BatchProblem.Journal, exception.Message, exception);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Nothing more is sent.</summary>
    public void Dispose() => _gate.Dispose();

    private async Task<HttpResponseMessage> GuardAsync(ScopedWrite write, CancellationToken cancellationToken)
    {
        var request = write.Request;
        if (_key is not { } key)
        {
            throw Refuse(request, BatchProblem.OutOfSight, "The batch is between two keys.");
        }

        if (_stopped is not null)
        {
            throw Refuse(
                request,
                BatchProblem.Stopped,
                $"Nothing more is sent for the key '{key.Key}', because the outcome of an earlier request is unknown."
            );
        }

        var ordinal = ++_ordinal;
        var print = PrintOf(request);
        var lookup = new WriteLookup(
            write.Connection,
            journal.Header.Marker,
            id => journal.Keys.Any(other => other.Writes.Any(done => done.Id == id))
        );
        var earlier = key.Find(ordinal);
        if (earlier is { State: not BatchWriteState.NotDone } && earlier.Print != print)
        {
            throw Stop(
                request,
                BatchProblem.OtherRequest,
                $"Request {ordinal} of the key '{key.Key}' is not the one that an earlier run sent ({earlier.Operation}): the block sends in another order, or something else."
            );
        }

        switch (earlier?.State)
        {
            case BatchWriteState.Done:
                return await ReplayAsync(write, lookup, key, earlier, cancellationToken).ConfigureAwait(false);
            case BatchWriteState.NotDone when !_hadEnded && key.IsSettledAfter(ordinal):
                // The block went another way after the refusal, and has to go the same way again.
                throw Refuse(
                    request,
                    BatchProblem.RefusedBefore,
                    $"Polar refused request {ordinal} of the key '{key.Key}' in an earlier run ({earlier.Error}), and the block went on."
                );
            case BatchWriteState.Sending when !request.Repeatable:
                if (await FindAsync(write, lookup, key, earlier, cancellationToken).ConfigureAwait(false))
                {
                    return await ReplayAsync(write, lookup, key, earlier, cancellationToken).ConfigureAwait(false);
                }

                break;
        }

        return await TransmitAsync(
                write,
                lookup,
                key,
                new BatchWrite(ordinal, WriteKinds.OperationOf(request), print, earlier?.Mark, DateTimeOffset.UtcNow),
                wasSent: earlier is { State: BatchWriteState.Sending },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    // Looks for what an earlier run has sent. Whether it is there; if that cannot be told, nothing more is sent.
    private async Task<bool> FindAsync(
        ScopedWrite write,
        WriteLookup lookup,
        BatchKey key,
        BatchWrite earlier,
        CancellationToken cancellationToken
    )
    {
        var request = write.Request;
        var what =
            $"request {earlier.Ordinal} of the key '{key.Key}' ({earlier.Operation}), sent at "
            + earlier.SentAt.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        try
        {
            var result = await lookup.FindAsync(request, earlier, cancellationToken).ConfigureAwait(false);
            var left = earlier.SentAt + settleTime - DateTimeOffset.UtcNow;
            left = left > settleTime ? settleTime : left;
            if (result.Outcome == LookupOutcome.Absent && left > TimeSpan.Zero)
            {
                // A request that is still on its way, or has only just arrived, is in no list yet.
                write.Connection.TellWait(
                    FormattableString.Invariant($"Looking again in {Math.Ceiling(left.TotalSeconds):0} s for {what}")
                );
                await Task.Delay(left, cancellationToken).ConfigureAwait(false);
                result = await lookup.FindAsync(request, earlier, cancellationToken).ConfigureAwait(false);
            }

            switch (result.Outcome)
            {
                case LookupOutcome.Found:
                    journal.Done(key, earlier.Ordinal, result.Id, null);
                    return true;
                case LookupOutcome.Absent:
                    journal.NotDone(key, earlier.Ordinal, "absent");
                    return false;
            }
        }
        catch (PolarException exception)
        {
            throw Stop(
                request,
                BatchProblem.OutcomeUnknown,
                $"Whether {what}, was carried out could not be looked up: {exception.Message}",
                exception
            );
        }

        throw Stop(
            request,
            BatchProblem.OutcomeUnknown,
            $"Whether {what}, was carried out cannot be found out; it is not sent again. Check it, and do what is left of this key by hand."
        );
    }

    private async Task<HttpResponseMessage> TransmitAsync(
        ScopedWrite write,
        WriteLookup lookup,
        BatchKey key,
        BatchWrite planned,
        bool wasSent,
        CancellationToken cancellationToken
    )
    {
        var request = write.Request;
        var mark = planned.Mark ?? MarkOf(key, planned.Ordinal);
        var marked =
            WriteKinds.CreationOf(request) is { TakesMetadata: true } && journal.Header.Marker is { } marker
                ? Marking.Add(request.Body!, marker, mark)
                : null;
        if (marked is not null)
        {
            Replace(write.Message, marked, request.MediaType);
        }

        var sending = new BatchWrite(
            planned.Ordinal,
            planned.Operation,
            planned.Print,
            marked is null ? null : mark,
            planned.SentAt
        );
        journal.Sending(key, sending);
        HttpResponseMessage response;
        try
        {
            Sent++;
            response = await write.Send(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ResponseErrors.MayHaveHappened(request, write.Message))
        {
            if (!wasSent)
            {
                journal.NotDone(key, sending.Ordinal, "not sent");
            }

            throw;
        }
        catch (PolarNotFoundException) when (wasSent && request is { Repeatable: true, Method.Method: "DELETE" })
        {
            // The earlier run did it.
            journal.Done(key, sending.Ordinal, null, (int)HttpStatusCode.NoContent);
            return Empty(HttpStatusCode.NoContent);
        }
        catch (PolarException exception) when (!exception.OutcomeUnknown && !wasSent)
        {
            journal.NotDone(key, sending.Ordinal, exception.ErrorName ?? exception.GetType().Name);
            throw;
        }
        catch (PolarException exception)
        {
            if (
                await LookAtOnceAsync(write, lookup, key, sending, cancellationToken).ConfigureAwait(false) is
                { } answer
            )
            {
                return answer;
            }

            _stopped = $"Request {sending.Ordinal} ({sending.Operation}) got no clear answer: {exception.Reason}";
            throw;
        }

        return await AcceptAsync(write, lookup, key, sending, response, cancellationToken).ConfigureAwait(false);
    }

    // A success counts if it is Polar's.
    private async Task<HttpResponseMessage> AcceptAsync(
        ScopedWrite write,
        WriteLookup lookup,
        BatchKey key,
        BatchWrite sending,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        var bytes = AnswerBody.BytesOf(response);
        var id = IdIn(bytes, out var isDocument);
        var isClear = WriteKinds.CreationOf(write.Request) is null ? isDocument || bytes.Count == 0 : id is not null;
        if (isClear)
        {
            journal.Done(key, sending.Ordinal, id, bytes.Count == 0 ? (int)response.StatusCode : null);
            return response;
        }

        if (await LookAtOnceAsync(write, lookup, key, sending, cancellationToken).ConfigureAwait(false) is { } answer)
        {
            response.Dispose();
            return answer;
        }

        _stopped = $"Request {sending.Ordinal} ({sending.Operation}) got an answer that is not Polar's.";
        return response;
    }

    // It may have been carried out although its answer was lost; then the block goes on as if it had come.
    private async Task<HttpResponseMessage?> LookAtOnceAsync(
        ScopedWrite write,
        WriteLookup lookup,
        BatchKey key,
        BatchWrite sending,
        CancellationToken cancellationToken
    )
    {
        if (write.Request.Repeatable)
        {
            return null;
        }

        try
        {
            var result = await lookup.FindAsync(write.Request, sending, cancellationToken).ConfigureAwait(false);
            if (
                result.Outcome != LookupOutcome.Found
                || await lookup.ReadBackAsync(write.Request, result.Id, cancellationToken).ConfigureAwait(false)
                    is not { } text
            )
            {
                return null;
            }

            journal.Done(key, sending.Ordinal, result.Id, null);
            return Json(text);
        }
        catch (PolarException)
        {
            // It is looked for again when the batch is run again.
            return null;
        }
    }

    // What the answer was, as it can be read now.
    private async Task<HttpResponseMessage> ReplayAsync(
        ScopedWrite write,
        WriteLookup lookup,
        BatchKey key,
        BatchWrite done,
        CancellationToken cancellationToken
    )
    {
        if (done.EmptyStatus is { } status)
        {
            return Empty((HttpStatusCode)status);
        }

        var cause = default(PolarException);
        try
        {
            if (await lookup.ReadBackAsync(write.Request, done.Id, cancellationToken).ConfigureAwait(false) is { } text)
            {
                return Json(text);
            }
        }
        catch (PolarException exception)
        {
            cause = exception;
        }

        throw Stop(
            write.Request,
            BatchProblem.NotReadable,
            $"Request {done.Ordinal} of the key '{key.Key}' ({done.Operation}) was carried out in an earlier run, but "
                + (
                    cause is null
                        ? "its result cannot be read again, so the block cannot go on."
                        : $"its result could not be read: {cause.Message}"
                ),
            cause
        );
    }

    private PolarBatchException Stop(ApiRequest request, BatchProblem problem, string message, Exception? cause = null)
    {
        _stopped = message;
        return Refuse(request, problem, message, cause);
    }

    /// <summary>The refusal of a request.</summary>
    public static PolarBatchException Refuse(
        ApiRequest request,
        BatchProblem problem,
        string message,
        Exception? cause = null
    ) =>
        new(
            message,
            new FailedCall(request.Method.Method, WriteKinds.OperationOf(request).Split(' ')[1], Attempts: 0),
            problem,
            cause
        );

    private string MarkOf(BatchKey key, int ordinal) =>
        Prints.Of(journal.Header.Id, "mark", key.Key, ordinal.ToString(CultureInfo.InvariantCulture)).Substring(0, 32);

    private string PrintOf(ApiRequest request) =>
        Prints
            .Of(
                journal.Header.Id,
                Encoding.UTF8.GetBytes(request.Method.Method + " " + request.Path),
                request.Body ?? []
            )
            .Substring(0, 32);

    private static string? IdIn(ArraySegment<byte> body, out bool isDocument)
    {
        isDocument = false;
        if (body.Count == 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(new ReadOnlyMemory<byte>(body.Array, body.Offset, body.Count));
            isDocument = true;
            return WriteLookup.IdOf(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Replace(HttpRequestMessage message, byte[] body, string mediaType)
    {
        message.Content?.Dispose();
        message.Content = new ByteArrayContent(body);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    private static HttpResponseMessage Json(string text)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)),
        };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return response;
    }

    private static HttpResponseMessage Empty(HttpStatusCode status) =>
        new(status) { Content = new ByteArrayContent([]) };
}
