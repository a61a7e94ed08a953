namespace PolarPS.Client;

/// <summary>What is uploaded: one stream from which several parts are read at a time.</summary>
internal sealed class FileSource(Stream stream, string name) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly long _origin = stream.Position;

    /// <summary>Its size now.</summary>
    public long Length => stream.Length - _origin;

    public IOException Changed() =>
        new($"'{name}' changed while it was uploaded. The upload was not completed; start it again.");

    /// <summary>Fills the buffer's beginning, or throws.</summary>
    public async Task ReadAsync(long position, byte[] buffer, int count, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            stream.Position = _origin + position;
            for (var filled = 0; filled < count; )
            {
                var read = await stream
                    .ReadAsync(buffer, filled, count - filled, cancellationToken)
                    .ConfigureAwait(false);
                filled += read > 0 ? read : throw Changed();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}

/// <summary>
/// A failure of this computer's own files within a request. Of no kind that the network's failures have, so that it is not
/// taken for one, and nothing is sent again because of it.
/// </summary>
internal sealed class LocalFileException(Exception cause) : Exception(cause.Message, cause)
{
    public static LocalFileException? In(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is LocalFileException found)
            {
                return found;
            }
        }

        return null;
    }
}
