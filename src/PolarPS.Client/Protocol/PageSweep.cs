using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client.Models;

namespace PolarPS.Client;

/// <summary>
/// Reads a list once from its beginning to its end, page by page, with a bounded number of pages requested ahead.
/// </summary>
/// <remarks>
/// <para>
/// Polar pages by offset over a list that others change meanwhile. Each answer is a cut out of the list as it was at one
/// moment; all that can be concluded rests on that. What is read is a frontier: a position of which it holds that every row
/// before it that was there from the beginning has been read. A page moves the frontier if it shows, in one answer, a row
/// known already and behind it those that follow: within one answer nothing can have slipped through. So each page begins
/// before the end of the one before it. With page and limit alone that takes pages of varying sizes, and costs one request in
/// the first thousand rows; behind them it would cost one in seven, which is paid where it proves something. Elsewhere pages
/// overlap at the beginning, and where that costs nothing.
/// </para>
/// <para>
/// What is proved: as long as the rows that stay keep their order among one another, whatever is removed or put in anywhere,
/// no row is lost. A page without any known row (more were removed before it than it overlaps) is held back, and what stands
/// around the frontier is read until the known and the unknown meet in one answer. A list without filters, the newest first,
/// needs no overlap: new rows come on top, so rows can move towards the beginning only when the count falls.
/// </para>
/// <para>
/// What is not: a row that moves itself, from behind the frontier to before it. The answers may tell of it by rows that stand
/// elsewhere than they did, or by a count that does not fit; then the list is not <see cref="IsSettled"/>. They do not where
/// another change between the same two requests moves as many rows the other way and leaves the count as it was. That every
/// row of a whole list has come all the same, its rows' times can prove: <see cref="IsProven"/>.
/// </para>
/// </remarks>
internal sealed class PageSweep<T>(ListQuery query, PageSource<T> source, Func<T, string?> key, bool mayBeOpen)
    where T : class
{
    private const int MostReadAhead = 8;
    private const int MostAttempts = 20;
    private const int MostRepeats = 1000;
    private const int MostSame = 2;
    private const int MostShort = 3;
    private const int FewRows = 10;

    // So many pages at the beginning overlap in every list: together they take one request more at most.
    private const int AlwaysAcross = 5;

    // Pages that are asked to be smaller have no room to overlap.
    private const int SmallestAcross = 5;

    // What takes longer than this from the time that a row bears until lists show it is passed over: the end of the
    // transaction, the way to the database that is read from, and the whole seconds of an answer's date.
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(10);

    private readonly KnownRows _known = new();
    private readonly Queue<(PageWindow Window, Task<FetchedPage<T>> Page)> _ahead = new();

    // Whether all rows are wanted.
    private readonly bool _isWhole = query.First is null && query.Skip <= 0;

    private int _pageSize;
    private long _start;
    private long _frontier;
    private long _previousStart;
    private int _previousSize;

    // The page that has the row that stands farthest of those that were read.
    private FetchedPage<T>? _farthest;
    private long _farthestStart;
    private bool _isOnward;
    private bool _isSkipKnown;

    private FetchedPage<T>? _previous;

    // Whether the count has fallen: where rows go, pages have to overlap.
    private bool _isFalling;
    private long _firstCount;
    private long _countAtBegin;

    // By the server's clock, what was created or changed later may not have been in the list when it was first looked at; null
    // once such a row has come, or where the rows or the answers have no times.
    private DateTimeOffset? _before;
    private bool _isOneAnswer;

    // Whether most rows of a page came again, although the count tells of none that came in before them.
    private bool _isRepeating;

    // The greatest page that the server gives.
    private int _largest = ListQuery.LargestPage;

    // Pages that cannot overlap: the rows have no ids, or the server has a page size of its own.
    private bool _isPlain;
    private bool _isAheadVoid;

    // What makes the list incomplete although it is read on.
    private string? _lack;

    // How many rows may come again because others were put in before them, and how many pages in a row brought nothing new.
    private long _added;
    private bool _isSlow;
    private int _repeats;
    private int _same;

    /// <summary>Whether nothing has changed, as far as the answers can tell.</summary>
    public bool IsQuiet { get; private set; } = true;

    /// <summary>Whether nothing has moved that could hide a row, as far as the answers can tell.</summary>
    public bool IsSettled { get; private set; } = true;

    /// <summary>Whether a row has no id.</summary>
    public bool HasNoIds { get; private set; }

    /// <summary>
    /// Whether whole pages repeated rows in the place of others: fewer rows came than there were by either count, at the
    /// beginning and at the end. Do not assume that this many rows are removed and added between two pages.
    /// </summary>
    public bool IsShort =>
        query.First is null
        && _isRepeating
        && query.CountsRowsOnce
        && _previous is { TotalCount: >= 0 and var count }
        && _start + RowsRead < Math.Min(count, _countAtBegin);

    /// <summary>Whether rows have changed their order among one another, as far as the answers can tell.</summary>
    public bool IsTurned { get; private set; }

    /// <summary>Whether a page was taken that did not overlap with what had been read, though it could have.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>
    /// Whether the answers prove that every row has come that was there from the first to the last, whatever has moved: there
    /// were so many rows at the beginning, so many have come, and all of these were there then. Or there was but one answer.
    /// </summary>
    public bool IsProven =>
        _isWhole && !HasNoIds && (_isOneAnswer || (_before is not null && RowsRead == _countAtBegin));

    /// <summary>The rows that were read, and those before the wanted extent that were met.</summary>
    public KnownRows Known => _known;

    /// <summary>How many different rows were read.</summary>
    public long RowsRead { get; private set; }

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
        var left = query.First;
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            Plan();
            for (var isFirst = true; ; isFirst = false)
            {
                var (window, page) = await NextAsync(left, stop.Token).ConfigureAwait(false);
                var read = isFirst
                    ? await BeginAsync(window, page, stop.Token).ConfigureAwait(false)
                    : await MendAsync(window, page, stop.Token).ConfigureAwait(false);
                if (!isFirst && (_isAheadVoid || !ReferenceEquals(read.Page, page)))
                {
                    _isAheadVoid = false;
                    // What was read ahead was read from the list as it was; it is let go and read again.
                    stop.Cancel();
                    Abandon();
                    stop.Dispose();
                    stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                }

                (window, page) = read;
                Notice(window, page);
                var items = Take(window, page);
                EnsureProgress(window, page, items.Count);
                if (left is long wanted && items.Count > wanted)
                {
                    items.RemoveRange((int)wanted, items.Count - (int)wanted);
                }

                left -= items.Count;
                RowsRead += items.Count;
                Advance(window, page);
                var isLast = left is <= 0 || IsLast(window, page);
                if (!isLast && (isEager || !isFirst))
                {
                    ReadAhead(page, left, stop.Token);
                }

                yield return new ListPage<T>(items, page.TotalCount);
                if (isLast)
                {
                    EnsureComplete(window, page, left is <= 0);
                    yield break;
                }

                if (isFirst)
                {
                    ReadAhead(page, left, stop.Token);
                }
            }
        }
        finally
        {
            // Requests that nothing waits for any longer end now, also when the consumer left in the middle.
            stop.Cancel();
            Abandon();
            stop.Dispose();
        }
    }

    /// <summary>The error for a list that is not complete.</summary>
    public PolarListException Incomplete(string why, long rowsRead) =>
        new(
            $"The list is not complete: {why}. {rowsRead} of {_previous!.TotalCount} rows were read.",
            new FailedCall("GET", Redactor.Redact(_previous.Path), StatusCode: 200),
            rowsRead
        );

    // Where the wanted extent begins, and in pages of which size it is read with the fewest requests.
    private void Plan()
    {
        _start = Math.Max(0, query.Skip);
        _frontier = _start;
        _pageSize = Math.Min(ListQuery.LargestPage, Math.Max(1, query.PageSize ?? ListQuery.LargestPage));
        if (query.PageSize is null && query.First is long first && first < _pageSize && _start % first == 0)
        {
            _pageSize = (int)first;
        }
    }

    // The page that reads on from a position, where a page of that size ended.
    private PageWindow WindowAt(long position, long needed, int size)
    {
        if (_previous is null && position == _start)
        {
            // Before the first page there is nothing to overlap with.
            return PageWindow.Of(position, _pageSize);
        }

        if (!CanOverlap)
        {
            return PageWindow.Beside(position, _pageSize);
        }

        needed = Math.Max(needed, position + 1);
        return IsBesideEnough && needed < long.MaxValue && position >= (long)AlwaysAcross * _pageSize
            ? PageWindow.AcrossIfFree(position, needed, size, _pageSize)
            : PageWindow.Across(position, needed, _isSlow ? _largest : _pageSize);
    }

    private bool CanOverlap => !_isPlain && !(query.PageSize < SmallestAcross);

    // Whether it is found in the end what slips by between two pages that do not overlap: the list is proved by its rows' times
    // then, or looked at again. Where rows are seen to go, or to be too young for a proof, that is no longer likely.
    private bool IsBesideEnough => mayBeOpen && !source.IsFiltered && !_isFalling && _before is not null;

    // Where what is wanted ends, as far as is known.
    private long Needed(long? left)
    {
        var end = _previous is { TotalCount: >= 0 and var count } ? count : long.MaxValue;
        return left is long wanted && wanted < end - _frontier ? _frontier + wanted : end;
    }

    private async Task<(PageWindow Window, FetchedPage<T> Page)> NextAsync(
        long? left,
        CancellationToken cancellationToken
    )
    {
        if (_ahead.Count > 0)
        {
            var (ahead, task) = _ahead.Dequeue();
            return (ahead, await task.ConfigureAwait(false));
        }

        var window = WindowAt(_frontier, Needed(left), _previousSize);
        return (window, await FetchAsync(window, cancellationToken).ConfigureAwait(false));
    }

    private Task<FetchedPage<T>> FetchAsync(PageWindow window, CancellationToken cancellationToken) =>
        source.FetchAsync(window.Number, window.Size, cancellationToken);

    private void ReadAhead(FetchedPage<T> page, long? left, CancellationToken cancellationToken)
    {
        var depth = Math.Min(MostReadAhead, Math.Max(0, query.ReadAhead));
        if (page.TotalCount < 0)
        {
            // Only the next page is known to exist.
            depth = Math.Min(1, depth);
        }

        var needed = Needed(left);
        var (position, size) = (_frontier, _previousSize);
        foreach (var (window, _) in _ahead)
        {
            (position, size) = (window.End, window.Size);
        }

        while (_ahead.Count < depth && position < needed)
        {
            var window = WindowAt(position, needed, size);
            _ahead.Enqueue((window, FetchAsync(window, cancellationToken)));
            (position, size) = (window.End, window.Size);
        }
    }

    private void Abandon()
    {
        while (_ahead.Count > 0)
        {
            // Its failure is of no interest, and must not surface as an unobserved exception.
            _ = _ahead.Dequeue().Page.ContinueWith(static task => task.Exception, TaskScheduler.Default);
        }
    }

    // The first page tells what kind of list this is.
    private async Task<(PageWindow Window, FetchedPage<T> Page)> BeginAsync(
        PageWindow window,
        FetchedPage<T> page,
        CancellationToken cancellationToken
    )
    {
        var given = page.Items.Count;
        if (given > window.Size || IsLowered(window, page))
        {
            _isPlain = given > window.Size;
            _pageSize = given;
            _largest = given;
            window = PageWindow.Of(_start, given);
            if (window.Number != page.Number)
            {
                page = await FetchAsync(window, cancellationToken).ConfigureAwait(false);
            }
        }

        page = await ReadAgainIfShortAsync(window, page, cancellationToken).ConfigureAwait(false);
        _firstCount = page.TotalCount;
        _countAtBegin = page.TotalCount;
        _before = _isWhole && query.CountsRowsOnce ? page.AskedAt - Latest : null;
        _isOneAnswer = page.Items.Count < window.Size && window.Number == 1 && page.MaxPage <= 1;
        NoticeMissingIds(page);
        return (window, page);
    }

    // Polar lowers a limit that is too great, and its number of pages tells of it.
    private static bool IsLowered(PageWindow window, FetchedPage<T> page)
    {
        long given = page.Items.Count;
        return given > 0
            && given < window.Size
            && page.TotalCount > window.Start + given
            && page.MaxPage == (page.TotalCount + given - 1) / given
            && page.MaxPage != (page.TotalCount + window.Size - 1) / window.Size;
    }

    // Whatever stands in the way of taking a page as what follows the one before.
    private async Task<(PageWindow Window, FetchedPage<T> Page)> MendAsync(
        PageWindow window,
        FetchedPage<T> page,
        CancellationToken cancellationToken
    )
    {
        if (page.Items.Count > window.Size)
        {
            // The server does as it likes with the limit; its pages can only be read side by side.
            _isPlain = true;
            _isAheadVoid = true;
            _pageSize = page.Items.Count;
            var own = PageWindow.Of(_frontier, _pageSize);
            page = own.Number == page.Number ? page : await FetchAsync(own, cancellationToken).ConfigureAwait(false);
            window = own;
        }

        page = await ReadAgainIfShortAsync(window, page, cancellationToken).ConfigureAwait(false);
        NoticeMissingIds(page);
        _isFalling |= page.TotalCount < _previous!.TotalCount;
        return IsConnected(window, page)
            ? (window, page)
            : await BridgeAsync(window, page, cancellationToken).ConfigureAwait(false);
    }

    // Polar counts first and cuts out the page then; what goes between the two is missing on the page only.
    private async Task<FetchedPage<T>> ReadAgainIfShortAsync(
        PageWindow window,
        FetchedPage<T> page,
        CancellationToken cancellationToken
    )
    {
        if (!IsShort(page))
        {
            return page;
        }

        for (var attempt = 0; attempt < MostShort && _lack is null; attempt++)
        {
            page = await FetchAsync(window, cancellationToken).ConfigureAwait(false);
            if (!IsShort(page))
            {
                return page;
            }
        }

        _lack ??= $"page {page.Number} of {page.MaxPage} has fewer rows than the count promises";
        return page;

        bool IsShort(FetchedPage<T> read) =>
            query.CountsRowsOnce && read.Items.Count < Math.Min(window.Size, read.TotalCount - window.Start);
    }

    private void NoticeMissingIds(FetchedPage<T> page)
    {
        if (!HasNoIds && page.Items.Any(item => item is not null && key(item) is null))
        {
            HasNoIds = true;
            _isPlain = true;
            _isAheadVoid = true;
        }
    }

    // Whether nothing can stand between a page and what was read before it.
    private bool IsConnected(PageWindow window, FetchedPage<T> page)
    {
        var isChanged = page.TotalCount != _previous!.TotalCount;
        if (HasNoIds || (_isPlain && !page.Items.Any(IsKnown)))
        {
            if (isChanged)
            {
                _lack ??= "it changed while it was read, and its rows are indistinguishable";
            }

            return true;
        }

        if (page.TotalCount == 0 || (window.Start == 0 && _isSkipKnown) || page.Items.Any(IsKnown))
        {
            return true;
        }

        if (
            page.Items.Count == 0
            && (page.TotalCount < 0 ? page.MaxPage > page.Number : page.TotalCount > window.Start)
        )
        {
            // It contradicts itself; that is an error of its own.
            return true;
        }

        IsOpen |= CanOverlap && window.Start >= _frontier && !isChanged;
        return window.Start >= _frontier && !isChanged;
    }

    /// <summary>
    /// Reads what stands around the frontier until known and unknown rows meet in one answer, which cannot have changed within
    /// itself.
    /// </summary>
    /// <returns>What to take: what was read there, or the page itself if it follows.</returns>
    private async Task<(PageWindow Window, FetchedPage<T> Page)> BridgeAsync(
        PageWindow window,
        FetchedPage<T> page,
        CancellationToken cancellationToken
    )
    {
        var count = page.TotalCount < 0 ? long.MaxValue : page.TotalCount;
        var position = Math.Min(_frontier, count);
        var knownTo = _start;
        var unknownFrom = long.MaxValue;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var around = PageWindow.Around(position, _largest);
            var again = await FetchAsync(around, cancellationToken).ConfigureAwait(false);
            var rows = again.Items;
            var first = IndexOfKnown(rows);
            if (first < 0 && around.Start > _start)
            {
                // They meet before this. By how much the count has fallen is a good guess.
                unknownFrom = around.Start;
                var fallen = attempt == 0 && count < long.MaxValue ? _previous!.TotalCount - count : 0;
                position = Math.Min(fallen > 0 ? _frontier - fallen : long.MaxValue, unknownFrom);
                position = attempt < 2 ? position : (knownTo + unknownFrom) / 2;
                position = Math.Max(_start, again.TotalCount < 0 ? position : Math.Min(position, again.TotalCount));
                continue;
            }

            if (first >= 0 && HasHole(rows, first))
            {
                return (around, again);
            }

            var isEnd = rows.Count < around.Size || again.Number >= again.MaxPage;
            if (first >= 0 && !isEnd && IsKnown(rows[rows.Count - 1]))
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

            return Follows(page, rows) ? (window, page) : (around, again);
        }

        throw Incomplete("it changes faster than it can be read", RowsRead);
    }

    // Whether an unknown row stands between known ones.
    private bool HasHole(IReadOnlyList<T> rows, int first)
    {
        var last = rows.Count - 1;
        while (!IsKnown(rows[last]))
        {
            last--;
        }

        return rows.Skip(first).Take(last - first).Any(row => row is not null && !IsKnown(row));
    }

    // Whether a page begins right behind a known row.
    private bool Follows(FetchedPage<T> page, IReadOnlyList<T> around)
    {
        var next = page.Items.Count > 0 && page.Items[0] is { } item ? key(item) : null;
        for (var index = 1; next is not null && index < around.Count; index++)
        {
            if (around[index] is { } row && key(row) == next)
            {
                return IsKnown(around[index - 1]);
            }
        }

        return false;
    }

    private bool IsKnown(T? item) => item is not null && _known.Contains(key(item));

    private int IndexOfKnown(IReadOnlyList<T> rows)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            if (IsKnown(rows[index]))
            {
                return index;
            }
        }

        return -1;
    }

    // Whether the page tells of a row that has moved itself.
    private void Notice(PageWindow window, FetchedPage<T> page)
    {
        _isOnward = true;
        if (_previous is null || HasNoIds)
        {
            return;
        }

        var rows = page.Items;
        var overlap = (int)Math.Max(0, Math.Min(_frontier - window.Start, rows.Count));
        var lead = 0;
        while (lead < rows.Count && IsKnown(rows[lead]))
        {
            lead++;
        }

        var isQuiet = lead == overlap && !rows.Skip(lead).Any(IsKnown) && IsSameAcross(window, page, lead);
        IsQuiet &= isQuiet && page.TotalCount == _previous.TotalCount;
        _isOnward = ReferenceEquals(_farthest, _previous);
        if (!isQuiet)
        {
            var (shift, isTurned) = ShiftOf(window, page);
            if (shift > 0)
            {
                // Something came in before, which in a list with the oldest first does not happen.
                _firstCount = long.MaxValue;
            }

            // More has come in than the count tells, or a row stands behind one that it stood before.
            var grown = Math.Max(0, page.TotalCount - _farthest!.TotalCount);
            IsTurned |= isTurned;
            IsSettled &= !query.CountsRowsOnce || page.TotalCount < 0 || (!isTurned && shift <= grown);
        }
    }

    // How far the rows have moved towards the end since the frontier was where it is, and whether one has moved behind it.
    private (long Shift, bool IsTurned) ShiftOf(PageWindow window, FetchedPage<T> page)
    {
        var before = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < _farthest!.Items.Count; index++)
        {
            if (KeyOf(_farthest.Items[index]) is { } id)
            {
                before[id] = index;
            }
        }

        var (latest, shift) = (-1, long.MinValue);
        var (last, known) = (-1, 0);
        for (var index = 0; index < page.Items.Count; index++)
        {
            if (IsKnown(page.Items[index]))
            {
                known++;
                last = index;
                if (before.TryGetValue(KeyOf(page.Items[index])!, out var old) && old > latest)
                {
                    latest = old;
                    shift = window.Start + index - (_farthestStart + old);
                }
            }
        }

        _isOnward = latest >= 0;

        // Without any row of that page, the others are all that is known.
        return latest < 0
            ? (known + window.Start - _frontier, false)
            : (shift, last > shift + _farthestStart + latest - window.Start);
    }

    // Whether the rows that two pages have in common are the same ones, in the same places.
    private bool IsSameAcross(PageWindow window, FetchedPage<T> page, int overlap)
    {
        var before = _previous!.Items;
        var shift = window.Start - _previousStart;
        for (var index = (int)Math.Max(0, -shift); index < overlap && index + shift < before.Count; index++)
        {
            if (KeyOf(page.Items[index]) != KeyOf(before[(int)(index + shift)]))
            {
                return false;
            }
        }

        return true;
    }

    private string? KeyOf(T? item) => item is null ? null : key(item);

    // The rows of a page that are wanted and new.
    private List<T> Take(PageWindow window, FetchedPage<T> page)
    {
        var rows = page.Items;
        var items = new List<T>(rows.Count);
        var known = _previous is null ? -1 : IndexOfKnown(rows);
        var isFarther = _farthest is null;
        for (var index = 0; index < rows.Count; index++)
        {
            // A null among the items is no item.
            if (rows[index] is not { } item)
            {
                continue;
            }

            var id = key(item);
            var position = window.Start + index;

            // What stands before the wanted extent: by its position where nothing is known yet, else before what is known.
            var isBefore = !_isSkipKnown && (known < 0 ? position < _start : index < known);
            if (isBefore)
            {
                if (_previous is null)
                {
                    _known.Add(id);
                }
            }
            else if (id is null ? position >= _frontier || _previous is null : _known.Add(id))
            {
                items.Add(item);
                NoticeTime(item);
                isFarther = index == rows.Count - 1;
            }
        }

        if (isFarther && _isOnward)
        {
            _farthest = page;
            _farthestStart = window.Start;
        }

        return items;
    }

    private void NoticeTime(T item)
    {
        if (
            _before is { } before
            && !(item is IDated { CreatedAt: { } created } dated && created < before && !(dated.ModifiedAt >= before))
        )
        {
            _before = null;
        }
    }

    private void Advance(PageWindow window, FetchedPage<T> page)
    {
        _frontier =
            page.TotalCount < 0 || page.Number < page.MaxPage
                ? window.End
                : Math.Min(window.End, Math.Max(page.TotalCount, window.Start + page.Items.Count));
        _isSkipKnown |= _previous is null && window.Start == 0;
        _previous = page;
        _previousStart = window.Start;
        _previousSize = window.Size;
    }

    private bool IsLast(PageWindow window, FetchedPage<T> page) =>
        page.Number > page.MaxPage
        || (page.Number == page.MaxPage && !MayGoOn(window, page))
        // In a list with the oldest first, what was there from the beginning never stands behind the first count.
        || (source.GrowsAtEnd && page.TotalCount > _firstCount && _frontier >= _firstCount);

    // Whether a row may stand behind the last page: something may have come in before it after Polar had counted.
    private bool MayGoOn(PageWindow window, FetchedPage<T> page) =>
        page.TotalCount >= 0 && CanOverlap && !source.GrowsAtEnd && page.Items.Count >= window.Size && !IsProven;

    // A server that repeats itself, or has nothing where its count promises something, would loop forever.
    private void EnsureProgress(PageWindow window, FetchedPage<T> page, int fresh)
    {
        var overlap = Math.Max(0, _frontier - window.Start);
        var again = page.Items.Count - fresh - overlap;
        _isSlow = again > fresh;
        _added += Math.Max(0, page.TotalCount - (_previous ?? page).TotalCount);
        _isRepeating |= again - _added > Math.Max(FewRows, page.Items.Count / 2);
        if (fresh > 0 || page.Number > page.MaxPage || page.TotalCount == 0)
        {
            _added = Math.Max(0, _added - Math.Max(0, again));
            _repeats = 0;
            _same = 0;
            return;
        }

        if (page.Items.Count <= overlap)
        {
            // Also where the count is reached and the server still claims more pages.
            if (page.Number < page.MaxPage || page.TotalCount > Math.Max(_frontier, window.Start))
            {
                _previous ??= page;
                throw Incomplete($"page {page.Number} of {page.MaxPage} is empty", RowsRead);
            }

            return;
        }

        // So many rows were put in before these that a whole page comes again. The count tells of them, unless others were
        // removed at the same time; then the rows are at least not those of the page before, not time after time.
        var isRepeated = again > _added && IsRepeated(page);
        _same = isRepeated ? _same + 1 : 0;
        _repeats++;
        if (_repeats > MostRepeats || _same > MostSame || (isRepeated && page.Number == page.MaxPage))
        {
            throw Incomplete($"page {page.Number} of {page.MaxPage} repeats earlier rows", RowsRead);
        }

        _added = Math.Max(0, _added - again);
    }

    private bool IsRepeated(FetchedPage<T> page) =>
        _previous is not null
        && page.Items.Zip(_previous.Items, (left, right) => (left, right))
            .All(pair => pair.left is null || pair.right is null || key(pair.left) == key(pair.right));

    private void EnsureComplete(PageWindow window, FetchedPage<T> page, bool isEnough)
    {
        if (!isEnough && page.Number >= page.MaxPage && window.End < page.TotalCount)
        {
            throw Incomplete($"it ends with page {page.Number}, before its own count", RowsRead);
        }

        if (_lack is not null)
        {
            throw Incomplete(_lack, RowsRead);
        }
    }
}
