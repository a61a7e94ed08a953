using System.Text.RegularExpressions;

namespace PolarPS.Client.Models;

/// <summary>Writes filters as people read them. What it writes, <see cref="MeterFilterParser"/> reads as the same filter.</summary>
internal static class MeterFilterText
{
    /// <summary>The filter without clauses.</summary>
    public const string EveryEvent = "every event";

    /// <summary>What stands in front of the names in an event's metadata.</summary>
    public const string Metadata = "metadata.";

    /// <summary>The property whose values are times.</summary>
    public const string Timestamp = "timestamp";

    /// <summary>What events have beside their metadata.</summary>
    public static readonly string[] OwnProperties = ["name", "source", Timestamp];

    private static readonly Dictionary<string, string> Signs = new(StringComparer.Ordinal)
    {
        ["eq"] = "=",
        ["ne"] = "!=",
        ["gt"] = ">",
        ["gte"] = ">=",
        ["lt"] = "<",
        ["lte"] = "<=",
        ["like"] = "contains",
        ["not_like"] = "not contains",
    };

    // What a parser reads as one word.
    private static readonly Regex Path = new(
        @"\A[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*\z",
        RegexOptions.CultureInvariant
    );

    /// <summary>A whole filter.</summary>
    public static string Of(string? conjunction, IReadOnlyList<MeterFilterClause> clauses) =>
        clauses.Count switch
        {
            0 when conjunction == "and" => EveryEvent,
            1 when conjunction == "and" && clauses[0].Clauses is null => Of(clauses[0]),
            0 or 1 => Call(conjunction, clauses),
            _ => Join(conjunction, clauses),
        };

    /// <summary>A clause as part of a filter; a group is in parentheses.</summary>
    public static string Of(MeterFilterClause clause) =>
        clause.Clauses is not { } clauses
            ? $"{Property(clause.Property, clause.Value)} {Sign(clause.Operator)} {Value(clause)}"
        : clauses.Count < 2 ? Call(clause.Conjunction, clauses)
        : $"({Join(clause.Conjunction, clauses)})";

    // Groups of one or none need the word in front: nothing stands between their clauses.
    private static string Call(string? conjunction, IReadOnlyList<MeterFilterClause> clauses) =>
        $"{conjunction}({string.Join(", ", clauses.Select(Of))})";

    private static string Join(string? conjunction, IReadOnlyList<MeterFilterClause> clauses) =>
        string.Join($" {conjunction} ", clauses.Select(Of));

    private static string Sign(string? comparison) =>
        comparison is not null && Signs.TryGetValue(comparison, out var sign) ? sign : comparison ?? string.Empty;

    // In quotes a name means itself, whatever it looks like.
    private static string Property(string? property, object? value) =>
        property is null ? Quoted(string.Empty)
        : property == Timestamp && value is string ? Quoted(property)
        : OwnProperties.Contains(property) ? property
        : Path.IsMatch(property) && !property.StartsWith(Metadata, StringComparison.Ordinal) ? Metadata + property
        : Quoted(property);

    private static string Value(MeterFilterClause clause) =>
        clause.Value switch
        {
            null => "null",
            string text => Quoted(text),
            bool flag => flag ? "true" : "false",
            long seconds when clause.Property == Timestamp && seconds is >= int.MinValue and <= int.MaxValue =>
                DateTimeOffset
                    .FromUnixTimeSeconds(seconds)
                    .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
        };

    private static string Quoted(string text) => "'" + text.Replace("'", "''") + "'";
}
