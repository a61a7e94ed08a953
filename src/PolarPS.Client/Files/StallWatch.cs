using System;
using System.Threading;

namespace PolarPS.Client;

/// <summary>Ends a request that does not move any more, or whose caller has given up.</summary>
internal sealed class StallWatch : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly TimeSpan _limit;

    public StallWatch(TimeSpan limit, CancellationToken cancellationToken)
    {
        _limit = limit;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = _source.Token;
        Moved();
    }

    public CancellationToken Token { get; }

    /// <summary>Something was sent or received.</summary>
    public void Moved()
    {
        try
        {
            _source.CancelAfter(_limit);
        }
        catch (ObjectDisposedException)
        {
            // An answer that came before the whole request was sent has ended the watch.
        }
    }

    public void Dispose() => _source.Dispose();
}
