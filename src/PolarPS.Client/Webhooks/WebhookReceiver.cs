namespace PolarPS.Client;

/// <summary>
/// Decides which answer a delivery gets: verifies it, has its event handled once, and keeps the outcome of what took longer than
/// Polar waits. It knows nothing of the server at which deliveries arrive. Safe to share between threads.
/// </summary>
public sealed class WebhookReceiver
{
    /// <summary>The longest body that is worth reading, in bytes: 1 MiB.</summary>
    public const int MaximumBody = 1024 * 1024;

    private const int MostLateFailures = 1000;

    private readonly WebhookVerifier? _verifier;
    private readonly Func<WebhookEvent, CancellationToken, Task> _handle;
    private readonly WebhookReceiverOptions _options;
    private readonly object _gate = new();
    private readonly Dictionary<string, Work> _works = new(StringComparer.Ordinal);

    // Failures that nobody has been told of yet, oldest first.
    private readonly LinkedList<string> _lateFailures = new();
    private int _failures;

    /// <summary>A receiver.</summary>
    /// <param name="verifier">Verifies what arrives; null where only <see cref="HandleAsync"/> is used.</param>
    /// <param name="handle">
    /// Handles an event: what it throws makes the delivery fail, so that Polar delivers it again. It may be called several times
    /// at once, for different events.
    /// </param>
    /// <param name="options">Settings; null for the usual ones.</param>
    public WebhookReceiver(
        WebhookVerifier? verifier,
        Func<WebhookEvent, CancellationToken, Task> handle,
        WebhookReceiverOptions? options = null
    )
    {
        _verifier = verifier;
        _handle = handle ?? throw new ArgumentNullException(nameof(handle));
        _options = options ?? new WebhookReceiverOptions();
        Memory = _options.Memory ?? new WebhookMemory();
    }

    /// <summary>Which events were handled.</summary>
    public WebhookMemory Memory { get; }

    /// <summary>
    /// What is refused by its head alone: anything but POST, what a page of the web sends, and what is not signed. Its body need not
    /// be read.
    /// </summary>
    /// <param name="method">The method of the request.</param>
    /// <param name="headers">The headers of the request, their names in any case.</param>
    /// <returns>The answer; null where the request is to be read.</returns>
    public static WebhookReply? Refuse(string method, IEnumerable<KeyValuePair<string, string>> headers)
    {
        if (method != "POST")
        {
            return new WebhookReply(405, "Deliveries are sent with POST.");
        }

        var names = new HashSet<string>(
            (headers ?? throw new ArgumentNullException(nameof(headers))).Select(header => header.Key),
            StringComparer.OrdinalIgnoreCase
        );
        if (names.Contains("Origin"))
        {
            return new WebhookReply(403, "A page of the web has no business here.");
        }

        return
            names.Contains("webhook-id") && names.Contains("webhook-timestamp") && names.Contains("webhook-signature")
            ? null
            : new WebhookReply(400, "This is not a delivery: a header is missing.", WebhookFault.MissingHeader);
    }

    /// <summary>Verifies a delivery, has its event handled unless it was, and tells the answer.</summary>
    /// <param name="headers">The headers of the request, their names in any case.</param>
    /// <param name="body">The body of the request, byte for byte.</param>
    /// <param name="cancellationToken">Ends the waiting, not the handler.</param>
    /// <returns>The answer.</returns>
    public async Task<WebhookReply> ReceiveAsync(
        IEnumerable<KeyValuePair<string, string>> headers,
        byte[] body,
        CancellationToken cancellationToken = default
    )
    {
        WebhookEvent read;
        try
        {
            read = (_verifier ?? throw new InvalidOperationException("There is no verifier.")).Read(headers, body);
        }
        catch (WebhookVerificationException exception)
        {
            return Told(Refusal(exception.Fault), countsAsFailure: exception.Fault == WebhookFault.NotAnEvent);
        }

        read.Source = "Port";
        return Told(await AnswerAsync(read, _options.ResponseTimeout, cancellationToken).ConfigureAwait(false), true);
    }

    /// <summary>Has an event handled that came in another way, such as from a list of deliveries, unless it was handled already.</summary>
    /// <param name="told">The event, with its id.</param>
    /// <param name="cancellationToken">Ends the waiting, not the handler.</param>
    /// <returns>What became of it, as an answer would tell it.</returns>
    public async Task<WebhookReply> HandleAsync(WebhookEvent told, CancellationToken cancellationToken = default) =>
        Told(
            await AnswerAsync(
                    told ?? throw new ArgumentNullException(nameof(told)),
                    Timeout.InfiniteTimeSpan,
                    cancellationToken
                )
                .ConfigureAwait(false),
            true
        );

    private static WebhookReply Refusal(WebhookFault fault) =>
        fault switch
        {
            WebhookFault.MissingHeader or WebhookFault.RepeatedHeader or WebhookFault.BadTimestamp => new(
                400,
                "This is not a delivery: a header is missing, is there twice, or is not valid.",
                fault
            ),
            WebhookFault.NotAnEvent => new(422, "This is not an event: set the format of the endpoint to raw.", fault),
            WebhookFault.OutsideTolerance => new(403, "It was signed too long ago, or in the future.", fault),
            _ => new(403, "No signature is valid.", fault),
        };

    private WebhookReply Told(WebhookReply reply, bool countsAsFailure)
    {
        lock (_gate)
        {
            if (reply.IsSuccess)
            {
                _failures = 0;
            }
            else if (countsAsFailure)
            {
                reply.FailuresInARow = ++_failures;
            }
        }

        _options.Answered?.Invoke(reply);
        return reply;
    }

    private async Task<WebhookReply> AnswerAsync(
        WebhookEvent read,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        var id = read.Id ?? throw new ArgumentException("The event has no id.", nameof(read));
        Work? work;
        lock (_gate)
        {
            if (Memory.IsHandled(id))
            {
                return new WebhookReply(200, "Handled before.");
            }

            if (_lateFailures.Remove(id))
            {
                return new WebhookReply(500, "The handler has failed since the last attempt.");
            }

            if (!_works.TryGetValue(id, out work))
            {
                if (_works.Count >= _options.MaximumPending)
                {
                    return new WebhookReply(503, "Too many events are waiting.");
                }

                work = new Work();
                _works.Add(id, work);
                _ = RunAsync(id, read, work);
            }

            work.Waiting++;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var done = await Task.WhenAny(work.Outcome.Task, Task.Delay(patience, end.Token)).ConfigureAwait(false);
        end.Cancel();
        lock (_gate)
        {
            work.Waiting--;
            if (done != work.Outcome.Task && !work.Outcome.Task.IsCompleted)
            {
                return new WebhookReply(503, "The handler is not done yet; the outcome is kept for the next attempt.");
            }
        }

        return work.Outcome.Task.Result switch
        {
            Outcome.Handled => new WebhookReply(200, "Handled."),
            Outcome.Ended => new WebhookReply(503, "The receiver is ending; the event was not handled."),
            _ => new WebhookReply(500, "The handler has failed."),
        };
    }

    private async Task RunAsync(string id, WebhookEvent read, Work work)
    {
        // Not within the lock.
        await Task.Yield();
        Outcome outcome;
        try
        {
            read.Attempt = Memory.Begin(id);
            await _handle(read, CancellationToken.None).ConfigureAwait(false);
            // Before anyone hears of it.
            Memory.Complete(id);
            outcome = Outcome.Handled;
        }
        catch (Exception exception)
        {
            outcome = exception is OperationCanceledException ? Outcome.Ended : Outcome.Failed;
            Forget(id);
        }

        lock (_gate)
        {
            _works.Remove(id);
            if (outcome == Outcome.Failed && work.Waiting == 0)
            {
                _lateFailures.AddLast(id);
                if (_lateFailures.Count > MostLateFailures)
                {
                    _lateFailures.RemoveFirst();
                }
            }

            work.Outcome.TrySetResult(outcome);
        }
    }

    private void Forget(string id)
    {
        try
        {
            Memory.Fail(id);
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or ObjectDisposedException
                        or UnauthorizedAccessException
                        or ArgumentException
            )
        {
            // The disk is full, or the receiver has ended: then it counts as one that is not finished.
        }
    }

    private enum Outcome
    {
        Handled,
        Failed,
        Ended,
    }

    private sealed class Work
    {
        public TaskCompletionSource<Outcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiting { get; set; }
    }
}
