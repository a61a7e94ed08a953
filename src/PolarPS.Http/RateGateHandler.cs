using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Http;

/// <summary>
/// Holds requests back while the server has asked any of them to wait, or while too many are in progress. Outside the limit of
/// one attempt.
/// </summary>
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
        exchange.Gate = _gate;
        while (true)
        {
            await EnterAsync(exchange, cancellationToken).ConfigureAwait(false);
            var leaves = true;
            try
            {
                var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (exchange.HandsOver(response))
                {
                    // The connection is in use until the body is done with.
                    response.Content = new StreamedContent(response.Content, _gate.Leave);
                    leaves = false;
                }

                return response;
            }
            catch (HttpRequestException) when (exchange.WasTurnedBack)
            {
                // The gate closed while it was connecting. Nothing has been written, and it has the oldest right to go next.
            }
            finally
            {
                if (leaves)
                {
                    _gate.Leave();
                }
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gate.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task EnterAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        exchange.IsWaiting = true;
        if (!await _gate.EnterAsync(exchange.Ticket, cancellationToken).ConfigureAwait(false))
        {
            var wait = _gate.Wait;
            exchange.IsHopeless = true;
            exchange.HoldBack(wait);
            throw new TimeoutException(
                $"{_options.BaseAddress.Host} asks to wait {Show.WholeSeconds(wait)} ({RetryRules.RateLimit}), which is longer than "
                    + $"what is left of {Show.Limit(_options.TotalTimeout)}, the limit for all attempts and waits together."
            );
        }

        exchange.IsWaiting = false;
    }
}
