using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Client;

/// <summary>
/// Reads a list page by page, in order, with a bounded number of pages requested ahead. The server pages by offset over a
/// list that others change meanwhile; this is where that is made good.
/// </summary>
internal sealed class PageReader<T>(
    ListQuery query,
    Func<int, int, CancellationToken, Task<FetchedPage<T>>> fetch,
    Func<T, string?> key
)
    where T : class
{
    private const int MostReadAhead = 8;
    private const int MostReconciliations = 3;

    // 16 bytes an item for UUIDs: exact, and small enough to keep for a whole list.
    private readonly HashSet<Guid> _seenIds = [];
    private readonly HashSet<string> _seenKeys = new(StringComparer.Ordinal);
    private readonly Queue<Task<FetchedPage<T>>> _ahead = new();
    private long _itemsRead;
    private int _pageSize;

    public async IAsyncEnumerable<ListPage<T>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (query.First is <= 0)
        {
            // Nothing is wanted but, perhaps, the count.
            var only = await fetch(1, 1, cancellationToken).ConfigureAwait(false);
            yield return new ListPage<T>([], only.TotalCount);
            yield break;
        }

        var (firstPage, drop) = Plan();
        var left = query.First;
        var number = firstPage;
        FetchedPage<T>? previous = null;
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (true)
            {
                var page = await NextAsync(number, stop.Token).ConfigureAwait(false);
                var items = new List<T>(page.Items.Count);
                if (previous is not null && page.TotalCount != previous.TotalCount)
                {
                    // The list has changed between the two: rows may have moved across the page boundary.
                    stop = Restart(stop, cancellationToken);
                    page = await ReconcileAsync(previous, page, firstPage, items, stop.Token).ConfigureAwait(false);
                }

                var fresh = TakeNew(page.Items, items);
                if (previous is not null)
                {
                    EnsureProgress(previous, page, fresh);
                }

                if (drop > 0)
                {
                    items.RemoveRange(0, Math.Min(drop, items.Count));
                    drop = 0;
                }

                if (left is long wanted && items.Count > wanted)
                {
                    items.RemoveRange((int)wanted, items.Count - (int)wanted);
                }

                left -= items.Count;
                var isLast = left is <= 0 || number >= page.MaxPage;
                previous = page;
                if (!isLast && number > firstPage)
                {
                    // From the second page on: whoever stops within the first has caused one request.
                    ReadAhead(number, page, left, stop.Token);
                }

                yield return new ListPage<T>(items, page.TotalCount);
                if (isLast)
                {
                    yield break;
                }

                if (number == firstPage)
                {
                    ReadAhead(number, page, left, stop.Token);
                }

                number++;
            }
        }
        finally
        {
            // Requests that nobody waits for any more end now, also when the consumer left in the middle.
            stop.Cancel();
            Abandon();
            stop.Dispose();
        }
    }

    // Where the wanted extent begins, and in pages of which size it is read with the fewest requests.
    private (int FirstPage, int Drop) Plan()
    {
        var skip = Math.Max(0, query.Skip);
        _pageSize = Math.Min(ListQuery.LargestPage, Math.Max(1, query.PageSize ?? ListQuery.LargestPage));
        if (query.PageSize is null && query.First is long first && first < _pageSize && skip % first == 0)
        {
            _pageSize = (int)first;
        }

        return (checked((int)(skip / _pageSize)) + 1, (int)(skip % _pageSize));
    }

    private Task<FetchedPage<T>> NextAsync(int number, CancellationToken cancellationToken) =>
        _ahead.Count > 0 ? _ahead.Dequeue() : fetch(number, _pageSize, cancellationToken);

    private void ReadAhead(int number, FetchedPage<T> page, long? left, CancellationToken cancellationToken)
    {
        var depth = Math.Min(MostReadAhead, Math.Max(0, query.ReadAhead));
        var last = (long)page.MaxPage;
        if (left is long wanted)
        {
            last = Math.Min(last, number + ((wanted + _pageSize - 1) / _pageSize));
        }

        while (_ahead.Count < depth && number + _ahead.Count + 1 <= last)
        {
            _ahead.Enqueue(fetch(number + _ahead.Count + 1, _pageSize, cancellationToken));
        }
    }

    // What was read ahead was read from the list as it was; it is let go and read again.
    private CancellationTokenSource Restart(CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        stop.Cancel();
        Abandon();
        stop.Dispose();
        return CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    private void Abandon()
    {
        while (_ahead.Count > 0)
        {
            // Its failure is of no interest, and must not surface as an unobserved exception.
            _ = _ahead.Dequeue().ContinueWith(static task => task.Exception, TaskScheduler.Default);
        }
    }

    /// <summary>
    /// Reads the pages around the boundary again until the count stands still, and takes what had slipped through: after a
    /// deletion rows move to the page before, which has already been read.
    /// </summary>
    private async Task<FetchedPage<T>> ReconcileAsync(
        FetchedPage<T> previous,
        FetchedPage<T> page,
        int firstPage,
        List<T> items,
        CancellationToken cancellationToken
    )
    {
        var before = previous.TotalCount;
        for (var round = 0; round < MostReconciliations; round++)
        {
            var moved = Math.Abs(page.TotalCount - before);
            var back = (int)Math.Min(page.Number - firstPage, (moved + _pageSize - 1) / _pageSize);
            for (var number = page.Number - Math.Max(1, back); number < page.Number; number++)
            {
                var again = await fetch(number, _pageSize, cancellationToken).ConfigureAwait(false);
                TakeNew(again.Items, items);
            }

            before = page.TotalCount;
            page = await fetch(page.Number, _pageSize, cancellationToken).ConfigureAwait(false);
            if (page.TotalCount == before)
            {
                break;
            }
        }

        return page;
    }

    private int TakeNew(IReadOnlyList<T> from, List<T> into)
    {
        var count = 0;
        foreach (var item in from)
        {
            // A null among the items is no item.
            if (item is not null && IsNew(item))
            {
                into.Add(item);
                count++;
            }
        }

        _itemsRead += count;
        return count;
    }

    private bool IsNew(T item)
    {
        var id = key(item);
        return id is null || (Guid.TryParseExact(id, "D", out var guid) ? _seenIds.Add(guid) : _seenKeys.Add(id));
    }

    // A server that repeats itself, or ends before its own count, would loop for ever or lose rows without a word.
    private void EnsureProgress(FetchedPage<T> previous, FetchedPage<T> page, int fresh)
    {
        if (fresh > 0 || page.Number > page.MaxPage || page.TotalCount != previous.TotalCount)
        {
            return;
        }

        var what = page.Items.Count == 0 ? "is empty" : "repeats rows that had come before";
        throw new PolarListException(
            $"The list is not complete: page {page.Number} of {page.MaxPage} {what}. {_itemsRead} of {page.TotalCount} rows were read.",
            new FailedCall("GET", Redactor.Redact(page.Path), StatusCode: 200),
            _itemsRead
        );
    }
}
