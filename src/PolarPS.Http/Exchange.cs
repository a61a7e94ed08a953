using System.Diagnostics;
using System.Net.Http;

namespace PolarPS.Http;

/// <summary>
/// One request over all its attempts: what the handlers have to know of each other. It travels in the request's own
/// property bag, as the handlers serve many requests at a time.
/// </summary>
internal sealed class Exchange
{
    private const string Key = "PolarPS.Exchange";

    // The framework's buffer has 4096 bytes; the other headers are few and short.
    private const int LongestBufferedHead = 2500;

    private readonly HttpRequestMessage _request;
    private readonly TransportOptions _options;
    private readonly Action<string, string>? _trace;
    private readonly bool _tracesAttempts;
    private readonly long _started = Stopwatch.GetTimestamp();

    private int _attempts;
    private int _nameFailures;
    private volatile bool _contentStarted;
    private volatile bool _turnedBack;
    private long _toldUntil;

    // The attempt that has ended but whose line is not written yet: only the retry handler knows what happens next.
    private bool _pending;
    private TimeSpan _took;
    private string? _status;

    public Exchange(HttpRequestMessage request, TransportOptions options)
    {
        _request = request;
        _options = options;
        Ticket = new Ticket(
            _started + (long)(options.TotalTimeout.TotalSeconds * Stopwatch.Frequency),
            wait => WriteAskedWait(wait, RetryRules.RateLimit)
        );
        _trace = TransportKeys.Get<Action<string, string>?>(request, TransportKeys.Trace, null);
        _tracesAttempts = _trace is not null && !TransportKeys.Get(request, TransportKeys.TraceWaitsOnly, false);
        TraceBodies = _trace is not null && TransportKeys.Get(request, TransportKeys.TraceBodies, false);
        StreamBody = TransportKeys.Get(request, TransportKeys.StreamBody, false);
        IsRepeatable = TransportKeys.Get(
            request,
            TransportKeys.Repeatable,
            request.Method == HttpMethod.Get || request.Method == HttpMethod.Head
        );
        TransportKeys.Set(request, Key, this);
        TransportKeys.Set(request, TransportKeys.Attempts, 0);
        TransportKeys.Set(request, TransportKeys.MayHaveReached, false);
        TransportKeys.Set(request, TransportKeys.HeldBack, null);
    }

    /// <summary>Its place in the queue at the gate.</summary>
    public Ticket Ticket { get; }

    /// <summary>Whether it is in that queue.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>The gate that it has to pass.</summary>
    public RateGate? Gate { get; set; }

    /// <summary>Whether this attempt was given up before anything was written, as the gate had closed.</summary>
    public bool WasTurnedBack => _turnedBack;

    public bool StreamBody { get; }

    public bool TraceBodies { get; }

    public bool IsRepeatable { get; }

    /// <summary>Another attempt would end in the same way, whatever the status.</summary>
    public bool IsHopeless { get; set; }

    /// <summary>The token of this attempt, which no trace may show.</summary>
    public string? Secret { get; set; }

    public RetryPlan Plan { get; private set; }

    public TimeSpan TimeLeft => _options.TotalTimeout - Clock.Since(_started);

    public string AttemptsMade =>
        _attempts switch
        {
            0 => "The request was not sent.",
            1 => "1 attempt was made.",
            _ => $"{_attempts} attempts were made.",
        };

    /// <summary>Whether the failed attempt can have been seen by the server.</summary>
    public bool MayHaveReached(Exception failure) =>
        _options.InnermostHandler is not null
        // Without content, nothing shows when sending began; only that no connection was made.
        || (_request.Content is null ? Failures.KindOf(failure) == FailureKind.NoAnswer : _contentStarted);

    public static Exchange Of(HttpRequestMessage request) =>
        TransportKeys.Get<Exchange?>(request, Key, null)
        ?? throw new InvalidOperationException("The request did not come through the retry handler.");

    /// <summary>Removes this object from the request, which the response keeps alive.</summary>
    public void Leave() => TransportKeys.Set(_request, Key, null);

    /// <summary>Whether the response body is returned unread. That of an error is read like any other.</summary>
    public bool HandsOver(HttpResponseMessage response) =>
        StreamBody && response.IsSuccessStatusCode && response.Content is not null;

    /// <summary>The request begins to be sent: what comes before its content stays in a buffer until then.</summary>
    /// <exception cref="HttpRequestException">The gate has closed while it was connecting; nothing is sent.</exception>
    public void ContentStarted()
    {
#if NET5_0_OR_GREATER
        if (
            Gate?.Wait > TimeSpan.Zero
            && _request.RequestUri!.PathAndQuery.Length + (Secret?.Length ?? 0) < LongestBufferedHead
        )
        {
            _turnedBack = true;
            throw new HttpRequestException("The server asks to wait.");
        }
#endif
        _contentStarted = true;
    }

    /// <summary>Says that the request ends because of a limit of the server's.</summary>
    /// <param name="wait">How much longer the server asks to wait.</param>
    public void HoldBack(TimeSpan wait) => TransportKeys.Set(_request, TransportKeys.HeldBack, wait);

    /// <summary>What the time was spent on when all of it is over.</summary>
    public string WhatTookSoLong()
    {
        var host = _options.BaseAddress.Host;
        var limit = $"{Show.Limit(_options.TotalTimeout)}, the limit for all attempts and waits together";
        // A request that got its place only now has waited as well.
        if ((!IsWaiting && _attempts > 0) || Gate is not { } gate)
        {
            return $"{host} did not answer within {limit}.";
        }

        if (Ticket.WasHeldBack)
        {
            HoldBack(gate.Wait);
            return $"The {RetryRules.RateLimit} of {host} held back the request for {limit}.";
        }

        return $"The request waited for {limit}, while {gate.Places} others, the most sent in parallel, were in progress.";
    }

    public void BeginAttempt()
    {
        _contentStarted = false;
        _turnedBack = false;
        TransportKeys.Set(_request, TransportKeys.Attempts, ++_attempts);
    }

    public void EndAttempt(TimeSpan took, HttpResponseMessage response)
    {
        TransportKeys.Set(_request, TransportKeys.WasHeldBack, Ticket.WasHeldBack);
        TransportKeys.Set(_request, TransportKeys.SentLately, Gate!.SentLately);
        (_pending, _took, _status) = (true, took, _tracesAttempts ? Show.Status(response) : null);
        if (HttpStatuses.IsUnsettled((int)response.StatusCode))
        {
            TransportKeys.Set(_request, TransportKeys.MayHaveReached, true);
        }
    }

    public void EndAttempt(TimeSpan took, Exception failure)
    {
        if (_turnedBack)
        {
            // There was none.
            TransportKeys.Set(_request, TransportKeys.Attempts, --_attempts);
            return;
        }

        (_pending, _took, _status) = (true, took, null);
        if (MayHaveReached(failure))
        {
            TransportKeys.Set(_request, TransportKeys.MayHaveReached, true);
        }

        if (Failures.KindOf(failure) == FailureKind.NameNotFound)
        {
            _nameFailures++;
        }
    }

    /// <summary>Whether to send the request again; how is then in <see cref="Plan"/>.</summary>
    public bool Decide(HttpResponseMessage? response, Exception? failure, int retries)
    {
        var plan =
            IsHopeless || _options.MaximumRetries == 0 ? null
            : response is not null ? RetryRules.AfterAnswer(response, IsRepeatable)
            : failure is not null
                ? RetryRules.AfterFailure(failure, IsRepeatable, MayHaveReached(failure), _nameFailures)
            : null;
        if (plan is null)
        {
            return false;
        }

        Plan = plan.Value.WithDelay(_options, retries);
        // A wait beyond the limit would be pointless.
        return Plan.Delay < TimeLeft;
    }

    /// <summary>Writes the line of the last attempt that is not followed by another.</summary>
    /// <param name="reason">Why there is no response; null if there is one.</param>
    public void WriteAttempt(string? reason) => WriteAttempt(reason, string.Empty);

    /// <summary>Writes the line of an attempt that is followed by another, and what the wait is for.</summary>
    public void WriteRetry(Exception? failure)
    {
        var reason =
            failure is null || !_tracesAttempts ? null
            : failure is TimeoutException ? "time-out"
            : Show.Reason(failure);
        WriteAttempt(
            reason,
            Plan.Why is not null
                ? $"; waiting {Show.Wait(Plan.Delay)} as the server asks"
                : $"; trying again in {Show.Wait(Plan.Delay)}"
        );
        if (Plan.Why is not null)
        {
            WriteAskedWait(Plan.Asked, Plan.Why);
        }
        else if (Plan.Delay > TimeSpan.FromSeconds(1))
        {
            Write(TransportKeys.TraceWait, $"Trying again in {Show.WholeSeconds(Plan.Delay)}");
        }
    }

    public void WriteAskedWait(TimeSpan wait, string why)
    {
        // The retry and the gate may both report the same wait.
        var until = Stopwatch.GetTimestamp() + (long)(wait.TotalSeconds * Stopwatch.Frequency);
        if (wait > TimeSpan.FromSeconds(1) && until - Volatile.Read(ref _toldUntil) > Stopwatch.Frequency)
        {
            Volatile.Write(ref _toldUntil, until);
            Write(TransportKeys.TraceWait, $"Polar asks to wait {Show.WholeSeconds(wait)} ({why})");
        }
    }

    /// <summary>Shows the request, for -Debug.</summary>
    public async Task WriteAsync(HttpRequestMessage request) =>
        Write(TransportKeys.TraceDebug, await HttpText.OfAsync(request, Secret).ConfigureAwait(false));

    /// <summary>Shows the response, for -Debug.</summary>
    public async Task WriteAsync(HttpResponseMessage response) =>
        Write(
            TransportKeys.TraceDebug,
            await HttpText.OfAsync(response, HandsOver(response), Secret).ConfigureAwait(false)
        );

    private void Write(string kind, string text)
    {
        try
        {
            _trace?.Invoke(kind, Redactor.Redact(text, Secret));
        }
        catch (Exception)
        {
            // An observer must not break what it observes: the request may have been carried out already.
        }
    }

    private void WriteAttempt(string? reason, string next)
    {
        if (!_pending)
        {
            return;
        }

        _pending = false;
        if (!_tracesAttempts)
        {
            return;
        }

        var outcome = _status is not null && reason is null ? _status : $"no response: {reason}";
        var count = _attempts > 1 ? $" (attempt {_attempts} of {_options.MaximumRetries + 1})" : string.Empty;
        Write(
            TransportKeys.TraceVerbose,
            $"{_request.Method} {_request.RequestUri!.PathAndQuery} -> {outcome} in {Show.Elapsed(_took)}{count}{next}"
        );
    }
}
