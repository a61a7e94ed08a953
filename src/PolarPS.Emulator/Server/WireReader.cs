using System.Text;

namespace PolarPS.Emulator;

/// <summary>Reads lines and bodies of HTTP/1.1 from a stream, within limits.</summary>
internal sealed class WireReader
{
    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);

    private readonly Stream _stream;
    private readonly EmulatorServerOptions _options;
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    public WireReader(Stream stream, EmulatorServerOptions options)
    {
        _stream = stream;
        _options = options;
    }

    /// <summary>Reads the head of the next request; null when there are no more.</summary>
    public async Task<RequestHead?> ReadHeadAsync()
    {
        var left = _options.MaximumHead;
        string? line;
        do
        {
            // Some clients leave an empty line behind after a body.
            line = await ReadLineAsync(left, mayEnd: true).ConfigureAwait(false);
            left -= 2;
        } while (line is { Length: 0 });

        if (line is null)
        {
            return null;
        }

        var head = new RequestHead(line);
        left -= line.Length;
        while ((line = await ReadLineAsync(left).ConfigureAwait(false))!.Length > 0)
        {
            left -= line.Length + 2;
            head.AddHeader(line);
        }

        head.Complete();
        return head;
    }

    public async Task<byte[]> ReadBodyAsync(long length)
    {
        if (length > _options.MaximumBody)
        {
            throw TooLarge();
        }

        var body = new byte[length];
        await FillAsync(body, (int)length).ConfigureAwait(false);
        return body;
    }

    public async Task<byte[]> ReadChunksAsync()
    {
        using var body = new MemoryStream();
        while (true)
        {
            var line = await ReadLineAsync(1024).ConfigureAwait(false);
            var digits = line!.Split(';')[0].Trim();
            if (
                digits.Length is 0 or > 8
                || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size)
                || size < 0
            )
            {
                throw new WireException(400, "A chunk does not begin with its size.");
            }

            if (body.Length + size > _options.MaximumBody)
            {
                throw TooLarge();
            }

            if (size == 0)
            {
                // Trailers say nothing that is needed.
                var left = _options.MaximumHead;
                while ((line = await ReadLineAsync(left).ConfigureAwait(false))!.Length > 0)
                {
                    left -= line.Length + 2;
                }

                return body.ToArray();
            }

            var chunk = new byte[size];
            await FillAsync(chunk, size).ConfigureAwait(false);
            body.Write(chunk, 0, size);
            if ((await ReadLineAsync(2).ConfigureAwait(false))!.Length > 0)
            {
                throw new WireException(400, "A chunk is longer than announced.");
            }
        }
    }

    /// <summary>Reads and forgets what still comes, up to a limit.</summary>
    /// <returns>Whether the other side has ended.</returns>
    public async Task<bool> DrainAsync(long limit)
    {
        _start = _end = 0;
        while (limit > 0)
        {
            var read = await _stream.ReadAsync(_buffer, 0, _buffer.Length).ConfigureAwait(false);
            if (read == 0)
            {
                return true;
            }

            limit -= read;
        }

        return false;
    }

    private static WireException TooLarge() => new(413, "The body is too large.");

    // A line without its end.
    private async Task<string?> ReadLineAsync(int limit, bool mayEnd = false)
    {
        var searched = _start;
        while (true)
        {
            var end = Array.IndexOf(_buffer, (byte)'\n', searched, _end - searched);
            if (end >= 0)
            {
                var length = end - _start;
                if (length == 0 || _buffer[end - 1] != '\r')
                {
                    throw new WireException(400, "A line does not end with CR and LF.");
                }

                var line = Latin1.GetString(_buffer, _start, length - 1);
                _start = end + 1;
                return line.Length <= limit ? line : throw TooLong();
            }

            if (_end - _start > limit)
            {
                throw TooLong();
            }

            var known = _end - _start;
            if (!await ReadMoreAsync().ConfigureAwait(false))
            {
                return known == 0 && mayEnd ? null : throw new EndOfStreamException();
            }

            searched = _start + known;
        }
    }

    private static WireException TooLong() => new(431, "The head of the request is too long.");

    private async Task<bool> ReadMoreAsync()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await _stream.ReadAsync(_buffer, _end, _buffer.Length - _end).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }

    private async Task FillAsync(byte[] target, int length)
    {
        var have = Math.Min(length, _end - _start);
        Buffer.BlockCopy(_buffer, _start, target, 0, have);
        _start += have;
        while (have < length)
        {
            var read = await _stream.ReadAsync(target, have, length - have).ConfigureAwait(false);
            if (read == 0)
            {
                throw new EndOfStreamException();
            }

            have += read;
        }
    }
}
