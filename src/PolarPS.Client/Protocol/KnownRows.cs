using System;
using System.Collections.Generic;

namespace PolarPS.Client;

/// <summary>Ids of rows, exact, in 16 bytes for a UUID: small enough to keep for a whole list.</summary>
internal sealed class KnownRows
{
    private readonly HashSet<Guid> _ids = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public long Count => _ids.Count + (long)_keys.Count;

    /// <summary>Remembers a row; false if it was known. A row without an id is always new.</summary>
    public bool Add(string? id) =>
        id is null || (Guid.TryParseExact(id, "D", out var guid) ? _ids.Add(guid) : _keys.Add(id));

    /// <summary>Whether a row is known. A row without an id never is.</summary>
    public bool Contains(string? id) =>
        id is not null && (Guid.TryParseExact(id, "D", out var guid) ? _ids.Contains(guid) : _keys.Contains(id));
}
