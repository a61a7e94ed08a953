using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS;

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

    /// <summary>Counts this many bytes of the space as used.</summary>
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
#if NET5_0_OR_GREATER
            await stream.WriteAsync(piece.AsMemory()).ConfigureAwait(false);
#else
            await stream.WriteAsync(piece.Array!, piece.Offset, piece.Count).ConfigureAwait(false);
#endif
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

        // A reader that could not parse the body may read it again.
        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length { get; }

        public override long Position
        {
            get
            {
                long position = _offset;
                for (var piece = 0; piece < _piece; piece++)
                {
                    position += _pieces[piece].Count;
                }

                return position;
            }
            set => Seek(value, SeekOrigin.Begin);
        }

        public override int Read(byte[] buffer, int offset, int count) => Copy(buffer.AsSpan(offset, count));

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) =>
            cancellationToken.IsCancellationRequested
                ? Task.FromCanceled<int>(cancellationToken)
                : Task.FromResult(Copy(buffer.AsSpan(offset, count)));

#if NET5_0_OR_GREATER
        public override int Read(Span<byte> buffer) => Copy(buffer);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            cancellationToken.IsCancellationRequested
                ? ValueTask.FromCanceled<int>(cancellationToken)
                : new(Copy(buffer.Span));
#endif

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin)
        {
            var target = origin switch
            {
                SeekOrigin.Begin => offset,
                SeekOrigin.Current => Position + offset,
                _ => Length + offset,
            };
            if (target < 0 || target > Length)
            {
                throw new ArgumentOutOfRangeException(nameof(offset));
            }

            for (_piece = 0; _piece < _pieces.Count && target >= _pieces[_piece].Count; _piece++)
            {
                target -= _pieces[_piece].Count;
            }

            _offset = (int)target;
            return Position;
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Copy(Span<byte> buffer)
        {
            var copied = 0;
            while (copied < buffer.Length && _piece < _pieces.Count)
            {
                var left = _pieces[_piece].AsSpan(_offset);
                var now = Math.Min(buffer.Length - copied, left.Length);
                left.Slice(0, now).CopyTo(buffer.Slice(copied));
                copied += now;
                _offset += now;
                if (now == left.Length)
                {
                    _piece++;
                    _offset = 0;
                }
            }

            return copied;
        }
    }
}
