namespace PolarPS.Emulator;

/// <summary>A body that is cut off: returns a given number of bytes, then fails like a closed connection.</summary>
internal sealed class BrokenStream : Stream
{
    private readonly byte[] _body;
    private readonly int _end;
    private int _position;

    public BrokenStream(byte[] body, int end)
    {
        _body = body;
        _end = end;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position >= _end)
        {
            throw new IOException("The connection was closed in the middle of the response.");
        }

        var read = Math.Min(count, _end - _position);
        Buffer.BlockCopy(_body, _position, buffer, offset, read);
        _position += read;
        return read;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
