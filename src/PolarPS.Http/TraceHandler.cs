using System;
using System.Diagnostics;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Http;

/// <summary>
/// Observes one attempt: counts it, measures it, and shows it to observers. Inside the handler of the headers, to see
/// the request as it is sent, and outside that of the body, to see the answer as a whole.
/// </summary>
internal sealed class TraceHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var exchange = Exchange.Of(request);
        if (exchange.TraceBodies)
        {
            exchange.Write(
                TransportKeys.TraceDebug,
                await HttpText.OfAsync(request, exchange.Secret).ConfigureAwait(false)
            );
        }

        exchange.BeginAttempt();
        var started = Stopwatch.GetTimestamp();
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            exchange.EndAttempt(Clock.Since(started), exception);
            throw;
        }

        exchange.EndAttempt(Clock.Since(started), response);
        if (exchange.TraceBodies)
        {
            exchange.Write(
                TransportKeys.TraceDebug,
                await HttpText.OfAsync(response, exchange.HandsOver(response), exchange.Secret).ConfigureAwait(false)
            );
        }

        return response;
    }
}
