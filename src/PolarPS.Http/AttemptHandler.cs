using System.Diagnostics;
using System.Net.Http;
using System.Runtime.CompilerServices;

namespace PolarPS.Http;

/// <summary>
/// Makes one attempt: waits at the gate, sets the headers, sends, and reads the response body, all but the wait within the limit
/// of one attempt. One method on purpose: this is on the way of a session's first call, and each that has to wait is something to load.
/// </summary>
internal sealed class AttemptHandler : DelegatingHandler
{
    private readonly TransportOptions _options;
    private readonly RateGate _gate;

    /// <param name="options">The settings of the client.</param>
    /// <param name="gate">The connection's, which all its requests pass; stays the caller's.</param>
    public AttemptHandler(TransportOptions options, RateGate gate)
    {
        _options = options;
        _gate = gate;
    }

    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var exchange = Exchange.Of(request);
        exchange.Gate = _gate;
        while (true)
        {
            exchange.IsWaiting = true;
            if (!await _gate.EnterAsync(exchange.Ticket, cancellationToken).ConfigureAwait(false))
            {
                throw TooLongAWait(exchange);
            }

            exchange.IsWaiting = false;
            var hasLeft = false;
            var started = 0L;
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            attempt.CancelAfter(_options.AttemptTimeout);
            try
            {
                RequestHeaders.Add(request, exchange, _options);
                if (exchange.TraceBodies)
                {
                    await exchange.WriteAsync(request).ConfigureAwait(false);
                }

                exchange.BeginAttempt();
                started = Stopwatch.GetTimestamp();
                var response = await base.SendAsync(request, attempt.Token).ConfigureAwait(false);
                CloseGate(response);
                if (ResponseBody.IsWanted(request, response, exchange))
                {
                    await ResponseBody.ReadAsync(response, exchange, _options, attempt.Token).ConfigureAwait(false);
                }

                exchange.EndAttempt(Clock.Since(started), response);
                started = 0;
                if (exchange.TraceBodies)
                {
                    await exchange.WriteAsync(response).ConfigureAwait(false);
                }

                if (exchange.HandsOver(response))
                {
                    // The connection is in use until the body is done with.
                    response.Content = new StreamedContent(response.Content, _gate.Leave);
                    hasLeft = true;
                }

                return response;
            }
            catch (Exception exception)
            {
                if (started != 0)
                {
                    exchange.EndAttempt(Clock.Since(started), exception);
                    if (exchange.WasTurnedBack)
                    {
                        // The gate closed while it was connecting; what that looks like from here is up to the version of HTTP. Nothing
                        // has been written, and it has the oldest right to go next.
                        continue;
                    }
                }

                if (Translate(exception, attempt, cancellationToken) is { } other)
                {
                    throw other;
                }

                throw;
            }
            finally
            {
                RequestHeaders.Remove(request, exchange);
                if (!hasLeft)
                {
                    _gate.Leave();
                }
            }
        }
    }

    // With the response's headers and not after its body, while others would still go out. A wait that exceeds every request's
    // limit is waited for by no request. It also is the kind that Polar imposes on a single route for half an hour, which must
    // not stop the others.
    private void CloseGate(HttpResponseMessage response)
    {
        if (
            HttpStatuses.MayAskToWait((int)response.StatusCode)
            && RetryAfter.Of(response) is { } wait
            && wait < _options.TotalTimeout
        )
        {
            _gate.Close(wait);
        }
    }

    /// <summary>What the failure of an attempt means to the outside; null for what it says itself.</summary>
    private Exception? Translate(
        Exception exception,
        CancellationTokenSource attempt,
        CancellationToken cancellationToken
    )
    {
        if (cancellationToken.IsCancellationRequested)
        {
            // Streams that are closed by a cancellation throw various exceptions.
            return exception is OperationCanceledException
                ? null
                : new OperationCanceledException(exception.Message, exception, cancellationToken);
        }

        if (attempt.IsCancellationRequested)
        {
            return new TimeoutException(
                $"{_options.BaseAddress.Host} did not answer within {Show.Limit(_options.AttemptTimeout)}, the limit for one attempt."
            );
        }

        // Nothing was cancelled: this is how the connection pool reports its own limit on connecting.
        return exception is OperationCanceledException
            ? new HttpRequestException(
                _options.InnermostHandler is null
                    ? $"No connection to {_options.BaseAddress.Host} within {Show.Limit(_options.ConnectTimeout)}."
                    : exception.Message,
                exception
            )
            : null;
    }

    private TimeoutException TooLongAWait(Exchange exchange)
    {
        var wait = _gate.Wait;
        exchange.IsHopeless = true;
        exchange.HoldBack(wait);
        return new TimeoutException(
            $"{_options.BaseAddress.Host} asks to wait {Show.WholeSeconds(wait)} ({RetryRules.RateLimit}), which is longer than "
                + $"what is left of {Show.Limit(_options.TotalTimeout)}, the limit for all attempts and waits together."
        );
    }
}
