namespace PolarPS.Client;

/// <summary>Cancels an attempt that has stalled or nearly stalled, or whose caller has given up.</summary>
internal sealed class StallWatch : IDisposable
{
    // Less than this within the limit counts as nothing: a byte a minute would take forever.
    private const int Least = 16 * 1024;

    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _whole;
    private CancellationTokenSource _attempt;
    private long _moved;

    /// <summary>Watches from the first byte on; waiting for a turn is no stall.</summary>
    public StallWatch(TimeSpan limit, CancellationToken cancellationToken)
    {
        _limit = limit;
        _whole = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _attempt = _whole;
    }

    /// <summary>The attempt's; before the first one, the request's.</summary>
    public CancellationToken Token => _attempt.Token;

    public bool HasStalled => _attempt.IsCancellationRequested;

    /// <summary>An attempt begins, and with it the time.</summary>
    public void Begin(CancellationToken cancellationToken)
    {
        End();
        _attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Answered();
    }

    /// <summary>So many bytes were sent or received.</summary>
    public void Moved(int bytes)
    {
        _moved += bytes;
        if (_moved < Least)
        {
            return;
        }

        _moved = 0;
        try
        {
            _attempt.CancelAfter(_limit);
        }
        catch (ObjectDisposedException)
        {
            // An answer that came before the whole request was sent has ended the watch.
        }
    }

    /// <summary>The response has begun.</summary>
    public void Answered() => Moved(Least);

    public void Dispose()
    {
        End();
        _whole.Dispose();
    }

    private void End()
    {
        if (_attempt != _whole)
        {
            _attempt.Dispose();
        }
        else
        {
            // What it may have begun to count is over.
            _whole.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }
}
