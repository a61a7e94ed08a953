using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Client;

/// <summary>
/// Reads a list so that every row that is there from the first request to the last comes exactly once, or says that the list
/// is not complete. What one pass through the list can prove is with <see cref="PageSweep{T}"/>. Where it tells of rows that
/// have moved themselves, the list is read again: a row would have to slip past every pass.
/// </summary>
/// <remarks>
/// A list whose order depends on what can be changed is read whole before the first row is handed over: what the consumer
/// does to the rows does not meet the reading then, and a list that has moved is simply read again.
/// </remarks>
internal sealed class PageReader<T>(
    ListQuery query,
    Func<int, int, CancellationToken, Task<FetchedPage<T>>> fetch,
    Func<T, string?> key,
    Action<long, long>? progress = null
)
    where T : class
{
    private const int MostSweeps = 5;
    private const int MostSweepsInOrder = 3;
    private const string TooFast = "it changes faster than it can be read";
    private const string TooShort = "its pages end before its own count";

    public IAsyncEnumerable<ListPage<T>> ReadAsync(CancellationToken cancellationToken) =>
        query.First is <= 0 ? CountAsync(cancellationToken)
        : query.ReadWhole ?? query.Order == RowOrder.Changing ? ReadWholeAsync(cancellationToken)
        : StreamAsync(cancellationToken);

    // Nothing is wanted but, perhaps, the count.
    private async IAsyncEnumerable<ListPage<T>> CountAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var only = await fetch(1, 1, cancellationToken).ConfigureAwait(false);
        yield return new ListPage<T>([], only.TotalCount);
    }

    private async IAsyncEnumerable<ListPage<T>> StreamAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var sweep = new PageSweep<T>(query, fetch, key);
        await foreach (var page in sweep.ReadAsync(isEager: false, cancellationToken).ConfigureAwait(false))
        {
            yield return page;
        }

        // What has been handed over, whichever sweep found it.
        var given = sweep.Known;
        var most = query.Order == RowOrder.Changing ? MostSweeps : MostSweepsInOrder;
        for (var number = 2; !IsDone(sweep, number - 1); number++)
        {
            if (number > most)
            {
                // Rows that keep their order cannot get lost; what else may have moved has been looked for.
                if (sweep.IsShort || query.Order == RowOrder.Changing)
                {
                    throw sweep.Incomplete(sweep.IsShort ? TooShort : TooFast, given.Count);
                }

                yield break;
            }

            sweep = new PageSweep<T>(query, fetch, key);
            var hole = new Hole();
            var found = false;
            await foreach (var page in sweep.ReadAsync(isEager: true, cancellationToken).ConfigureAwait(false))
            {
                hole.Look(page.Items.Select(item => given.Contains(key(item))));
                if (
                    query.First is null
                    && page.Items.Where(item => given.Add(key(item))).ToList() is { Count: > 0 } items
                )
                {
                    found = true;
                    yield return new ListPage<T>(items, page.TotalCount);
                }
            }

            if (query.First is not null && hole.IsFound)
            {
                // As many rows as were wanted have been handed over, and this one is not among them.
                throw sweep.Incomplete("rows moved while it was read", given.Count);
            }

            if (!found && !sweep.IsShort)
            {
                yield break;
            }
        }
    }

    // In an order that can change, one pass is enough only if nothing has happened.
    private bool IsDone(PageSweep<T> sweep, int passes) =>
        !sweep.IsShort && (sweep.IsQuiet || (sweep.IsSettled && (passes > 1 || query.Order != RowOrder.Changing)));

    private async IAsyncEnumerable<ListPage<T>> ReadWholeAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var known = new KnownRows();
        var earlier = new List<T>();
        for (var number = 1; ; number++)
        {
            var rows = new List<T>();
            var total = ListPage<T>.NotCounted;
            var sweep = new PageSweep<T>(query, fetch, key);
            PolarListException? error = null;
            var pages = sweep.ReadAsync(isEager: true, cancellationToken).GetAsyncEnumerator(cancellationToken);
            try
            {
                while (await pages.MoveNextAsync().ConfigureAwait(false))
                {
                    rows.AddRange(pages.Current.Items);
                    total = pages.Current.TotalCount;
                    progress?.Invoke(rows.Count, total);
                }
            }
            catch (PolarListException exception)
            {
                error = exception;
            }
            finally
            {
                await pages.DisposeAsync().ConfigureAwait(false);
            }

            var found = rows.Count(item => !known.Contains(key(item)));
            var isSame = number > 1 && found == 0 && !sweep.IsShort;
            var isDone = isSame || IsDone(sweep, number);
            if (error is null && !isDone && number < MostSweeps)
            {
                earlier.AddRange(rows.Where(item => known.Add(key(item))));
                continue;
            }

            if (!sweep.IsQuiet)
            {
                // What an earlier pass has read may have slipped past this one.
                rows.AddRange(earlier.Where(item => !sweep.Known.Contains(key(item))));
                if (query.First is long first && rows.Count > first)
                {
                    rows.RemoveRange((int)first, rows.Count - (int)first);
                }
            }

            error ??= isDone ? null : sweep.Incomplete(sweep.IsShort ? TooShort : TooFast, rows.Count);

            for (var start = 0; start == 0 || start < rows.Count; start += ListQuery.LargestPage)
            {
                yield return new ListPage<T>(
                    rows.GetRange(start, Math.Min(ListQuery.LargestPage, rows.Count - start)),
                    total
                );
            }

            if (error is not null)
            {
                throw error;
            }

            yield break;
        }
    }

    /// <summary>Whether an unknown row stands between known ones.</summary>
    private sealed class Hole
    {
        private bool _isBegun;
        private bool _isOpen;

        public bool IsFound { get; private set; }

        public void Look(IEnumerable<bool> isKnown)
        {
            foreach (var known in isKnown)
            {
                IsFound |= known && _isOpen;
                _isBegun |= known;
                _isOpen = !known && _isBegun;
            }
        }
    }
}
