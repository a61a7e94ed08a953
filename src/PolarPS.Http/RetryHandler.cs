using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace PolarPS.Http;

/// <summary>
/// Sends a request until it has a final response. Enforces the total limit; what is tried
/// again, and after how long, is up to <see cref="RetryRules"/>.
/// </summary>
internal sealed class RetryHandler : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<Exchange> ExchangeKey = new("PolarPS.Exchange");

    private readonly TransportOptions _options;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public RetryHandler(TransportOptions options)
    {
        _options = options;
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage>().AddTimeout(options.TotalTimeout);
        if (options.MaximumRetries > 0)
        {
            builder.AddRetry(
                new RetryStrategyOptions<HttpResponseMessage>
                {
                    MaxRetryAttempts = options.MaximumRetries,
                    ShouldHandle = args =>
                        new(
                            ExchangeOf(args.Context)
                                .Decide(args.Outcome.Result, args.Outcome.Exception, args.AttemptNumber)
                        ),
                    DelayGenerator = args => new(ExchangeOf(args.Context).Plan.Pause),
                    OnRetry = args =>
                    {
                        ExchangeOf(args.Context).WriteRetry(args.Outcome.Exception);
                        args.Outcome.Result?.Dispose();
                        return default;
                    },
                }
            );
        }

        _pipeline = builder.Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var exchange = new Exchange(request, _options);
        var content = request.Content;
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(ExchangeKey, exchange);
        try
        {
            request.Content = await WatchedContent
                .WrapAsync(request, exchange.ContentStarted, _options.BodyLimit)
                .ConfigureAwait(false);
            var response = await _pipeline
                .ExecuteAsync(
                    static (context, state) => state.Handler.SendOnceAsync(state.Request, context.CancellationToken),
                    context,
                    (Handler: this, Request: request)
                )
                .ConfigureAwait(false);
            exchange.WriteAttempt(null);
            response.RequestMessage ??= request;
            return response;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            exchange.WriteAttempt("cancelled");
            throw new OperationCanceledException("The request was cancelled.", cancellationToken);
        }
        catch (TimeoutRejectedException)
        {
            exchange.WriteAttempt("total time-out");
            throw new TimeoutException($"{exchange.WhatTookSoLong()} {exchange.AttemptsMade}");
        }
        catch (TimeoutException exception)
        {
            exchange.WriteAttempt("time-out");
            throw new TimeoutException($"{exception.Message} {exchange.AttemptsMade}", exception.InnerException);
        }
        catch (Exception exception)
        {
            exchange.WriteAttempt(Show.Reason(exception));
            throw;
        }
        finally
        {
            request.Content = content;
            exchange.Leave();
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static Exchange ExchangeOf(ResilienceContext context) => context.Properties.GetValue(ExchangeKey, null!);

    private ValueTask<HttpResponseMessage> SendOnceAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    ) => new(base.SendAsync(request, cancellationToken));
}
