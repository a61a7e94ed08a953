using System.Net.Http;
using System.Runtime.CompilerServices;

namespace PolarPS;

/// <summary>
/// Reads bodies of answers into memory: at most this many bytes, counted after decompression, and no longer than until the
/// token is cancelled, even if the stream ignores tokens.
/// </summary>
internal static class BodyReader
{
    /// <summary>Reads a body.</summary>
    /// <param name="source">The content that comes from the network.</param>
    /// <param name="body">Receives the bytes; after a failure it has those read before.</param>
    /// <param name="limit">How many bytes at most.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Whether that was all; false when the limit was exceeded.</returns>
    /// <exception cref="IOException">Fewer bytes arrived than were announced.</exception>
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    public static async Task<bool> ReadAsync(
        HttpContent source,
        BufferedContent body,
        long limit,
        CancellationToken cancellationToken
    )
    {
        var length = source.Headers.ContentLength;
#if NET5_0_OR_GREATER
        var stream = await source.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#else
        var stream = await source.ReadAsStreamAsync().ConfigureAwait(false);
#endif
        int read;
        do
        {
            var room = body.Room(length - body.Count);
            try
            {
                read = await ReadAsync(stream, room, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                // A stream that was given up may still write there.
                body.Forfeit();
                throw;
            }

            body.Advance(read);
            if (body.Count > limit)
            {
                return false;
            }
        } while (read > 0);

        if (body.Count < length)
        {
            throw new IOException($"{body.Count} of {length} bytes arrived.");
        }

        return true;
    }

#if NET5_0_OR_GREATER
    private static ValueTask<int> ReadAsync(
        Stream stream,
        ArraySegment<byte> room,
        CancellationToken cancellationToken
    ) => stream.ReadAsync(room, cancellationToken);
#else
    // .NET Framework's network streams do not listen to the token.
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
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
#endif
}
