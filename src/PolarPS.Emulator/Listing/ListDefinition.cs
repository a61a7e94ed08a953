namespace PolarPS.Emulator;

/// <summary>What a list can be narrowed and sorted by.</summary>
internal sealed class ListDefinition
{
    private readonly Dictionary<string, Func<JsonObject, IComparable?>> _sorts = new(StringComparer.Ordinal);

    public ListDefinition(string defaultSort, params ListFilter[] filters)
    {
        DefaultSort = defaultSort;
        Filters = filters;
    }

    public string DefaultSort { get; }

    public IReadOnlyList<ListFilter> Filters { get; }

    /// <summary>Whether <c>metadata[key]=value</c> narrows it.</summary>
    public bool ByMetadata { get; init; }

    public IReadOnlyDictionary<string, Func<JsonObject, IComparable?>> Sorts => _sorts;

    /// <summary>Adds fields to sort by as they are.</summary>
    public ListDefinition SortedBy(params string[] fields)
    {
        foreach (var field in fields)
        {
            _sorts.Add(field, row => Key(row, field));
        }

        return this;
    }

    /// <summary>Adds the fields that Polar's list has; those that are not sorted by as they are get a key after this.</summary>
    public ListDefinition SortedBy(KnownList fields) => SortedBy(fields.ToArray());

    /// <summary>Gives a field to sort by a key that is worked out.</summary>
    public ListDefinition SortedBy(string name, Func<JsonObject, IComparable?> key)
    {
        if (!_sorts.ContainsKey(name))
        {
            throw new InvalidOperationException($"The list is not sorted by '{name}'.");
        }

        _sorts[name] = key;
        return this;
    }

    /// <summary>The names by which it can be sorted, each in both directions.</summary>
    public IEnumerable<string> SortNames => _sorts.Keys.SelectMany(name => new[] { name, "-" + name });

    private static IComparable? Key(JsonObject row, string field)
    {
        if (!row.TryGetPropertyValue(field, out var node) || node is not JsonValue value)
        {
            return null;
        }

        if (value.TryGetValue<string>(out var text))
        {
            return new TextKey(text);
        }

        return value.TryGetValue<bool>(out var flag) ? flag : Json.Number(value);
    }

    /// <summary>Text sorts as a database's collation would: by letters first, by case only between equals.</summary>
    internal sealed class TextKey : IComparable
    {
        private readonly string _text;

        public TextKey(string text) => _text = text;

        public int CompareTo(object? obj)
        {
            var other = ((TextKey)obj!)._text;
            var result = string.Compare(_text, other, StringComparison.OrdinalIgnoreCase);
            return result != 0 ? result : string.CompareOrdinal(_text, other);
        }
    }
}
