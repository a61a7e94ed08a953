using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Polly;
using Polly.Timeout;

namespace PolarPS.Http;

/// <summary>Enforces the limit on one attempt, including reading the response body.</summary>
internal sealed class AttemptHandler : DelegatingHandler
{
    private readonly TransportOptions _options;
    private readonly ResiliencePipeline _pipeline;

    public AttemptHandler(TransportOptions options)
    {
        _options = options;
        _pipeline = new ResiliencePipelineBuilder().AddTimeout(options.AttemptTimeout).Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await _pipeline
                .ExecuteAsync(
                    static (state, token) => state.Handler.SendOnceAsync(state.Request, token),
                    (Handler: this, Request: request),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            throw new TimeoutException(
                $"{_options.BaseAddress.Host} did not answer within {Show.Limit(_options.AttemptTimeout)}, the limit for one attempt."
            );
        }
    }

    private async ValueTask<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken token)
    {
        try
        {
            return await base.SendAsync(request, token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!token.IsCancellationRequested)
        {
            // Nothing was cancelled: this is how the connection pool reports its own limit on connecting.
            throw new HttpRequestException(
                _options.InnermostHandler is null
                    ? $"No connection to {_options.BaseAddress.Host} within {Show.Limit(_options.ConnectTimeout)}."
                    : exception.Message,
                exception
            );
        }
        catch (Exception exception) when (exception is not OperationCanceledException && token.IsCancellationRequested)
        {
            // Streams that are closed by a cancellation throw various exceptions.
            throw new OperationCanceledException(exception.Message, exception, token);
        }
    }
}
