using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Client;

/// <summary>The pages of a list that were requested ahead and not looked at yet, in order.</summary>
internal sealed class PagesAhead<T>(PageSource<T> source, CancellationToken cancellationToken) : IDisposable
    where T : class
{
    private readonly Queue<Task<FetchedPage<T>>> _pages = new();
    private CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    public int Count => _pages.Count;

    /// <summary>The page requested last; null if there is none.</summary>
    public PageWindow? Last { get; private set; }

    public void Request(PageWindow window)
    {
        _pages.Enqueue(FetchAsync(window));
        Last = window;
    }

    /// <summary>The next page.</summary>
    public Task<FetchedPage<T>> TakeAsync()
    {
        var page = _pages.Dequeue();
        Last = _pages.Count == 0 ? null : Last;
        return page;
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
            _ = _pages.Dequeue().ContinueWith(static task => task.Exception, TaskScheduler.Default);
        }

        Last = null;
        _stop.Dispose();
    }
}
