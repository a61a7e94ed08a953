namespace PolarPS.Commands;

/// <summary>Which metrics are meant by what was given.</summary>
internal static class MetricNaming
{
    /// <summary>The metrics that the client knows, for completion.</summary>
    public static KnownList Known { get; } = ListKnown();

    /// <summary>The slugs, with wildcards replaced by what they fit.</summary>
    /// <param name="given">What was given; null for nothing.</param>
    /// <returns>Each once; empty for all metrics.</returns>
    /// <exception cref="ArgumentException">A wildcard fits none.</exception>
    public static IReadOnlyList<string> Expand(string[]? given) =>
        [.. (given ?? []).SelectMany(Expand).Distinct(StringComparer.Ordinal)];

    /// <summary>Tells whether a metric is among those given, which may have wildcards.</summary>
    /// <param name="given">What was given; null for all.</param>
    public static Func<string, bool>? Filter(string[]? given)
    {
        if (given is null)
        {
            return null;
        }

        var patterns = Array.ConvertAll(
            given,
            static text => new WildcardPattern(Metric.Find(text)?.Slug ?? text, WildcardOptions.IgnoreCase)
        );
        return slug => Array.Exists(patterns, pattern => pattern.IsMatch(slug));
    }

    private static IEnumerable<string> Expand(string text)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(text))
        {
            return [text];
        }

        var pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase);
        var found = Metric.Known.Select(static metric => metric.Slug!).Where(pattern.IsMatch).ToList();
        return found.Count > 0
            ? found
            : throw new ArgumentException(
                $"No known metric matches '{text}'. Tab completion after -Metric lists them."
            );
    }

    private static KnownList ListKnown()
    {
        var list = new KnownList();
        foreach (var metric in Metric.Known)
        {
            list.Add(metric.Slug!, metric.DisplayName!);
        }

        return list;
    }
}
