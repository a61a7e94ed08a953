using System.Net;
using System.Net.Http;
using System.Security.Cryptography;

namespace PolarPS.Client;

/// <summary>A part of a file: where it is, and what it was when the file was read for its checksums.</summary>
internal sealed record FilePart(int Number, long Start, long Length, string Checksum)
{
    public int Index => Number - 1;

    public long End => Start + Length;
}

/// <summary>A part on its way, read from its source while it is sent.</summary>
internal sealed class PartContent(FileSource source, FilePart part, TransferMeter meter, StallWatch watch) : HttpContent
{
    private const int BufferSize = 80 * 1024;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var buffer = new byte[BufferSize];
        using var hash = SHA256.Create();
        for (long sent = 0; sent < part.Length; )
        {
            var count = (int)Math.Min(BufferSize, part.Length - sent);
            await ReadAsync(sent, buffer, count).ConfigureAwait(false);
            hash.TransformBlock(buffer, 0, count, null, 0);
            if (sent + count == part.Length)
            {
                // Before the last bytes leave, so that a part that is not what was announced never arrives whole.
                hash.TransformFinalBlock(buffer, 0, 0);
                if (Convert.ToBase64String(hash.Hash!) != part.Checksum)
                {
                    throw new LocalFileException(source.Changed());
                }
            }

            await stream.WriteAsync(buffer, 0, count, watch.Token).ConfigureAwait(false);
            sent += count;
            watch.Moved(count);
            meter.Reached(part.Index, sent);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = part.Length;
        return true;
    }

    private async Task ReadAsync(long sent, byte[] buffer, int count)
    {
        try
        {
            await source.ReadAsync(part.Start + sent, buffer, count, watch.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new LocalFileException(exception);
        }
    }
}
