namespace PolarPS.Client;

/// <summary>Adds up how far the parts of a transfer have got, and tells it one call at a time.</summary>
internal sealed class TransferMeter(
    IProgress<FileProgress>? progress,
    FileTransferStage stage,
    long? totalBytes,
    int totalParts
)
{
    private readonly object _gate = new();
    private readonly long[] _reached = new long[totalParts];

    private long _bytes;
    private int _parts;

    /// <summary>A part got so far. When it is sent again it has to get past where it was before it counts.</summary>
    public void Reached(int index, long bytes)
    {
        lock (_gate)
        {
            if (bytes > _reached[index])
            {
                _bytes += bytes - _reached[index];
                _reached[index] = bytes;
                Report();
            }
        }
    }

    public void PartDone()
    {
        lock (_gate)
        {
            _parts++;
            Report();
        }
    }

    private void Report()
    {
        try
        {
            progress?.Report(new FileProgress(stage, _bytes, totalBytes, _parts, totalParts));
        }
        catch (Exception)
        {
            // An observer must not break what it observes.
        }
    }
}
