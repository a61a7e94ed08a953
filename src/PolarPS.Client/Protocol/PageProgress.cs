namespace PolarPS.Client;

/// <summary>Whether reading leads on: a server that repeats itself, or has nothing where its count promises something, would have it go on forever.</summary>
internal sealed class PageProgress<T>(Func<T, string?> key)
    where T : class
{
    private const int MostRepeats = 1000;
    private const int MostSame = 2;
    private const int MostStanding = 10;
    private const int FewRows = 10;

    // How many rows may come again because others were put in before them, and how many pages in a row brought nothing new.
    private long _added;
    private int _repeats;
    private int _same;

    // How far reading has come, and how many pages in a row brought nothing new and led no further.
    private long _furthest;
    private int _standing;

    /// <summary>Whether the last page brought more rows again than new ones.</summary>
    public bool IsSlow { get; private set; }

    /// <summary>Whether most rows of a page came again, although the count tells of none that came in before them.</summary>
    public bool IsRepeating { get; private set; }

    /// <summary>Looks at a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="previous">The one before it; null for the first.</param>
    /// <param name="frontier">Where what had been read ended.</param>
    /// <param name="fresh">How many of its rows are new.</param>
    /// <returns>Why there is no sense in reading on; null if there is.</returns>
    public string? Look(FetchedPage<T> page, FetchedPage<T>? previous, long frontier, int fresh)
    {
        var overlap = Math.Max(0, frontier - page.Window.Start);
        var again = page.Items.Count - fresh - overlap;
        IsSlow = again > fresh;
        _added += Math.Max(0, page.TotalCount - (previous ?? page).TotalCount);
        _standing = fresh > 0 || page.Window.End > _furthest ? 0 : _standing + 1;
        _furthest = Math.Max(_furthest, page.Window.End);
        IsRepeating |= again - _added > Math.Max(FewRows, page.Items.Count / 2);
        if (fresh > 0 || page.Number > page.MaxPage || page.TotalCount == 0)
        {
            _added = Math.Max(0, _added - Math.Max(0, again));
            _repeats = 0;
            _same = 0;
            return null;
        }

        if (_standing > MostStanding)
        {
            return Repeats(page);
        }

        if (page.Items.Count <= overlap)
        {
            // Also where the count is reached and the server still claims more pages.
            return page.Number < page.MaxPage || page.TotalCount > Math.Max(frontier, page.Window.Start)
                ? $"page {page.Number} of {page.MaxPage} is empty"
                : null;
        }

        // So many rows were put in before these that a whole page comes again. The count tells of them, unless others were
        // removed at the same time; then the rows are at least not those of the page before, not time after time.
        var isRepeated = again > _added && IsSame(page, previous);
        _same = isRepeated ? _same + 1 : 0;
        _repeats++;
        _added = Math.Max(0, _added - again);
        return _repeats > MostRepeats || _same > MostSame || (isRepeated && page.Number == page.MaxPage)
            ? Repeats(page)
            : null;
    }

    private static string Repeats(FetchedPage<T> page) => $"page {page.Number} of {page.MaxPage} repeats earlier rows";

    private bool IsSame(FetchedPage<T> page, FetchedPage<T>? previous) =>
        previous is not null
        && page.Items.Zip(previous.Items, (left, right) => (left, right))
            .All(pair => pair.left is null || pair.right is null || key(pair.left) == key(pair.right));
}
