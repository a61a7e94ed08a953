namespace PolarPS.Emulator;

/// <summary>The pairs of a query, decoded, in their order.</summary>
internal sealed class QueryString
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    public QueryString(string raw)
    {
        foreach (var part in raw.Split('&'))
        {
            if (part.Length > 0)
            {
                var middle = part.IndexOf('=');
                _pairs.Add(
                    new KeyValuePair<string, string>(
                        Decode(middle < 0 ? part : part.Substring(0, middle)),
                        middle < 0 ? string.Empty : Decode(part.Substring(middle + 1))
                    )
                );
            }
        }
    }

    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    public IReadOnlyList<string> All(string name) =>
        _pairs.Where(pair => pair.Key == name).Select(pair => pair.Value).ToArray();

    /// <summary>The value that counts where only one is expected: the last.</summary>
    public string? Last(string name)
    {
        var all = All(name);
        return all.Count == 0 ? null : all[all.Count - 1];
    }

    /// <summary>The pairs written as <c>name[key]=value</c>, by key.</summary>
    public ILookup<string, string> Deep(string name) =>
        _pairs
            .Where(pair =>
                pair.Key.StartsWith(name + "[", StringComparison.Ordinal)
                && pair.Key.EndsWith("]", StringComparison.Ordinal)
            )
            .ToLookup(
                pair => pair.Key.Substring(name.Length + 1, pair.Key.Length - name.Length - 2),
                pair => pair.Value
            );

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
