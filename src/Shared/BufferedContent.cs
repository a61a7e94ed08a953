using System.Buffers;
using System.Net;
using System.Net.Http;

namespace PolarPS;

/// <summary>
/// A body in memory, in an array of a pool: a new one for each page of objects would land on the large object heap, and
/// listing many pages would spend its time in full collections. Disposing of the body, as disposing of its answer does, gives
/// the array back; what is to be kept has to be copied before.
/// </summary>
internal sealed class BufferedContent : HttpContent
{
    private const int UsualSize = 64 * 1024;

    // Larger ones .NET Framework's pool does not keep, and .NET's keeps for too long. A body beyond it is in several.
    private const int LargestSize = 1024 * 1024;

    private readonly ArrayPool<byte> _pool;
    private readonly List<byte[]> _full = [];
    private byte[]? _last = [];
    private long _fullCount;
    private int _lastCount;
    private bool _isForfeited;

    public BufferedContent()
        : this(ArrayPool<byte>.Shared) { }

    internal BufferedContent(ArrayPool<byte> pool) => _pool = pool;

    /// <summary>How many bytes there are.</summary>
    public long Count => _fullCount + _lastCount;

    private byte[] Last => _last ?? throw new ObjectDisposedException(nameof(BufferedContent));

    /// <summary>Room for the next bytes; about as much as is still expected, where that is known.</summary>
    public ArraySegment<byte> Room(long? expected)
    {
        if (_lastCount == Last.Length)
        {
            Extend(expected);
        }

        return new ArraySegment<byte>(Last, _lastCount, Last.Length - _lastCount);
    }

    /// <summary>Counts this many bytes of the space as used.</summary>
    public void Advance(int count) => _lastCount += count;

    /// <summary>Leaves the arrays to the garbage collector: an abandoned read may still write to them, and must not meet the next owner.</summary>
    public void Forfeit() => _isForfeited = true;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var last = Last;
        foreach (var bytes in _full)
        {
            await WriteAsync(stream, bytes, bytes.Length).ConfigureAwait(false);
        }

        await WriteAsync(stream, last, _lastCount).ConfigureAwait(false);
    }

    // In one piece and open to see: who reads the body needs no copy of it.
    protected override Task<Stream> CreateContentReadStreamAsync()
    {
        var bytes = Last;
        if (_full.Count > 0)
        {
            bytes = new byte[Count];
            var start = 0;
            foreach (var full in _full)
            {
                Buffer.BlockCopy(full, 0, bytes, start, full.Length);
                start += full.Length;
            }

            Buffer.BlockCopy(Last, 0, bytes, start, _lastCount);
        }

        return Task.FromResult<Stream>(new MemoryStream(bytes, 0, (int)Count, writable: false, publiclyVisible: true));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = Count;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Interlocked.Exchange(ref _last, null) is { } last)
        {
            Return(last, _lastCount);
            foreach (var bytes in _full)
            {
                Return(bytes, bytes.Length);
            }
        }
    }

    private static Task WriteAsync(Stream stream, byte[] bytes, int count) =>
#if NET5_0_OR_GREATER
        stream.WriteAsync(bytes.AsMemory(0, count)).AsTask();
#else
        stream.WriteAsync(bytes, 0, count);
#endif

    private void Extend(long? expected)
    {
        // One byte more than expected, so that the end is found without another array.
        long? more = expected is { } left ? Math.Max(left, 0) + 1 : null;
        var full = Last;
        if (full.Length >= LargestSize)
        {
            _full.Add(full);
            _fullCount += full.Length;
            _lastCount = 0;
            _last = _pool.Rent((int)Math.Min(LargestSize, more ?? LargestSize));
            return;
        }

        var larger = _pool.Rent((int)Math.Min(LargestSize, _lastCount + Math.Max(more ?? UsualSize, _lastCount)));
        Buffer.BlockCopy(full, 0, larger, 0, _lastCount);
        _last = larger;
        Return(full, _lastCount);
    }

    private void Return(byte[] bytes, int count)
    {
        if (bytes.Length > 0 && !_isForfeited)
        {
            // The next one to rent it has no business with what Polar answered.
            Array.Clear(bytes, 0, count);
            _pool.Return(bytes);
        }
    }
}
