using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Http;

/// <summary>
/// Reads the answer's body whole, as bytes. Innermost, so that a torn or slow body is a failed attempt like any other and
/// not a surprise for whoever reads the JSON.
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
            exchange.StreamBody
            || response.Content is null
            || request.Method == HttpMethod.Head
            || response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified
        )
        {
            return response;
        }

        var source = response.Content;
        try
        {
            var length = source.Headers.ContentLength;
            var body =
                length > _options.BodyLimit
                    ? null
                    : await ReadAsync(source, length, cancellationToken).ConfigureAwait(false);
            if (body is null)
            {
                exchange.IsHopeless = true;
                throw new HttpRequestException($"The answer is larger than {_options.BodyLimit} bytes.");
            }

            foreach (var header in source.Headers)
            {
                body.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            response.Content = body;
            source.Dispose();
            return response;
        }
        catch (Exception exception)
        {
            Discard(response);
            if (exception is IOException or InvalidDataException or ObjectDisposedException or WebException)
            {
                throw new HttpRequestException("The answer broke off: " + exception.Message, exception);
            }

            throw;
        }
    }

    /// <summary>The body, or null when it exceeds the limit.</summary>
    private async Task<BufferedContent?> ReadAsync(
        HttpContent source,
        long? length,
        CancellationToken cancellationToken
    )
    {
#if NET5_0_OR_GREATER
        var stream = await source.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#else
        var stream = await source.ReadAsStreamAsync().ConfigureAwait(false);
#endif
        var body = new BufferedContent();
        int read;
        do
        {
            var room = body.Room(length - body.Count);
            read = await ReadAsync(stream, room, cancellationToken).ConfigureAwait(false);
            body.Advance(read);
            if (body.Count > _options.BodyLimit)
            {
                return null;
            }
        } while (read > 0);

        if (body.Count < length)
        {
            throw new IOException($"{body.Count} of {length} bytes arrived.");
        }

        return body;
    }

#if NET5_0_OR_GREATER
    private static ValueTask<int> ReadAsync(
        Stream stream,
        ArraySegment<byte> room,
        CancellationToken cancellationToken
    ) => stream.ReadAsync(room, cancellationToken);

    private static void Discard(HttpResponseMessage response) => response.Dispose();
#else
    // .NET Framework's network streams do not listen to the token, and closing one can wait for the rest of the body.
    private static async Task<int> ReadAsync(
        Stream stream,
        ArraySegment<byte> room,
        CancellationToken cancellationToken
    )
    {
        var reading = stream.ReadAsync(room.Array!, room.Offset, room.Count, cancellationToken);
        if (!reading.IsCompleted)
        {
            var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
            {
                await Task.WhenAny(reading, cancelled.Task).ConfigureAwait(false);
            }

            if (!reading.IsCompleted)
            {
                _ = reading.ContinueWith(static task => task.Exception, TaskScheduler.Default);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return await reading.ConfigureAwait(false);
    }

    private static void Discard(HttpResponseMessage response) => Task.Run(response.Dispose);
#endif
}
