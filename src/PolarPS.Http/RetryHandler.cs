using System.Net.Http;
using System.Runtime.CompilerServices;

namespace PolarPS.Http;

/// <summary>
/// Sends a request until it has a final response. Enforces the total limit; what is tried
/// again, and after how long, is up to <see cref="RetryRules"/>.
/// </summary>
internal sealed class RetryHandler : DelegatingHandler
{
    private readonly TransportOptions _options;
    private readonly Lazy<Retries> _retries;

    public RetryHandler(TransportOptions options)
    {
        _options = options;
        _retries = new Lazy<Retries>(() => new Retries(options));
    }

    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var exchange = new Exchange(request, _options);
        var content = request.Content;
        using var total = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        total.CancelAfter(_options.TotalTimeout);
        try
        {
            request.Content = await WatchedContent
                .WrapAsync(request, exchange.ContentStarted, _options.BodyLimit)
                .ConfigureAwait(false);
            HttpResponseMessage? response = null;
            Exception? failure = null;
            try
            {
                response = await base.SendAsync(request, total.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exchange.Decide(null, exception, 0))
            {
                failure = exception;
            }

            if (failure is not null || exchange.Decide(response, null, 0))
            {
                response = await _retries
                    .Value.ContinueAsync(
                        exchange,
                        response,
                        failure,
                        token => base.SendAsync(request, token),
                        total.Token
                    )
                    .ConfigureAwait(false);
            }

            exchange.WriteAttempt(null);
            response!.RequestMessage ??= request;
            return response;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            exchange.WriteAttempt("cancelled");
            throw new OperationCanceledException("The request was cancelled.", cancellationToken);
        }
        catch (OperationCanceledException) when (total.IsCancellationRequested)
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
        }
    }
}
