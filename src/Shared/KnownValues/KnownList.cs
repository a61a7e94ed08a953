using System.Collections;

namespace PolarPS;

/// <summary>
/// Values that Polar's API knows, each list once: in the API's order, with what the tab key says of each. Completers offer them, and
/// the emulator checks by them; KnownValueTests holds them to the API's description.
/// </summary>
/// <param name="usual">Those that are offered first, in this order; the others follow in the API's.</param>
internal sealed class KnownList(params string[] usual) : IReadOnlyCollection<string>
{
    private readonly List<KnownValue> _values = [];

    /// <summary>Values of which nothing is to be said, with spaces between them.</summary>
    public static KnownList Of(string words)
    {
        var list = new KnownList();
        foreach (var word in words.Split(' '))
        {
            list.Add(word);
        }

        return list;
    }

    public int Count => _values.Count;

    /// <summary>The values in the order in which they are offered.</summary>
    public IEnumerable<KnownValue> Offered =>
        usual.Select(Known).Concat(_values.Where(known => !usual.Contains(known.Value)));

    /// <summary>The API's spelling of a value; null for one that is not known.</summary>
    public string? Find(string text) =>
        _values.Find(known => known.Value.Equals(text, StringComparison.OrdinalIgnoreCase))?.Value;

    public void Add(string value, string meaning = "") => _values.Add(new KnownValue(value, meaning));

    /// <summary>Some of the values, where the API does not take them all.</summary>
    public KnownList Only(params string[] values)
    {
        var some = new KnownList();
        some._values.AddRange(values.Select(Known));
        return some;
    }

    /// <summary>All values but some, where the API does not take these.</summary>
    public KnownList Without(params string[] values)
    {
        var others = new KnownList();
        others._values.AddRange(_values.Except(values.Select(Known)));
        return others;
    }

    public IEnumerator<string> GetEnumerator() => _values.Select(static known => known.Value).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private KnownValue Known(string value) => _values.Single(known => known.Value == value);
}

/// <summary>A value, and what it means in a few words.</summary>
internal sealed class KnownValue(string value, string meaning)
{
    public string Value => value;

    public string Meaning => meaning;
}
