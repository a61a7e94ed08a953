using System;
using System.Collections.Generic;
using System.Linq;
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
    private const int MostAttempts = 20;
    private const int MostRepeats = 1000;
    private const int MostSame = 2;

    // 16 bytes an item for UUIDs: exact, and small enough to keep for a whole list.
    private readonly HashSet<Guid> _seenIds = [];
    private readonly HashSet<string> _seenKeys = new(StringComparer.Ordinal);
    private readonly Queue<Task<FetchedPage<T>>> _ahead = new();
    private long _itemsRead;
    private int _pageSize;

    // How many rows may come again because others were put in before them, and how many pages in a row brought nothing new.
    private long _added;
    private int _repeats;
    private int _same;

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
                if (
                    previous is not null
                    && await BridgeAsync(previous, page, firstPage, stop.Token).ConfigureAwait(false) is { } bridge
                )
                {
                    stop = Restart(stop, cancellationToken);
                    page = bridge;
                    number = bridge.Number;
                }

                TakeNew(page.Items, items);
                EnsureProgress(previous, page, items.Count);
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

        return ((int)Math.Min(skip / _pageSize, int.MaxValue - 1) + 1, (int)(skip % _pageSize));
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
    /// Finds what may have slipped through between a page and the one before. All that is known was read without a gap, so a
    /// page that has a known row leaves none. Without such a row it is the count that tells whether anything has changed: then
    /// what stands on both sides of the boundary is read in one answer, which cannot have changed within itself.
    /// </summary>
    /// <returns>What to take instead of the page, from a known row on; null if the page follows the one before.</returns>
    private async Task<FetchedPage<T>?> BridgeAsync(
        FetchedPage<T> previous,
        FetchedPage<T> page,
        int firstPage,
        CancellationToken cancellationToken
    )
    {
        // Rows without an id are never known: of them nothing more can be told.
        var hasIds = _seenIds.Count + _seenKeys.Count > 0;
        if (page.TotalCount == previous.TotalCount || page.TotalCount == 0 || !hasIds || page.Items.Any(IsKnown))
        {
            return null;
        }

        var boundary = (page.Number - 1L) * _pageSize;
        var position = Math.Min(boundary, page.TotalCount);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var (number, size) = Around(position);
            var again = await fetch(number, size, cancellationToken).ConfigureAwait(false);
            var rows = again.Items.ToList();
            var start = (number - 1L) * size;
            var end = start + rows.Count;
            var known = rows.FindIndex(IsKnown);
            if (known < 0 && start > 0)
            {
                // The boundary is before this. By how much the count has fallen is a good guess.
                var guess = attempt == 0 ? boundary - (previous.TotalCount - page.TotalCount) : start;
                position = Math.Max(0, Math.Min(guess, Math.Min(start, again.TotalCount)));
                continue;
            }

            var isEnd = rows.Count < size || number >= again.MaxPage;
            if (known >= 0 && !isEnd && IsKnown(rows[rows.Count - 1]))
            {
                // The boundary is behind this.
                position = end;
                continue;
            }

            // Without any known row it is not clear where the wanted extent begins, except at the list's own beginning.
            rows.RemoveRange(0, known < 0 && firstPage > 1 ? rows.Count : Math.Max(0, known));
            if (rows.TrueForAll(IsKnown) || FollowsAt(boundary - start, page, again))
            {
                return null;
            }

            _added += end % _pageSize;
            var pages = (int)((again.TotalCount + _pageSize - 1) / _pageSize);
            return again with { Number = isEnd ? pages : (int)(end / _pageSize), Items = rows, MaxPage = pages };
        }

        throw Incomplete(page, "it changes faster than it can be read");
    }

    // Whether the page still begins where it began, right behind a known row.
    private bool FollowsAt(long index, FetchedPage<T> page, FetchedPage<T> around) =>
        index > 0
        && index < around.Items.Count
        && page.Items.Count > 0
        && IsKnown(around.Items[(int)index - 1])
        && key(around.Items[(int)index]) == key(page.Items[0]);

    // The page that has a position as near to its middle as can be.
    private static (int Number, int Size) Around(long position)
    {
        var best = ListQuery.LargestPage;
        for (var size = best; size >= ListQuery.LargestPage / 2; size--)
        {
            if (Distance(size) > Distance(best))
            {
                best = size;
            }
        }

        return ((int)(position / best) + 1, best);

        long Distance(int size) => Math.Min(position % size, size - (position % size));
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

    private bool IsKnown(T? item) =>
        item is not null
        && key(item) is { } id
        && (Guid.TryParseExact(id, "D", out var guid) ? _seenIds.Contains(guid) : _seenKeys.Contains(id));

    // A server that repeats itself, or ends before its own count, would loop for ever or lose rows without a word.
    private void EnsureProgress(FetchedPage<T>? previous, FetchedPage<T> page, int fresh)
    {
        _added += Math.Max(0, page.TotalCount - (previous ?? page).TotalCount);
        var again = page.Items.Count - fresh;
        // A list without a count, which only tells whether there is more, may end with an empty page.
        var isEmptyEnd = page.Items.Count == 0 && page.Number == page.MaxPage && page.TotalCount < 0;
        if (fresh > 0 || page.Number > page.MaxPage || page.TotalCount == 0 || isEmptyEnd)
        {
            _added = Math.Max(0, _added - Math.Max(0, again));
            _repeats = 0;
            _same = 0;
            return;
        }

        if (page.Items.Count == 0)
        {
            throw Incomplete(page, $"page {page.Number} of {page.MaxPage} is empty");
        }

        // So many rows were put in before these that a whole page comes again. The count tells of them, unless others were
        // removed at the same time; then the rows are at least not those of the page before, not time after time.
        var isRepeated = again > _added && IsSame(page, previous);
        _same = isRepeated ? _same + 1 : 0;
        _repeats++;
        if (_repeats > MostRepeats || _same > MostSame || (isRepeated && page.Number == page.MaxPage))
        {
            throw Incomplete(page, $"page {page.Number} of {page.MaxPage} repeats rows that had come before");
        }

        _added = Math.Max(0, _added - again);
    }

    private bool IsSame(FetchedPage<T> page, FetchedPage<T>? previous) =>
        previous is not null
        && page.Items.Count == previous.Items.Count
        && page.Items.Zip(previous.Items, (left, right) => (left, right))
            .All(pair => pair.left is null || pair.right is null || key(pair.left) == key(pair.right));

    private PolarListException Incomplete(FetchedPage<T> page, string why) =>
        new(
            $"The list is not complete: {why}. {_itemsRead} of {page.TotalCount} rows were read.",
            new FailedCall("GET", Redactor.Redact(page.Path), StatusCode: 200),
            _itemsRead
        );
}
