using System.Runtime.CompilerServices;

namespace PolarPS.Client;

/// <summary>
/// Reads a list so that every row that is there from the first request to the last comes exactly once, or says that the list
/// is not complete. What one pass through the list can prove is with <see cref="PageSweep{T}"/>.
/// </summary>
/// <remarks>
/// <para>
/// In an order that lasts, a pass is complete if its pages overlap or its rows' times prove it. Else the list is passed through
/// once more, with pages that overlap.
/// </para>
/// <para>
/// In an order that depends on what can change, a row can slip past a pass without a trace: it moves from behind what has been
/// read to before it, one that has been read goes, and another comes in behind. No answer differs from those of a list in which
/// nothing has happened. So a whole list in such an order is complete only if its rows' times prove it, or if it is looked at
/// again in an order that lasts, in which no row can slip past: what that finds besides comes at the end. A list that is quiet
/// is read once, one that is not twice.
/// </para>
/// <para>
/// Where there is no such order, and for a part of a list, the answers' traces have to do: where they tell of rows that have
/// moved themselves, the list is passed through again, until nothing new is found.
/// </para>
/// <para>
/// A list whose order can change is read whole before the first row is handed over: what the consumer does to the rows does not
/// meet the reading then.
/// </para>
/// </remarks>
internal sealed class PageReader<T>(
    ListQuery query,
    PageSource<T> source,
    PageSource<T>? lasting,
    Func<T, string?> key,
    Action<long, long>? progress = null
)
    where T : class
{
    private const int MostSweeps = 5;
    private const int MostSweepsInOrder = 3;
    private const string TooFast = "it changes faster than it can be read";
    private const string TooShort = "its pages end before its own count";

    // Which rows a part is made of depends on the order; only the whole is the same in every order.
    private readonly bool _isPart = query.First is not null || query.Skip > 0;

    private bool IsChanging => source.Order == RowOrder.Changing;

    private bool IsLookedAtAgain => !_isPart && lasting is not null;

    private int MostPasses => IsChanging ? MostSweeps : MostSweepsInOrder;

    public IAsyncEnumerable<ListPage<T>> ReadAsync(CancellationToken cancellationToken) =>
        query.First is <= 0 ? CountAsync(cancellationToken)
        : query.ReadWhole ?? IsChanging ? ReadWholeAsync(cancellationToken)
        : StreamAsync(cancellationToken);

    // Nothing is wanted but, perhaps, the count.
    private async IAsyncEnumerable<ListPage<T>> CountAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var only = await source.FetchAsync(new PageWindow(1, 1), cancellationToken).ConfigureAwait(false);
        yield return new ListPage<T>([], only.TotalCount);
    }

    private async IAsyncEnumerable<ListPage<T>> StreamAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var sweep = Sweep(1);
        await foreach (var page in sweep.ReadAsync(isEager: false, cancellationToken).ConfigureAwait(false))
        {
            yield return page;
        }

        // What has been handed over, whichever sweep found it.
        var given = sweep.Known;
        var isNew = true;
        for (var number = 2; !IsDone(sweep, number - 1, isNew); number++)
        {
            if (number > MostPasses)
            {
                // Rows that keep their order cannot get lost; what else may have moved has been looked for.
                if (sweep.IsShort || IsChanging)
                {
                    throw sweep.Incomplete(sweep.IsShort ? TooShort : TooFast, given.Count);
                }

                yield break;
            }

            sweep = Sweep(number);
            isNew = false;
            var hole = new Hole();
            await foreach (var page in sweep.ReadAsync(isEager: true, cancellationToken).ConfigureAwait(false))
            {
                hole.Look(page.Items.Select(given.Contains));
                if (query.First is null && page.Items.Where(given.Add).ToList() is { Count: > 0 } items)
                {
                    isNew = true;
                    yield return new ListPage<T>(items, page.TotalCount);
                }
            }

            if (query.First is not null && hole.IsFound)
            {
                // As many rows as were wanted have been handed over, and this one is not among them.
                throw sweep.Incomplete("rows moved while it was read", given.Count);
            }
        }
    }

    // Only the first one may leave open what another one finds.
    private PageSweep<T> Sweep(int number) =>
        number == 1
            ? new(query, source, key, mayBeOpen: !IsChanging || IsLookedAtAgain)
            : new(query, IsLookedAtAgain ? lasting! : source, key, mayBeOpen: false);

    // Whether nothing is missing after so many passes, of which this was the last; it found rows that no other had, or not.
    private bool IsDone(PageSweep<T> sweep, int passes, bool isNew)
    {
        if (sweep.IsShort)
        {
            return false;
        }

        // Rows without ids cannot be looked for.
        if (sweep.IsProven || sweep.HasNoIds)
        {
            return true;
        }

        if (passes == 1)
        {
            return IsChanging ? _isPart && sweep.Traces.IsQuiet : !sweep.IsOpen && sweep.Traces.IsSettled;
        }

        // In an order that lasts, rows come and go, but do not pass each other.
        return !isNew || (IsLookedAtAgain ? !sweep.Traces.IsTurned : sweep.Traces.IsSettled);
    }

    private async IAsyncEnumerable<ListPage<T>> ReadWholeAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var known = new KnownRows<T>(key);
        var found = new List<T>();
        var rows = new List<T>();
        KnownRows<T>? inOrder = null;
        for (var number = 1; ; number++)
        {
            var read = new List<T>();
            var total = ListPage<T>.NotCounted;
            var sweep = Sweep(number);
            PolarListException? error = null;
            var pages = sweep.ReadAsync(isEager: true, cancellationToken).GetAsyncEnumerator(cancellationToken);
            try
            {
                while (await pages.MoveNextAsync().ConfigureAwait(false))
                {
                    read.AddRange(pages.Current.Items);
                    total = pages.Current.TotalCount;
                    progress?.Invoke(read.Count, total);
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

            if (number == 1 || !IsLookedAtAgain)
            {
                rows = read;
                inOrder = sweep.Known;
            }

            var before = found.Count;
            found.AddRange(read.Where(known.Add));
            var isDone = error is null && IsDone(sweep, number, isNew: found.Count > before);
            var mayGoOn = error is null ? number < MostPasses : number == 1 && IsLookedAtAgain;
            if (!isDone && mayGoOn)
            {
                continue;
            }

            if (number > 1 && (IsLookedAtAgain || !sweep.Traces.IsQuiet))
            {
                // What has slipped past the pass in the order that is wanted.
                rows.AddRange(found.Where(item => !inOrder!.Contains(item)));
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
