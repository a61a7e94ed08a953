using System.Net;
using System.Net.Http;

namespace PolarPS.Http;

/// <summary>A body that is returned unread, and reports when it is no longer used: until then it occupies a connection.</summary>
internal sealed class StreamedContent : HttpContent
{
    private readonly HttpContent _inner;
    private Action? _done;

    public StreamedContent(HttpContent inner, Action done)
    {
        _inner = inner;
        _done = done;
        foreach (var header in inner.Headers)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => _inner.ReadAsStreamAsync();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        _inner.CopyToAsync(stream, context);

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            Interlocked.Exchange(ref _done, null)?.Invoke();
        }

        base.Dispose(disposing);
    }
}
