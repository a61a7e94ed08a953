using System;
using System.Threading;

namespace PolarPS.Client;

/// <summary>Cancels a request that has stalled or nearly stalled, or whose caller has given up.</summary>
internal sealed class StallWatch : IDisposable
{
    // Less than this within the limit counts as nothing: a byte a minute would take forever.
    private const int Least = 16 * 1024;

    private readonly CancellationTokenSource _source;
    private readonly TimeSpan _limit;
    private long _moved;

    public StallWatch(TimeSpan limit, CancellationToken cancellationToken)
    {
        _limit = limit;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = _source.Token;
        Moved(Least);
    }

    public CancellationToken Token { get; }

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
            _source.CancelAfter(_limit);
        }
        catch (ObjectDisposedException)
        {
            // An answer that came before the whole request was sent has ended the watch.
        }
    }

    /// <summary>The response has begun.</summary>
    public void Answered() => Moved(Least);

    public void Dispose() => _source.Dispose();
}
