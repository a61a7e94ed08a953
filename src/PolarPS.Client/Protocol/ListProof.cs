namespace PolarPS.Client;

/// <summary>
/// What proves of a whole list that every row has come that was there from the first to the last, whatever has moved: there were
/// so many rows at the beginning, so many have come, and all of these were there then, as their times tell.
/// </summary>
internal sealed class ListProof<T>
    where T : class
{
    // What takes longer than this from the time that a row bears until lists show it is passed over: the end of the
    // transaction, the way to the database that is read from, and the whole seconds of an answer's date.
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(10);

    private readonly long _count;

    // What was created or changed later may not have been in the list when it was first looked at.
    private readonly DateTimeOffset? _before;

    /// <param name="first">The first answer.</param>
    public ListProof(FetchedPage<T> first)
    {
        _count = first.TotalCount;
        _before = first.Timing.AskedAt - Latest;
        IsPossible = _before is not null && first.IsCounted;
    }

    /// <summary>Whether all rows that have come were there at the beginning.</summary>
    public bool IsPossible { get; private set; }

    /// <summary>Looks at a row that has come.</summary>
    public void Look(T row) =>
        IsPossible &=
            row is IDated { CreatedAt: { } created } dated && created < _before && !(dated.ModifiedAt >= _before);

    /// <summary>Whether it is proved with so many rows.</summary>
    public bool IsGiven(long rows) => IsPossible && rows == _count;
}
