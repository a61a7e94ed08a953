namespace PolarPS.Client;

/// <summary>Which rows have come: their ids, exact, in 16 bytes for a UUID, small enough to keep for a whole list.</summary>
/// <param name="key">The id of a row; null for one without.</param>
internal sealed class KnownRows<T>(Func<T, string?> key)
    where T : class
{
    private readonly HashSet<Guid> _ids = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public long Count => _ids.Count + (long)_keys.Count;

    /// <summary>The id of a row.</summary>
    public string? IdOf(T? row) => row is null ? null : key(row);

    /// <summary>Remembers a row; false if it was known. A row without an id is always new.</summary>
    public bool Add(T row) =>
        key(row) is not { } id || (Guid.TryParseExact(id, "D", out var guid) ? _ids.Add(guid) : _keys.Add(id));

    /// <summary>Whether a row is known. A row without an id never is.</summary>
    public bool Contains(T? row) =>
        IdOf(row) is { } id && (Guid.TryParseExact(id, "D", out var guid) ? _ids.Contains(guid) : _keys.Contains(id));

    /// <summary>The index of the first row that is known; -1 if none is.</summary>
    public int IndexIn(IReadOnlyList<T> rows)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            if (Contains(rows[index]))
            {
                return index;
            }
        }

        return -1;
    }
}
