using System.Net.Http;
using Polly;
using Polly.Retry;

namespace PolarPS.Http;

/// <summary>
/// What comes after a first attempt that was not the last: pauses and further attempts. The only class that names Polly, which is
/// therefore loaded after a first failure and not with a session's first call.
/// </summary>
internal sealed class Retries
{
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public Retries(TransportOptions options) =>
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(
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
            )
            .Build();

    /// <summary>Goes on from the outcome of the first attempt, the response or the failure, until an outcome is final.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="response">The response of the first attempt; null if it failed.</param>
    /// <param name="failure">How it failed.</param>
    /// <param name="send">Makes another attempt.</param>
    /// <param name="cancellationToken">Cancels the request, its pauses too.</param>
    public async Task<HttpResponseMessage> ContinueAsync(
        Exchange exchange,
        HttpResponseMessage? response,
        Exception? failure,
        Func<CancellationToken, Task<HttpResponseMessage>> send,
        CancellationToken cancellationToken
    )
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(Key.OfExchange, exchange);
        var first = failure is null ? Task.FromResult(response!) : Task.FromException<HttpResponseMessage>(failure);
        try
        {
            return await _pipeline
                .ExecuteAsync(
                    running =>
                    {
                        var attempt = first ?? send(running.CancellationToken);
                        first = null;
                        return new ValueTask<HttpResponseMessage>(attempt);
                    },
                    context
                )
                .ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static Exchange ExchangeOf(ResilienceContext context) => context.Properties.GetValue(Key.OfExchange, null!);

    // Apart: a field that is a struct of Polly's would load Polly with the class that has it.
    private static class Key
    {
        public static readonly ResiliencePropertyKey<Exchange> OfExchange = new("PolarPS.Exchange");
    }
}
