// Long because the proof that no row is lost needs the whole state of a reading in one place.
using System.Runtime.CompilerServices;

namespace PolarPS.Client;

/// <summary>
/// Reads a list once from its beginning to its end, page by page, with a bounded number of pages requested ahead.
/// </summary>
/// <remarks>
/// <para>
/// Polar pages by offset over a list that others change meanwhile. The rows of each answer are a cut out of the list as it was
/// at one moment; all that can be concluded rests on that. What is read is a frontier: a position of which it holds that every
/// row before it that was there from the beginning has been read. A page moves the frontier if it shows, in one answer, a row
/// known already and behind it those that follow: within one answer nothing can have slipped through. So each page begins
/// before the end of the one before it. With page and limit alone that takes pages of varying sizes.
/// </para>
/// <para>
/// That proves: as long as the rows that stay keep their order among one another, whatever is removed or put in anywhere, no row
/// is lost. A page without any known row (more were removed before it than it overlaps) is held back, and what stands around
/// the frontier is read until the known and the unknown meet in one answer.
/// </para>
/// <para>
/// Overlaps cost one request in the first thousand rows, and one in seven behind them. So in a quiet list, only its first pages
/// overlap. The others stand side by side as long as nothing is seen to go and the end can prove the list complete by its rows'
/// times: <see cref="IsProven"/>. Where it cannot, what has slipped by between two such pages (<see cref="IsOpen"/>) has to be
/// looked for once more. The count alone does not tell of it: Polar counts first and cuts out the page then.
/// </para>
/// <para>
/// What overlaps do not prove: that no row has moved itself, from behind the frontier to before it. The answers may tell of it
/// (<see cref="Traces"/>), but do not where another change between the same two requests moves as many rows the other way and
/// leaves the count as it was. The rows' times prove that too.
/// </para>
/// </remarks>
/// <param name="query">The extent.</param>
/// <param name="source">The pages.</param>
/// <param name="key">The id of a row.</param>
/// <param name="mayBeOpen">Whether it is looked for again what slips by between pages that stand side by side.</param>
internal sealed class PageSweep<T>(ListQuery query, PageSource<T> source, Func<T, string?> key, bool mayBeOpen)
    where T : class
{
    private const int MostAttempts = 20;
    private const int MostShort = 3;

    // So many pages at the beginning overlap in every list: together they take one request more at most.
    private const int AlwaysAcross = 5;

    // Pages that are asked to be smaller have no room to overlap.
    private const int SmallestAcross = 5;

    private readonly PageProgress<T> _progress = new(key);
    private readonly KnownRows<T> _known = new(key);

    // Where the extent begins, whether what stands before it is known, and where what was read ends.
    private readonly long _start = Math.Max(0, query.Skip);
    private bool _isSkipKnown;
    private long _frontier;

    // The size of a page, and the greatest that the server gives.
    private int _pageSize;
    private int _largest = ListQuery.LargestPage;

    private FetchedPage<T>? _previous;
    private long _firstCount;

    // Whether the count has fallen: where rows go, pages have to overlap.
    private bool _isFalling;

    // Pages that cannot overlap: the rows have no ids, or the server has a page size of its own.
    private bool _isPlain;

    private ListProof<T>? _proof;
    private bool _isOneAnswer;

    // What makes the list incomplete although it is read on.
    private string? _lack;

    /// <summary>The rows that were read, and those before the wanted extent that were met.</summary>
    public KnownRows<T> Known => _known;

    /// <summary>How many different rows were read.</summary>
    public long RowsRead { get; private set; }

    /// <summary>What the answers tell of rows that stand elsewhere than they did.</summary>
    public RowTraces<T> Traces { get; } = new(query.CountsRowsOnce);

    /// <summary>Whether a row has no id.</summary>
    public bool HasNoIds { get; private set; }

    /// <summary>Whether a page was taken that did not overlap with what had been read, though it could have.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether it is proved that every row has come that was there from the first to the last, whatever has moved.</summary>
    public bool IsProven => !HasNoIds && (_isOneAnswer || _proof?.IsGiven(RowsRead) == true);

    /// <summary>
    /// Whether whole pages repeated rows in the place of others: fewer rows came than there were by either count, at the
    /// beginning and at the end. Do not assume that this many rows are removed and added between two pages.
    /// </summary>
    public bool IsShort =>
        query.First is null
        && _progress.IsRepeating
        && query.CountsRowsOnce
        && _previous is { IsCounted: true, TotalCount: var count }
        && _start + RowsRead < Math.Min(count, _firstCount);

    // Whether it is found in the end what slips by between two pages that do not overlap. Where rows are seen to go, or to be too
    // young for a proof, another look would have to find it.
    private bool IsBesideEnough =>
        mayBeOpen && query.First is null && !source.IsFiltered && !_isFalling && _proof is { IsPossible: true };

    private bool CanOverlap => !_isPlain && !(query.PageSize < SmallestAcross);

    /// <summary>Reads the rows that are wanted.</summary>
    /// <param name="isEager">Whether pages are requested ahead from the first one on; else a consumer that stops within the first has caused one request.</param>
    /// <param name="cancellationToken">Ends the reading, requests under way included.</param>
    /// <returns>For each page its rows, none of which was on a page before.</returns>
    /// <exception cref="PolarListException">The list cannot be read to its end.</exception>
    public async IAsyncEnumerable<ListPage<T>> ReadAsync(
        bool isEager,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // Requests that nothing waits for any longer end with it, also when the consumer leaves in the middle.
        using var ahead = new PagesAhead<T>(
            source,
            Math.Min(ListQuery.MostReadAhead, Math.Max(0, query.ReadAhead)),
            cancellationToken
        );
        var left = query.First;
        Plan();
        for (var isFirst = true; ; isFirst = false)
        {
            var page = isFirst
                ? await BeginAsync(ahead).ConfigureAwait(false)
                : await NextAsync(left, ahead).ConfigureAwait(false);
            var items = Take(page, left);
            left -= items.Count;
            var isLast = left is <= 0 || IsLast(page);
            ahead.BeginConsuming(page);
            if (!isLast && (isEager || !isFirst))
            {
                ReadAhead(left, ahead);
            }

            yield return new ListPage<T>(items, page.TotalCount);
            ahead.EndConsuming();
            if (isLast)
            {
                EnsureComplete(page, left is <= 0);
                yield break;
            }

            if (isFirst && !isEager)
            {
                ReadAhead(left, ahead);
            }
        }
    }

    /// <summary>The error for a list that is not complete.</summary>
    public PolarListException Incomplete(string why, long rowsRead) => Incomplete(_previous!, why, rowsRead);

    private static PolarListException Incomplete(FetchedPage<T> page, string why, long rowsRead) =>
        new(
            $"The list is not complete: {why}. {rowsRead} of {page.TotalCount} rows were read.",
            new FailedCall("GET", Redactor.Redact(page.Path), StatusCode: 200),
            rowsRead
        );

    // In pages of which size the wanted extent is read with the fewest requests.
    private void Plan()
    {
        _frontier = _start;
        _pageSize = Math.Min(ListQuery.LargestPage, Math.Max(1, query.PageSize ?? ListQuery.LargestPage));
        if (query.PageSize is null && query.First is long first && first < _pageSize && _start % first == 0)
        {
            _pageSize = (int)first;
        }
    }

    // The first page tells what kind of list this is.
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    private async Task<FetchedPage<T>> BeginAsync(PagesAhead<T> ahead)
    {
        // There is nothing to overlap with.
        var page = await ahead.FetchAsync(PageWindow.Of(_start, _pageSize)).ConfigureAwait(false);
        var given = page.Items.Count;
        if (given > page.Window.Size || IsLowered(page))
        {
            _isPlain = given > page.Window.Size;
            _pageSize = given;
            _largest = given;
            page = await ReadAsGivenAsync(page, _start, ahead).ConfigureAwait(false);
        }

        page = await ReadAgainIfShortAsync(page, ahead).ConfigureAwait(false);
        _firstCount = page.TotalCount;
        _proof = _start == 0 && query.CountsRowsOnce ? new ListProof<T>(page) : null;
        _isOneAnswer = page is { Number: 1, MaxPage: <= 1 } && page.Items.Count < page.Window.Size;
        NoticeMissingIds(page, ahead);
        return page;
    }

    // Polar lowers a limit that is too great, and its number of pages tells of it.
    private static bool IsLowered(FetchedPage<T> page)
    {
        long given = page.Items.Count;
        return given > 0
            && given < page.Window.Size
            && page.TotalCount > page.Window.Start + given
            && page.MaxPage == (page.TotalCount + given - 1) / given
            && page.MaxPage != (page.TotalCount + page.Window.Size - 1) / page.Window.Size;
    }

    // The page that has a position, of the size that the server gives.
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    private async Task<FetchedPage<T>> ReadAsGivenAsync(FetchedPage<T> page, long position, PagesAhead<T> ahead)
    {
        var window = PageWindow.Of(position, _pageSize);
        return window.Number == page.Number
            ? page with
            {
                Window = window,
            }
            : await ahead.FetchAsync(window).ConfigureAwait(false);
    }

    // What follows what was read, whatever stands in the way.
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    private async Task<FetchedPage<T>> NextAsync(long? left, PagesAhead<T> ahead)
    {
        Task<FetchedPage<T>> taking;
        if (ahead.Count > 0)
        {
            taking = ahead.TakeAsync();
            if (!taking.IsCompleted && ahead.Count > 0)
            {
                // There is a wait, so more are needed: now, and not when it is over. Behind the last one requested; the one taken is not
                // among them any longer, and would be requested again.
                ReadAhead(left, ahead);
            }
        }
        else
        {
            taking = ahead.FetchAsync(WindowAt(_frontier, Needed(left), _previous!.Window.Size));
        }

        var page = await taking.ConfigureAwait(false);
        var next = await MendAsync(page, ahead).ConfigureAwait(false);
        if (!ReferenceEquals(next, page))
        {
            // What was read ahead was read from the list as it was.
            ahead.Clear();
        }

        return next;
    }

    // Where what is wanted ends, as far as is known.
    private long Needed(long? left)
    {
        var end = _previous is { IsCounted: true, TotalCount: var count } ? count : long.MaxValue;
        return left is long wanted && wanted < end - _frontier ? _frontier + wanted : end;
    }

    // The page that reads on from a position, where a page of that size ended.
    private PageWindow WindowAt(long position, long needed, int size)
    {
        if (!CanOverlap)
        {
            return PageWindow.Beside(position, _pageSize);
        }

        needed = Math.Max(needed, position + 1);
        return IsBesideEnough && position >= (long)AlwaysAcross * _pageSize
            ? PageWindow.AcrossIfFree(position, needed, size, _pageSize)
            : PageWindow.Across(position, needed, _progress.IsSlow ? _largest : _pageSize);
    }

    private void ReadAhead(long? left, PagesAhead<T> ahead)
    {
        // Without a count, only the next page is known to exist.
        var depth = _previous!.IsCounted ? ahead.Depth : Math.Min(1, ahead.Depth);
        var needed = Needed(left);
        var (position, size) = ahead.Last is { } last ? (last.End, last.Size) : (_frontier, _previous.Window.Size);
        while (ahead.Count < depth && position < needed)
        {
            var window = WindowAt(position, needed, size);
            ahead.Request(window);
            (position, size) = (window.End, window.Size);
        }
    }

    // Whatever stands in the way of taking a page as what follows the one before.
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    private async Task<FetchedPage<T>> MendAsync(FetchedPage<T> page, PagesAhead<T> ahead)
    {
        if (page.Items.Count > page.Window.Size)
        {
            // The server does as it likes with the limit; its pages can only be read side by side.
            _isPlain = true;
            _pageSize = page.Items.Count;
            page = await ReadAsGivenAsync(page, _frontier, ahead).ConfigureAwait(false);
        }

        page = await ReadAgainIfShortAsync(page, ahead).ConfigureAwait(false);
        NoticeMissingIds(page, ahead);
        var isSameCount = page.TotalCount == _previous!.TotalCount;
        _isFalling |= page.TotalCount < _previous.TotalCount;
        if (HasNoIds || (_isPlain && !page.Items.Any(_known.Contains)))
        {
            _lack ??= isSameCount ? null : "it changed while it was read, and its rows are indistinguishable";
            return page;
        }

        if (IsConnected(page))
        {
            return page;
        }

        if (page.Window.Start >= _frontier && isSameCount)
        {
            IsOpen |= CanOverlap;
            return page;
        }

        return await BridgeAsync(page, ahead).ConfigureAwait(false);
    }

    // Polar counts first and cuts out the page then; what goes between the two is missing on the page only.
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    private async Task<FetchedPage<T>> ReadAgainIfShortAsync(FetchedPage<T> page, PagesAhead<T> ahead)
    {
        for (var attempt = 0; attempt < MostShort && IsShort() && _lack is null; attempt++)
        {
            page = await ahead.FetchAsync(page.Window).ConfigureAwait(false);
        }

        _lack ??= IsShort() ? $"page {page.Number} of {page.MaxPage} has fewer rows than the count promises" : null;
        return page;

        bool IsShort() =>
            query.CountsRowsOnce && page.Items.Count < Math.Min(page.Window.Size, page.TotalCount - page.Window.Start);
    }

    private void NoticeMissingIds(FetchedPage<T> page, PagesAhead<T> ahead)
    {
        if (!HasNoIds && page.Items.Any(item => item is not null && key(item) is null))
        {
            HasNoIds = true;
            _isPlain = true;
            ahead.Clear();
        }
    }

    // Whether nothing can stand between a page and what was read before it.
    private bool IsConnected(FetchedPage<T> page)
    {
        if (page.TotalCount == 0 || (page.Window.Start == 0 && _isSkipKnown) || page.Items.Any(_known.Contains))
        {
            return true;
        }

        // A page that contradicts itself is an error of its own.
        return page.Items.Count == 0
            && (page.IsCounted ? page.TotalCount > page.Window.Start : page.MaxPage > page.Number);
    }

    /// <summary>
    /// Reads what stands around the frontier until known and unknown rows meet in one answer, which cannot have changed within
    /// itself.
    /// </summary>
    /// <returns>What to take: what was read there, or the page itself if it follows.</returns>
    [AsyncMethodBuilder(typeof(ImageTaskMethodBuilder<>))]
    private async Task<FetchedPage<T>> BridgeAsync(FetchedPage<T> page, PagesAhead<T> ahead)
    {
        var count = page.IsCounted ? page.TotalCount : long.MaxValue;
        var position = Math.Min(_frontier, count);
        var knownTo = _start;
        var unknownFrom = long.MaxValue;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var around = PageWindow.Around(position, _largest);
            var again = await ahead.FetchAsync(around).ConfigureAwait(false);
            var rows = again.Items;
            var first = _known.IndexIn(rows);
            if (first < 0 && around.Start > _start)
            {
                // They meet before this. By how much the count has fallen is a good guess.
                unknownFrom = around.Start;
                var fallen = attempt == 0 && page.IsCounted ? _previous!.TotalCount - count : 0;
                position = Math.Min(fallen > 0 ? _frontier - fallen : long.MaxValue, unknownFrom);
                position = attempt < 2 ? position : (knownTo + unknownFrom) / 2;
                position = Math.Max(_start, again.IsCounted ? Math.Min(position, again.TotalCount) : position);
                continue;
            }

            if (first >= 0 && HasHole(rows, first))
            {
                return again;
            }

            var isEnd = rows.Count < around.Size || again.Number >= again.MaxPage;
            if (first >= 0 && !isEnd && _known.Contains(rows[rows.Count - 1]))
            {
                // They meet behind this.
                knownTo = around.End;
                unknownFrom = unknownFrom > knownTo ? unknownFrom : long.MaxValue;
                position = unknownFrom < long.MaxValue ? (knownTo + unknownFrom) / 2 : knownTo;
                continue;
            }

            if (first < 0 && !_isSkipKnown && _previous!.TotalCount - again.TotalCount > _known.Count)
            {
                _lack ??= "too many rows were removed to find the start of the requested ones";
            }

            return Follows(page, rows) ? page : again;
        }

        throw Incomplete("it changes faster than it can be read", RowsRead);
    }

    // Whether an unknown row stands between known ones.
    private bool HasHole(IReadOnlyList<T> rows, int first)
    {
        var last = rows.Count - 1;
        while (!_known.Contains(rows[last]))
        {
            last--;
        }

        return rows.Skip(first).Take(last - first).Any(row => row is not null && !_known.Contains(row));
    }

    // Whether a page begins right behind a known row.
    private bool Follows(FetchedPage<T> page, IReadOnlyList<T> around)
    {
        var next = page.Items.Count > 0 ? _known.IdOf(page.Items[0]) : null;
        for (var index = 1; next is not null && index < around.Count; index++)
        {
            if (_known.IdOf(around[index]) == next)
            {
                return _known.Contains(around[index - 1]);
            }
        }

        return false;
    }

    // The rows of a page that are wanted and new; the frontier moves behind it.
    private List<T> Take(FetchedPage<T> page, long? left)
    {
        if (!HasNoIds)
        {
            Traces.Look(page, _known, _frontier);
        }

        var items = TakeNew(page);
        var isEndNew = items.Count > 0 && ReferenceEquals(items[items.Count - 1], page.Items[page.Items.Count - 1]);
        Traces.Advance(page, isEndNew);
        if (_progress.Look(page, _previous, _frontier, items.Count) is { } why)
        {
            throw Incomplete(_previous ?? page, why, RowsRead);
        }

        if (left is long wanted && items.Count > wanted)
        {
            items.RemoveRange((int)wanted, items.Count - (int)wanted);
        }

        RowsRead += items.Count;
        _frontier =
            page.IsCounted && page.Number >= page.MaxPage
                ? Math.Min(page.Window.End, Math.Max(page.TotalCount, page.Window.Start + page.Items.Count))
                : page.Window.End;
        _isSkipKnown |= _previous is null && page.Window.Start == 0;
        _previous = page;
        return items;
    }

    private List<T> TakeNew(FetchedPage<T> page)
    {
        var items = new List<T>(page.Items.Count);
        var known = _known.IndexIn(page.Items);
        for (var index = 0; index < page.Items.Count; index++)
        {
            // A null among the items is no item.
            if (page.Items[index] is not { } item)
            {
                continue;
            }

            // What stands before the wanted extent: by its position where nothing is known yet, else before what is known.
            var position = page.Window.Start + index;
            if (!_isSkipKnown && (known < 0 ? position < _start : index < known))
            {
                if (_previous is null)
                {
                    _known.Add(item);
                }
            }
            else if (key(item) is null ? position >= _frontier || _previous is null : _known.Add(item))
            {
                items.Add(item);
                _proof?.Look(item);
            }
        }

        return items;
    }

    private bool IsLast(FetchedPage<T> page) =>
        page.Number > page.MaxPage
        || (page.Number == page.MaxPage && !MayGoOn(page))
        // In a list with the oldest first, what was there from the beginning never stands behind the first count.
        || (source.GrowsAtEnd && !Traces.IsPushed && page.TotalCount > _firstCount && _frontier >= _firstCount);

    // Whether a row may stand behind the last page: after Polar had counted, something may have come in before it.
    private bool MayGoOn(FetchedPage<T> page) =>
        page.IsCounted && !_isPlain && !source.GrowsAtEnd && page.Items.Count >= page.Window.Size && !IsProven;

    private void EnsureComplete(FetchedPage<T> page, bool isEnough)
    {
        if (!isEnough && page.Number >= page.MaxPage && page.Window.End < page.TotalCount)
        {
            throw Incomplete($"it ends with page {page.Number}, before its own count", RowsRead);
        }

        if (_lack is not null)
        {
            throw Incomplete(_lack, RowsRead);
        }
    }
}
