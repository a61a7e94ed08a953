namespace PolarPS.Client;

/// <summary>What all lists have in common: their extent.</summary>
public abstract class ListQuery
{
    /// <summary>The greatest page that Polar gives.</summary>
    public const int LargestPage = 100;

    internal const int MostReadAhead = 12;

    /// <summary>The maximum number of items; null for all.</summary>
    public long? First { get; set; }

    /// <summary>So many items are left out at the start.</summary>
    public long Skip { get; set; }

    /// <summary>How many items a request asks for, 1 to 100; null for as many as make sense.</summary>
    public int? PageSize { get; set; }

    /// <summary>
    /// How many pages may be requested ahead of the current one; 0 for none. At most 12, which is the default. It is fewer as long as
    /// the consumer need not wait for pages, and while requests are scarce.
    /// </summary>
    public int ReadAhead { get; set; } = MostReadAhead;

    /// <summary>
    /// Whether the list is read to its end before its first item comes: true, false, or null for where its order can change
    /// while it is read, as by name or amount, which a loop over the items may change itself. It is held in memory then.
    /// </summary>
    public bool? ReadWhole { get; set; }

    /// <summary>What becomes of the order of the rows while the list is read.</summary>
    internal virtual RowOrder Order => RowOrder.Lasting;

    /// <summary>Whether the count is one of rows: each once, and none that is left out of the pages.</summary>
    internal virtual bool CountsRowsOnce => true;

    /// <summary>An order of the same rows that does not change while they are read, as <c>sorting</c> has it; null where there is none.</summary>
    internal virtual string? LastingSorting => null;

    /// <summary>Whether rows can come into the list, anywhere, or leave it by a change. To which organization they belong does not change.</summary>
    internal virtual bool IsFiltered
    {
        get
        {
            var filters = new QueryBuilder();
            AddFilters(filters);
            return Array.Exists(
                filters.ToString().Split('?', '&'),
                filter => filter.Length > 0 && !filter.StartsWith("organization_id=", StringComparison.Ordinal)
            );
        }
    }

    internal abstract void AddFilters(QueryBuilder query);

    internal virtual void AddOrder(QueryBuilder query) { }
}

/// <summary>What becomes of the order of a list's rows while it is read.</summary>
internal enum RowOrder
{
    /// <summary>Rows keep their order among one another.</summary>
    Lasting,

    /// <summary>They keep it, and new ones come before all others.</summary>
    NewestFirst,

    /// <summary>They keep it, and new ones come behind all others.</summary>
    OldestFirst,

    /// <summary>It depends on what can change.</summary>
    Changing,
}

/// <summary>A list whose order can be chosen.</summary>
public abstract class SortedListQuery : ListQuery
{
    private bool _isTieBroken;

    /// <summary>
    /// The fields to sort by, as the API spells them, the first foremost; a leading <c>-</c> sorts downwards. Null for
    /// Polar's own order, which is the newest first for most lists.
    /// </summary>
    public IReadOnlyList<string>? Sorting { get; set; }

    /// <summary>Polar's own order.</summary>
    internal virtual string DefaultSorting => "-created_at";

    /// <summary>What decides between rows that are equal otherwise.</summary>
    internal virtual string TieBreaker => "-created_at";

    internal sealed override RowOrder Order => OrderOf(Sorting is { Count: > 0 } given ? given[0] : DefaultSorting);

    internal sealed override void AddOrder(QueryBuilder query)
    {
        query.Add("sorting", Sorting);
        if (_isTieBroken && Sorting is { Count: > 0 } && Order == RowOrder.Changing && !Sorting.Any(IsTieBreaker))
        {
            query.Add("sorting", TieBreaker);
        }
    }

    internal sealed override string? LastingSorting => OrderOf(TieBreaker) == RowOrder.NewestFirst ? TieBreaker : null;

    /// <summary>
    /// Puts rows that <see cref="Sorting"/> leaves equal, such as those of one status, in order by when they were created.
    /// Without it, Polar may return them in another order on each page, and rows can be missed between two pages.
    /// </summary>
    public void BreakTies() => _isTieBroken = true;

    /// <summary>A sort field; a leading <c>-</c> sorts in descending order.</summary>
    internal static RowOrder OrderOf(string field) =>
        field switch
        {
            "-created_at" or "-started_at" => RowOrder.NewestFirst,
            "created_at" or "started_at" => RowOrder.OldestFirst,
            // Events may come with a time that is past.
            "timestamp" or "-timestamp" => RowOrder.Lasting,
            // The order in which the ids were given.
            "user_order" or "-user_order" => RowOrder.Lasting,
            _ => RowOrder.Changing,
        };

    private bool IsTieBreaker(string field) => field.TrimStart('-') == TieBreaker.TrimStart('-');
}
