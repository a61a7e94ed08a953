using System;
using System.Buffers;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS;

/// <summary>
/// A body in memory, in one piece of a pool: a new array for each page of objects would land on the large object heap, and
/// listing many pages would spend its time in full collections. Disposing of the body, as disposing of its answer does, gives
/// the piece back, and whoever wants to keep something of it has to have copied it by then.
/// </summary>
internal sealed class BufferedContent : HttpContent
{
    private const int UsualSize = 64 * 1024;

    // Larger ones the pool would hold on to, although hardly any answer is that large; .NET Framework's takes none.
    private const int LargestPooled = 1024 * 1024;

    private readonly ArrayPool<byte> _pool;
    private byte[]? _bytes = [];
    private int _count;
    private bool _isForfeited;

    public BufferedContent()
        : this(ArrayPool<byte>.Shared) { }

    internal BufferedContent(ArrayPool<byte> pool) => _pool = pool;

    /// <summary>How many bytes there are.</summary>
    public long Count => _count;

    /// <summary>Room for the next bytes; about as much as is still expected, where that is known.</summary>
    public ArraySegment<byte> Room(long? expected)
    {
        var bytes = Bytes;
        if (_count == bytes.Length)
        {
            // One byte more than expected, so that the end is found without growing. What is announced is not believed beyond
            // what is usual.
            var more = (int)Math.Min(LargestPooled, expected is { } left ? Math.Max(left, 0) + 1 : UsualSize);
            bytes = Rent(_count + Math.Max(more, _count));
            Buffer.BlockCopy(Bytes, 0, bytes, 0, _count);
            Return(Interlocked.Exchange(ref _bytes, bytes));
        }

        return new ArraySegment<byte>(bytes, _count, bytes.Length - _count);
    }

    /// <summary>Counts this many bytes of the space as used.</summary>
    public void Advance(int count) => _count += count;

    /// <summary>Leaves the piece to the garbage collector: somebody may write to it yet, who must not meet its next owner.</summary>
    public void Forfeit() => _isForfeited = true;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        stream.WriteAsync(Bytes, 0, _count);

    // In one piece and open to see: who reads the body needs no copy of it.
    protected override Task<Stream> CreateContentReadStreamAsync() =>
        Task.FromResult<Stream>(new MemoryStream(Bytes, 0, _count, writable: false, publiclyVisible: true));

    protected override bool TryComputeLength(out long length)
    {
        length = _count;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            Return(Interlocked.Exchange(ref _bytes, null));
        }
    }

    private byte[] Bytes => _bytes ?? throw new ObjectDisposedException(nameof(BufferedContent));

    private byte[] Rent(int size) => size <= LargestPooled ? _pool.Rent(size) : new byte[size];

    private void Return(byte[]? bytes)
    {
        // The next one to rent it is none of ours, and has no business with what Polar answered.
        if (bytes is { Length: > 0 and <= LargestPooled } && !_isForfeited)
        {
            Array.Clear(bytes, 0, _count);
            _pool.Return(bytes);
        }
    }
}
