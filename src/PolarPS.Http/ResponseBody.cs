using System.Net;
using System.Net.Http;
using System.Runtime.CompilerServices;

namespace PolarPS.Http;

/// <summary>
/// Reads whole response bodies as bytes. Within the limit of one attempt, so that a broken or slow body is a failed attempt
/// like any other and not a surprise for the code that reads the JSON.
/// </summary>
internal static class ResponseBody
{
    /// <summary>Whether the body is to be read here: there is one, and nobody has asked to stream it.</summary>
    public static bool IsWanted(HttpRequestMessage request, HttpResponseMessage response, Exchange exchange) =>
        !exchange.HandsOver(response)
        && response.Content is not null
        && request.Method != HttpMethod.Head
        && response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified);

    /// <summary>Puts the complete body in the place of the response's content; disposes of the response if that fails.</summary>
    /// <param name="response">The response.</param>
    /// <param name="exchange">Told if another attempt would end in the same way.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="HttpRequestException">The body is too large, or was cut off.</exception>
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder))]
    public static async Task ReadAsync(
        HttpResponseMessage response,
        Exchange exchange,
        TransportOptions options,
        CancellationToken cancellationToken
    )
    {
        var source = response.Content;
        var body = new BufferedContent();
        try
        {
            var isWhole = response.IsSuccessStatusCode
                ? source.Headers.ContentLength is not { } length || length <= options.BodyLimit
                    ? await BodyReader
                        .ReadAsync(source, body, options.BodyLimit, cancellationToken)
                        .ConfigureAwait(false)
                    : false
                : await ReadRefusalAsync(source, body, options, cancellationToken).ConfigureAwait(false);
            if (!isWhole && response.IsSuccessStatusCode)
            {
                exchange.IsHopeless = true;
                throw new HttpRequestException($"The response is larger than {options.BodyLimit} bytes.");
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
    private static async Task<bool> ReadRefusalAsync(
        HttpContent source,
        BufferedContent body,
        TransportOptions options,
        CancellationToken cancellationToken
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.RefusalTimeout);
        try
        {
            return await BodyReader.ReadAsync(source, body, options.RefusalLimit, patience.Token).ConfigureAwait(false);
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
