using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Http;

/// <summary>Holds requests back while the server has asked any of them to wait. Outside the limit of one attempt.</summary>
internal sealed class RateGateHandler : DelegatingHandler
{
    private readonly TransportOptions _options;
    private readonly RateGate _gate;

    public RateGateHandler(TransportOptions options, RateGate gate)
    {
        _options = options;
        _gate = gate;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var exchange = Exchange.Of(request);
        await _gate.PassAsync(wait => Begin(exchange, wait), cancellationToken).ConfigureAwait(false);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

        // A wait that exceeds every request's limit is not waited by anybody. It also is the kind that Polar imposes on a
        // single route for half an hour, which must not stop the others.
        if (
            (int)response.StatusCode is 429 or 503
            && RetryAfter.Of(response) is { } wait
            && wait < _options.TotalTimeout
        )
        {
            _gate.Close(wait);
        }

        return response;
    }

    private void Begin(Exchange exchange, TimeSpan wait)
    {
        if (wait >= exchange.TimeLeft)
        {
            // It would run into the limit anyway; better now than then.
            exchange.IsHopeless = true;
            throw new TimeoutException(
                $"{_options.BaseAddress.Host} asks to wait {Show.WholeSeconds(wait)}, which is longer than what is left of "
                    + $"{Show.Limit(_options.TotalTimeout)}, the limit for all attempts and waits together."
            );
        }

        exchange.WriteAskedWait(wait, RetryRules.RateLimit);
    }
}
