namespace PolarPS.Client;

/// <summary>What the answers tell of rows that stand elsewhere than they did, from those that pages have in common.</summary>
internal sealed class RowTraces<T>(bool countsRowsOnce)
    where T : class
{
    private FetchedPage<T>? _previous;

    // The page that has the row that stands farthest of those that were read, and whether the page looked at goes on from it.
    private FetchedPage<T>? _farthest;
    private bool _isOnward;

    /// <summary>Whether nothing has changed.</summary>
    public bool IsQuiet { get; private set; } = true;

    /// <summary>Whether nothing has moved that could hide a row.</summary>
    public bool IsSettled { get; private set; } = true;

    /// <summary>Whether rows have changed their order among one another.</summary>
    public bool IsTurned { get; private set; }

    /// <summary>Whether rows have moved towards the end, so that something must have come in before them.</summary>
    public bool IsPushed { get; private set; }

    /// <summary>Looks at a page whose rows are not among the known ones yet.</summary>
    /// <param name="page">The page.</param>
    /// <param name="known">The rows that were read.</param>
    /// <param name="frontier">Where what had been read ended.</param>
    public void Look(FetchedPage<T> page, KnownRows<T> known, long frontier)
    {
        if (_previous is null)
        {
            return;
        }

        var rows = page.Items;
        var overlap = (int)Math.Max(0, Math.Min(frontier - page.Window.Start, rows.Count));
        var lead = rows.TakeWhile(known.Contains).Count();
        var isQuiet = lead == overlap && !rows.Skip(lead).Any(known.Contains) && IsSameAcross(page, known, lead);
        IsQuiet &= isQuiet && page.TotalCount == _previous.TotalCount;
        _isOnward = ReferenceEquals(_farthest, _previous);
        if (!isQuiet)
        {
            var (shift, isTurned) = ShiftOf(page, known, frontier);
            IsPushed |= shift > 0;
            IsTurned |= isTurned;

            // More has come in than the count tells, or a row stands behind one that it stood before.
            var grown = Math.Max(0, page.TotalCount - _farthest!.TotalCount);
            IsSettled &= !countsRowsOnce || !page.IsCounted || (!isTurned && shift <= grown);
        }
    }

    /// <summary>Goes on from a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="isEndNew">Whether its last row is new.</param>
    public void Advance(FetchedPage<T> page, bool isEndNew)
    {
        _farthest = _farthest is null || (isEndNew && _isOnward) ? page : _farthest;
        _previous = page;
    }

    // How far the rows have moved towards the end since the farthest was read, and whether one has moved behind it.
    private (long Shift, bool IsTurned) ShiftOf(FetchedPage<T> page, KnownRows<T> known, long frontier)
    {
        var before = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < _farthest!.Items.Count; index++)
        {
            if (known.IdOf(_farthest.Items[index]) is { } id)
            {
                before[id] = index;
            }
        }

        var start = page.Window.Start;
        var (latest, shift) = (-1, long.MinValue);
        var (last, count) = (-1, 0);
        for (var index = 0; index < page.Items.Count; index++)
        {
            if (known.Contains(page.Items[index]))
            {
                count++;
                last = index;
                if (before.TryGetValue(known.IdOf(page.Items[index])!, out var old) && old > latest)
                {
                    latest = old;
                    shift = start + index - (_farthest.Window.Start + old);
                }
            }
        }

        _isOnward = latest >= 0;

        // Without any row of that page, the others are all that is known.
        return latest < 0
            ? (count + start - frontier, false)
            : (shift, last > shift + _farthest.Window.Start + latest - start);
    }

    // Whether the rows that two pages have in common are the same ones, in the same places.
    private bool IsSameAcross(FetchedPage<T> page, KnownRows<T> known, int overlap)
    {
        var before = _previous!.Items;
        var shift = page.Window.Start - _previous.Window.Start;
        for (var index = (int)Math.Max(0, -shift); index < overlap && index + shift < before.Count; index++)
        {
            if (known.IdOf(page.Items[index]) != known.IdOf(before[(int)(index + shift)]))
            {
                return false;
            }
        }

        return true;
    }
}
