using System.Collections;
using System.Text;

namespace PolarPS.Client;

/// <summary>The query part of an address, in the forms that Polar reads: repeated keys, deep objects, lower-case booleans.</summary>
internal sealed class QueryBuilder
{
    private readonly StringBuilder _text = new();

    public QueryBuilder Add(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? '?' : '&').Append(Escape(name)).Append('=').Append(Escape(value));
        }

        return this;
    }

    public QueryBuilder Add(string name, bool? value) =>
        Add(name, value is bool flag ? (flag ? "true" : "false") : null);

    public QueryBuilder Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public QueryBuilder Add(string name, DateTimeOffset? value) =>
        Add(name, value is DateTimeOffset time ? PlainJson.TimeText(time) : null);

    /// <summary>One pair for each value: any of them matches.</summary>
    public QueryBuilder Add(string name, IEnumerable<string>? values)
    {
        foreach (var value in values ?? [])
        {
            Add(name, value);
        }

        return this;
    }

    /// <summary><c>metadata[key]=value</c>, a pair for each value of a list.</summary>
    public QueryBuilder AddMetadata(IDictionary<string, object?>? metadata)
    {
        foreach (var entry in metadata ?? new Dictionary<string, object?>())
        {
            var name = $"metadata[{entry.Key}]";
            if (entry.Value is IEnumerable values and not string)
            {
                foreach (var value in values)
                {
                    Add(name, Text(value));
                }
            }
            else
            {
                Add(name, Text(entry.Value));
            }
        }

        return this;
    }

    public override string ToString() => _text.ToString();

    // Polar compares metadata as text: booleans are lower-case there, and times as they were sent.
    private static string Text(object? value) =>
        value switch
        {
            bool flag => flag ? "true" : "false",
            DateTimeOffset time => PlainJson.TimeText(time),
            DateTime time => PlainJson.TimeText(new DateTimeOffset(time)),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
        };

    private static string Escape(string text)
    {
        // EscapeDataString of .NET Framework refuses very long texts; a filter that long would not be accepted anyway.
        return Uri.EscapeDataString(text);
    }
}
