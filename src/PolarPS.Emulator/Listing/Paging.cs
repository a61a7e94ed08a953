namespace PolarPS.Emulator;

/// <summary>Pages and orders of what is worked out for a request instead of being stored.</summary>
internal static class Paging
{
    private static readonly Schema Number = Form.Positive();

    public static int Page(QueryReader query) => (int)(query.One("page", Number)?.GetValue<long>() ?? 1);

    public static int Limit(QueryReader query) =>
        (int)Math.Min(100, query.One("limit", Number)?.GetValue<long>() ?? 10);

    /// <summary>The page that a request asks for; call it after everything else of the query has been read.</summary>
    public static Reply Run<T>(QueryReader query, IReadOnlyList<T> items, Func<T, byte[]> write)
    {
        var page = Page(query);
        var limit = Limit(query);
        query.ThrowIfAny();
        var shown = items.Skip((int)Math.Min(int.MaxValue, (page - 1L) * limit)).Take(limit).Select(write).ToArray();
        return Reply.Ok(ListRunner.Envelope(shown, items.Count, (items.Count + limit - 1) / limit));
    }

    /// <summary>Sorts as a request asks for, by one of the known keys after the other.</summary>
    public static List<T> Sort<T>(
        OperationContext context,
        IEnumerable<T> items,
        string defaultSort,
        IReadOnlyDictionary<string, Func<T, IComparable?>> keys
    )
    {
        var given = context.Query.All("sorting");
        IOrderedEnumerable<T>? sorted = null;
        foreach (var name in given.Count == 0 ? [defaultSort] : given)
        {
            var descending = name.StartsWith("-", StringComparison.Ordinal);
            if (!keys.TryGetValue(descending ? name.Substring(1) : name, out var key))
            {
                throw Problems.Value(
                    Location.Query["sorting"],
                    "This is not a sort field. The sort fields are: "
                        + string.Join(", ", keys.Keys.SelectMany(known => new[] { known, "-" + known }))
                        + ".",
                    name,
                    "enum"
                );
            }

            sorted = (sorted, descending) switch
            {
                (null, true) => items.OrderByDescending(key),
                (null, false) => items.OrderBy(key),
                (_, true) => sorted.ThenByDescending(key),
                _ => sorted.ThenBy(key),
            };
        }

        return sorted!.ToList();
    }
}
