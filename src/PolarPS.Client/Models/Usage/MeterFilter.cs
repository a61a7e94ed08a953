using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace PolarPS.Client.Models;

/// <summary>Which events a meter counts: clauses that all have to match, or of which one does. Without clauses it matches every event. The same class is sent and received.</summary>
public sealed class MeterFilter : PolarObject
{
    /// <summary><c>and</c>: all clauses have to match. <c>or</c>: one of them.</summary>
    public string? Conjunction { get; set; }

    /// <summary>The clauses; empty for every event.</summary>
    public PolarList<MeterFilterClause>? Clauses { get; set; }

    /// <summary>A filter that matches where all clauses do.</summary>
    /// <param name="clauses">The clauses; none for every event.</param>
    /// <returns>The filter.</returns>
    public static MeterFilter All(params MeterFilterClause[] clauses) => Of("and", clauses);

    /// <summary>A filter that matches where one of the clauses does.</summary>
    /// <param name="clauses">The clauses.</param>
    /// <returns>The filter.</returns>
    public static MeterFilter Any(params MeterFilterClause[] clauses) => Of("or", clauses);

    /// <summary>
    /// Reads a filter as people write it: <c>name = 'api.call' and (metadata.tokens &gt; 100 or metadata.model contains 'large')</c>.
    /// </summary>
    /// <param name="text">
    /// Comparisons of <c>name</c>, <c>source</c>, <c>timestamp</c> or <c>metadata.key</c> by <c>= != &gt; &gt;= &lt; &lt;=
    /// contains</c> or <c>not contains</c> with a text in quotes, a whole number, <c>true</c>, <c>false</c>, or, for a timestamp, a
    /// time such as <c>2026-10-01T00:00:00Z</c>; joined by <c>and</c> and <c>or</c>, of which <c>and</c> binds more closely, with
    /// parentheses. A property in quotes is taken as it stands, a quote within a text stands twice. <c>and(…)</c> and
    /// <c>or(…)</c> make a group of any number of clauses, <c>every event</c> is the filter without clauses.
    /// </param>
    /// <returns>The filter.</returns>
    /// <exception cref="MeterFilterException">The text is no filter; the message says where.</exception>
    public static MeterFilter Parse(string text) => MeterFilterParser.Parse(text);

    /// <summary>The filter as <see cref="Parse"/> reads it; for one with operators that are not known, as near to that as can be.</summary>
    /// <returns>Such as <c>name = 'call' and (metadata.model contains 'large' or metadata.tokens &gt;= 100)</c>.</returns>
    public string ToText() => MeterFilterText.Of(Conjunction, Clauses ?? []);

    /// <summary>The filter in words.</summary>
    /// <returns>Its text, as <see cref="ToText"/>.</returns>
    private protected override string Describe() => ToText();

    private static MeterFilter Of(string conjunction, MeterFilterClause[] clauses)
    {
        var filter = new MeterFilter { Conjunction = conjunction, Clauses = [] };
        filter.Clauses.AddRange(clauses);
        return filter;
    }

    /// <summary>As a filter of lists takes it.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, PolarJson.Default.MeterFilter);
}

/// <summary>A part of a filter: a comparison (property, operator, value), or a group of further clauses (conjunction, clauses). What belongs to the other kind is null.</summary>
public sealed class MeterFilterClause : PolarObject
{
    /// <summary>What is compared: <c>name</c>, <c>source</c>, <c>timestamp</c> (whole seconds since 1970), or a name in the event's metadata, with dots for what is nested (<c>_llm.total_tokens</c>).</summary>
    public string? Property { get; set; }

    /// <summary>How: <c>eq</c>, <c>ne</c>, <c>gt</c>, <c>gte</c>, <c>lt</c>, <c>lte</c>, <c>like</c> (contains), <c>not_like</c>.</summary>
    public string? Operator { get; set; }

    /// <summary>With what: a string of at most 1000 characters, a whole number of 32 bits, or a boolean. A value of another kind than the event's never matches.</summary>
    [JsonConverter(typeof(PlainValueConverter))]
    public object? Value { get; set; }

    /// <summary>In a group, <c>and</c>: all clauses have to match. <c>or</c>: one of them.</summary>
    public string? Conjunction { get; set; }

    /// <summary>In a group, the clauses.</summary>
    public PolarList<MeterFilterClause>? Clauses { get; set; }

    /// <summary>A comparison with a text.</summary>
    /// <param name="property">See <see cref="Property"/>.</param>
    /// <param name="comparison">See <see cref="Operator"/>.</param>
    /// <param name="value">At most 1000 characters.</param>
    /// <returns>The clause.</returns>
    public static MeterFilterClause Where(string property, string comparison, string value) =>
        Compare(property, comparison, value);

    /// <summary>A comparison with a whole number; Polar's filters know no others.</summary>
    /// <param name="property">See <see cref="Property"/>.</param>
    /// <param name="comparison">See <see cref="Operator"/>.</param>
    /// <param name="value">The number.</param>
    /// <returns>The clause.</returns>
    public static MeterFilterClause Where(string property, string comparison, int value) =>
        Compare(property, comparison, (long)value);

    /// <summary>A comparison with a boolean.</summary>
    /// <param name="property">See <see cref="Property"/>.</param>
    /// <param name="comparison">See <see cref="Operator"/>.</param>
    /// <param name="value">The boolean.</param>
    /// <returns>The clause.</returns>
    public static MeterFilterClause Where(string property, string comparison, bool value) =>
        Compare(property, comparison, value);

    /// <summary>A filter as part of another.</summary>
    /// <param name="filter">The filter.</param>
    /// <returns>The clause.</returns>
    public static MeterFilterClause Group(MeterFilter filter) =>
        new() { Conjunction = filter.Conjunction, Clauses = filter.Clauses };

    /// <summary>The clause in words.</summary>
    /// <returns>Such as <c>name = 'call'</c>; a group is in brackets.</returns>
    private protected override string Describe() => MeterFilterText.Of(this);

    private static MeterFilterClause Compare(string property, string comparison, object value) =>
        new()
        {
            Property = property,
            Operator = comparison,
            Value = value,
        };
}

/// <summary>How a meter counts the events that match its filter. The same class is sent and received.</summary>
public sealed class MeterAggregation : PolarObject
{
    private static readonly Regex Form = new(
        @"\A\s*([A-Za-z]+)\s*(?:\((.*)\))?\s*\z",
        RegexOptions.CultureInvariant | RegexOptions.Singleline
    );

    /// <summary><c>count</c> (the events), <c>sum</c>, <c>max</c>, <c>min</c>, <c>avg</c> (of a property's numbers), <c>unique</c> (different values of a property).</summary>
    public string? Func { get; set; }

    /// <summary>The name in the events' metadata, with dots for what is nested; null for <c>count</c>.</summary>
    public string? Property { get; set; }

    /// <summary>The number of events.</summary>
    /// <returns>The aggregation.</returns>
    public static MeterAggregation Count() => new() { Func = "count" };

    /// <summary>The sum of a property's numbers.</summary>
    /// <param name="property">See <see cref="Property"/>.</param>
    /// <returns>The aggregation.</returns>
    public static MeterAggregation Sum(string property) => new() { Func = "sum", Property = property };

    /// <summary>The greatest of a property's numbers.</summary>
    /// <param name="property">See <see cref="Property"/>.</param>
    /// <returns>The aggregation.</returns>
    public static MeterAggregation Max(string property) => new() { Func = "max", Property = property };

    /// <summary>The least of a property's numbers.</summary>
    /// <param name="property">See <see cref="Property"/>.</param>
    /// <returns>The aggregation.</returns>
    public static MeterAggregation Min(string property) => new() { Func = "min", Property = property };

    /// <summary>The mean of a property's numbers.</summary>
    /// <param name="property">See <see cref="Property"/>.</param>
    /// <returns>The aggregation.</returns>
    public static MeterAggregation Average(string property) => new() { Func = "avg", Property = property };

    /// <summary>The number of different values of a property.</summary>
    /// <param name="property">See <see cref="Property"/>.</param>
    /// <returns>The aggregation.</returns>
    public static MeterAggregation Unique(string property) => new() { Func = "unique", Property = property };

    /// <summary>Reads an aggregation as <see cref="PolarObject.ToString"/> writes it.</summary>
    /// <param name="text"><c>count</c>, or a function and a property: <c>sum(tokens)</c>, <c>max(_llm.total_tokens)</c>.</param>
    /// <returns>The aggregation. Without a property it has none, which only <c>count</c> can do without.</returns>
    /// <exception cref="FormatException">The text is no aggregation.</exception>
    public static MeterAggregation Parse(string text)
    {
        var match = Form.Match(text);
        var function = match.Groups[1].Value.ToLowerInvariant();
        var property = match.Groups[2].Value.Trim();
        if (property.StartsWith(MeterFilterText.Metadata, StringComparison.Ordinal))
        {
            property = property.Substring(MeterFilterText.Metadata.Length);
        }

        return !match.Success || (function == "count" && property.Length > 0)
            ? throw new FormatException(
                $"'{VisibleText.Of(text)}' is no aggregation: use count, or a function with a property, such as sum(tokens)."
            )
            : new() { Func = function, Property = property.Length > 0 ? property : null };
    }

    /// <summary>The aggregation in words.</summary>
    /// <returns>Such as <c>sum(_llm.total_tokens)</c>, or <c>count</c>.</returns>
    private protected override string Describe() => Property is null ? Func ?? string.Empty : $"{Func}({Property})";
}
