using System.Diagnostics;

namespace PolarPS.Client;

/// <summary>The pages of a list that were requested ahead and not looked at yet, in order.</summary>
/// <remarks>
/// How many are worth requesting shows while the list is read: at first by how long the first page took to come and to be used. As
/// long as the consumer has to wait for pages, it is twice as many. Where pages wait for the consumer, it is as many as arrive in
/// the time in which one is consumed, and one more: a pipeline that writes something for each row is not run away from, and what
/// it takes of the rate limit is its own. Where requests are scarce, as the server asks to wait or its limit is close, it is one.
/// </remarks>
/// <param name="source">The pages.</param>
/// <param name="most">How many at most.</param>
/// <param name="cancellationToken">Ends all requests.</param>
internal sealed class PagesAhead<T>(PageSource<T> source, int most, CancellationToken cancellationToken) : IDisposable
    where T : class
{
    private const int AtFirst = 4;

    // If the first page was used up much faster than it came. By how much says little yet: the code that uses it has only just been
    // compiled.
    private const int MoreAtFirst = 8;

    // Each with the turn in which it was requested.
    private readonly Queue<(Task<FetchedPage<T>> Page, long Turn)> _pages = new();

    private int _depth = Math.Min(AtFirst, most);

    // How many pages the consumer is done with.
    private long _turn;

    // Of the page that it has now: when it got it, how long it took to come, and whether requests were scarce then.
    private long _takenAt;
    private TimeSpan _took;
    private bool _isScarce;

    private CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    public int Count => _pages.Count;

    /// <summary>How many pages to request ahead now.</summary>
    public int Depth => _isScarce ? Math.Min(1, most) : _depth;

    /// <summary>The page requested last; null if there is none.</summary>
    public PageWindow? Last { get; private set; }

    public void Request(PageWindow window)
    {
        _pages.Enqueue((FetchAsync(window), _turn));
        Last = window;
    }

    /// <summary>The next page.</summary>
    public Task<FetchedPage<T>> TakeAsync()
    {
        var (page, turn) = _pages.Dequeue();
        Last = _pages.Count == 0 ? null : Last;
        // For one that was requested just now there is a wait anyway.
        if (!page.IsCompleted && turn < _turn)
        {
            _depth = Math.Min(most, _depth * 2);
        }

        return page;
    }

    /// <summary>Notes that the consumer begins with a page.</summary>
    public void BeginConsuming(FetchedPage<T> page)
    {
        _isScarce = page.Timing.IsScarce;
        _took = page.Timing.Took;
        _takenAt = Stopwatch.GetTimestamp();
    }

    /// <summary>Notes that it is done with the page, and asks for another.</summary>
    public void EndConsuming()
    {
        var consumed = Math.Max(1, Stopwatch.GetTimestamp() - _takenAt);
        var enough = 1 + Math.Ceiling(_took.TotalSeconds * Stopwatch.Frequency / consumed);
        var isFirst = _turn++ == 0 && _pages.Count == 0;
        _depth = isFirst
            ? (int)Math.Min(most, enough < AtFirst ? enough : MoreAtFirst)
            : (int)Math.Min(_depth, Math.Max(enough, _depth / 2));
    }

    /// <summary>Requests a page that is looked at before all others.</summary>
    public Task<FetchedPage<T>> FetchAsync(PageWindow window) => source.FetchAsync(window, _stop.Token);

    /// <summary>Ends all requests under way.</summary>
    public void Clear()
    {
        Dispose();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    public void Dispose()
    {
        _stop.Cancel();
        while (_pages.Count > 0)
        {
            // Its failure is of no interest, and must not surface as an unobserved exception.
            _ = _pages.Dequeue().Page.ContinueWith(static task => task.Exception, TaskScheduler.Default);
        }

        Last = null;
        _stop.Dispose();
    }
}
