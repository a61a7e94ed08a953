using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Http;

/// <summary>
/// A body held in pieces that are small enough for the ordinary heap: a page of objects in one array would land on the
/// large object heap, and listing many pages would spend its time in full collections.
/// </summary>
internal sealed class BufferedContent : HttpContent
{
    private const int PieceSize = 64 * 1024;

    private readonly List<ArraySegment<byte>> _pieces = [];
    private long _length;

    /// <summary>How many bytes there are.</summary>
    public long Count => _length;

    /// <summary>Room for the next bytes; about as much as is still expected, where that is known.</summary>
    public ArraySegment<byte> Room(long? expected)
    {
        if (_pieces.Count > 0)
        {
            var last = _pieces[_pieces.Count - 1];
            var used = last.Offset + last.Count;
            if (used < last.Array!.Length)
            {
                return new ArraySegment<byte>(last.Array, used, last.Array.Length - used);
            }
        }

        // One byte more than expected, so that the end is found without another piece.
        var size = (int)Math.Min(PieceSize, expected is { } left ? Math.Max(left, 0) + 1 : PieceSize);
#if NET5_0_OR_GREATER
        var piece = GC.AllocateUninitializedArray<byte>(size);
#else
        var piece = new byte[size];
#endif
        _pieces.Add(new ArraySegment<byte>(piece, 0, 0));
        return new ArraySegment<byte>(piece);
    }

    /// <summary>Counts so many bytes of the room as filled.</summary>
    public void Advance(int count)
    {
        var last = _pieces[_pieces.Count - 1];
        _pieces[_pieces.Count - 1] = new ArraySegment<byte>(last.Array!, 0, last.Count + count);
        _length += count;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        foreach (var piece in _pieces)
        {
            await stream.WriteAsync(piece.Array!, piece.Offset, piece.Count).ConfigureAwait(false);
        }
    }

    protected override Task<Stream> CreateContentReadStreamAsync() =>
        Task.FromResult<Stream>(new PieceStream(_pieces, _length));

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    private sealed class PieceStream : Stream
    {
        private readonly List<ArraySegment<byte>> _pieces;
        private int _piece;
        private int _offset;

        public PieceStream(List<ArraySegment<byte>> pieces, long length)
        {
            _pieces = pieces;
            Length = length;
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length { get; }

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            while (_piece < _pieces.Count)
            {
                var piece = _pieces[_piece];
                var read = Math.Min(count, piece.Count - _offset);
                if (read > 0 || count == 0)
                {
                    Buffer.BlockCopy(piece.Array!, _offset, buffer, offset, read);
                    _offset += read;
                    return read;
                }

                _piece++;
                _offset = 0;
            }

            return 0;
        }

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) =>
            cancellationToken.IsCancellationRequested
                ? Task.FromCanceled<int>(cancellationToken)
                : Task.FromResult(Read(buffer, offset, count));

#if NET5_0_OR_GREATER
        public override int Read(Span<byte> buffer)
        {
            while (_piece < _pieces.Count)
            {
                var left = _pieces[_piece].AsSpan(_offset);
                if (left.Length > 0 || buffer.Length == 0)
                {
                    var read = Math.Min(buffer.Length, left.Length);
                    left[..read].CopyTo(buffer);
                    _offset += read;
                    return read;
                }

                _piece++;
                _offset = 0;
            }

            return 0;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            cancellationToken.IsCancellationRequested
                ? ValueTask.FromCanceled<int>(cancellationToken)
                : new(Read(buffer.Span));
#endif

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
