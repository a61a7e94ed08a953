using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Http;

/// <summary>
/// Reads the whole response body as bytes. Inside the limit of one attempt, so that a broken or slow body is a failed attempt
/// like any other and not a surprise for the code that reads the JSON.
/// </summary>
internal sealed class BodyHandler : DelegatingHandler
{
    private readonly TransportOptions _options;

    public BodyHandler(TransportOptions options) => _options = options;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var exchange = Exchange.Of(request);
        if (
            exchange.HandsOver(response)
            || response.Content is null
            || request.Method == HttpMethod.Head
            || response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified
        )
        {
            return response;
        }

        var source = response.Content;
        var body = new BufferedContent();
        try
        {
            var isWhole = response.IsSuccessStatusCode
                ? source.Headers.ContentLength is not { } length || length <= _options.BodyLimit
                    ? await BodyReader
                        .ReadAsync(source, body, _options.BodyLimit, cancellationToken)
                        .ConfigureAwait(false)
                    : false
                : await ReadRefusalAsync(source, body, cancellationToken).ConfigureAwait(false);
            if (!isWhole && response.IsSuccessStatusCode)
            {
                exchange.IsHopeless = true;
                throw new HttpRequestException($"The response is larger than {_options.BodyLimit} bytes.");
            }

            foreach (var header in source.Headers)
            {
                if (isWhole || !header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                {
                    body.Headers.TryAddWithoutValidation(header.Key, header.Value);
                }
            }

            response.Content = body;
            Discard(source, isWhole);
            return response;
        }
        catch (Exception exception)
        {
            Discard(response, isWhole: false);
            if (exception is IOException or InvalidDataException or ObjectDisposedException or WebException)
            {
                throw new HttpRequestException("The response was cut off: " + exception.Message, exception);
            }

            throw;
        }
    }

    // For an error response, the status matters. Whatever arrives of its body is returned, even if it is cut off, slow or endless.
    private async Task<bool> ReadRefusalAsync(
        HttpContent source,
        BufferedContent body,
        CancellationToken cancellationToken
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_options.RefusalTimeout);
        try
        {
            return await BodyReader
                .ReadAsync(source, body, _options.RefusalLimit, patience.Token)
                .ConfigureAwait(false);
        }
        catch (Exception exception)
            when (!cancellationToken.IsCancellationRequested
                && exception
                    is IOException
                        or InvalidDataException
                        or ObjectDisposedException
                        or WebException
                        or HttpRequestException
                        or OperationCanceledException
            )
        {
            return false;
        }
    }

    private static void Discard(IDisposable content, bool isWhole)
    {
#if !NET5_0_OR_GREATER
        if (!isWhole)
        {
            // On .NET Framework closing can wait for the rest of the body.
            Task.Run(content.Dispose);
            return;
        }
#endif
        content.Dispose();
    }
}
