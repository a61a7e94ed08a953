using System.Net;
using System.Net.Http;
using System.Runtime.CompilerServices;
#if NET5_0_OR_GREATER
#endif

namespace PolarPS.Http;

/// <summary>
/// A request's content that can be sent again, knows its length, and tells when it begins to be sent: until then the server
/// cannot have acted on the request.
/// </summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly Action _started;
    private readonly long _length;

    private WatchedContent(HttpContent inner, Action started)
    {
        Inner = inner;
        _started = started;
        _length = inner.Headers.ContentLength ?? 0;
        foreach (var header in inner.Headers)
        {
            if (!header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }
    }

    public HttpContent Inner { get; }

    /// <summary>
    /// The content to send instead of the request's own, an empty one if it has none: Polar wants a Content-Length from
    /// writes, and a request without content is sent up to four times by the framework itself when the server hangs up.
    /// </summary>
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    public static async Task<HttpContent?> WrapAsync(HttpRequestMessage request, Action started, long limit)
    {
        var inner = request.Content;
        if (TransportKeys.Get(request, TransportKeys.Around, (object?)null) is not null)
        {
            // A part of a file: too large to hold, and it can be written again.
            return inner;
        }

        if (inner is null)
        {
#if !NET5_0_OR_GREATER
            // .NET Framework refuses to send these with content.
            if (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head)
            {
                return null;
            }

#endif
            return new WatchedContent(new ByteArrayContent([]), started);
        }

        await inner.LoadIntoBufferAsync(limit).ConfigureAwait(false);
        return new WatchedContent(inner, started);
    }

    // The original belongs to the caller, which disposes of it.

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        _started();
        return Inner.CopyToAsync(stream, context);
    }

#if NET5_0_OR_GREATER
    protected override Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        _started();
        return Inner.CopyToAsync(stream, context, cancellationToken);
    }
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }
}
