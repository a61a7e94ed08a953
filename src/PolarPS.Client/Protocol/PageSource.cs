namespace PolarPS.Client;

/// <summary>The rows of a list in one order.</summary>
/// <param name="Order">What becomes of that order while the list is read.</param>
/// <param name="IsFiltered">Whether rows can come into the list, or leave it, by a change.</param>
/// <param name="FetchAsync">Gives a page.</param>
internal sealed record PageSource<T>(
    RowOrder Order,
    bool IsFiltered,
    Func<PageWindow, CancellationToken, Task<FetchedPage<T>>> FetchAsync
)
    where T : class
{
    /// <summary>Whether new rows come at the end only.</summary>
    public bool GrowsAtEnd => Order == RowOrder.OldestFirst && !IsFiltered;
}

/// <summary>A page as the server gave it.</summary>
/// <param name="Window">What was asked for.</param>
/// <param name="Path">Where it was asked for.</param>
/// <param name="Items">Its rows.</param>
/// <param name="TotalCount">How many there are; -1 for a list without a count.</param>
/// <param name="MaxPage">The last page's number.</param>
/// <param name="Timing">When it came.</param>
internal sealed record FetchedPage<T>(
    PageWindow Window,
    string Path,
    IReadOnlyList<T> Items,
    long TotalCount,
    int MaxPage,
    AnswerTiming Timing
)
    where T : class
{
    public int Number => Window.Number;

    public bool IsCounted => TotalCount >= 0;
}
