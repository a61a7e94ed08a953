namespace PolarPS.Commands;

/// <summary>The types of events that a parameter names, with wildcards.</summary>
internal static class WebhookEventTypes
{
    /// <summary>The types that are meant: <c>order.*</c> becomes those of orders that this version knows.</summary>
    /// <returns>Each type once; null for null.</returns>
    /// <exception cref="ArgumentException">A pattern that fits none.</exception>
    public static string[]? Expand(string[]? given) =>
        given?.SelectMany(Matching).Distinct(StringComparer.Ordinal).ToArray();

    private static IEnumerable<string> Matching(string text)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(text))
        {
            return [text];
        }

        var pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase);
        var found = WebhookEvent.Types.Where(pattern.IsMatch).OrderBy(type => type, StringComparer.Ordinal).ToList();
        return found.Count > 0
            ? found
            : throw new ArgumentException($"No type of event that this version knows matches {ValueText.Given(text)}.");
    }
}
