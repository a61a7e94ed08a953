using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>Which events a meter counts, and what it makes of them.</summary>
internal static class MeterMath
{
    private const string MetadataPrefix = "metadata.";

    /// <summary>Whether an event passes a filter.</summary>
    public static bool Matches(JsonObject filter, EventEntry entry)
    {
        JsonElement? metadata = null;
        return Matches(filter, entry, ref metadata);
    }

    /// <summary>Counts, sums and so on.</summary>
    public static decimal Aggregate(JsonObject aggregation, IEnumerable<EventEntry> entries)
    {
        var function = aggregation.Text("func") ?? "count";
        if (function == "count")
        {
            return entries.Count();
        }

        var property = aggregation.Text("property")!;
        if (function == "unique")
        {
            return entries
                .Select(entry => Text(Read(entry, property)))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Count();
        }

        // Only numbers count.
        var numbers = entries.Select(entry => Number(Read(entry, property))).OfType<decimal>().ToList();
        if (numbers.Count == 0)
        {
            return 0;
        }

        return function switch
        {
            "max" => numbers.Max(),
            "min" => numbers.Min(),
            "avg" => numbers.Average(),
            _ => numbers.Sum(),
        };
    }

    /// <summary>A number as JSON; whole ones without a point.</summary>
    public static JsonNode ToNode(decimal number) =>
        number == decimal.Truncate(number) && number is > -9e15m and < 9e15m
            ? JsonValue.Create((long)number)
            : JsonValue.Create(number);

    private static bool Matches(JsonObject filter, EventEntry entry, ref JsonElement? metadata)
    {
        var isAnd = filter.Text("conjunction") != "or";
        var any = false;
        foreach (var clause in filter.Objects("clauses"))
        {
            any = true;
            var passes = clause.ContainsKey("clauses")
                ? Matches(clause, entry, ref metadata)
                : Passes(clause, entry, ref metadata);
            if (passes != isAnd)
            {
                return passes;
            }
        }

        return !any || isAnd;
    }

    private static bool Passes(JsonObject clause, EventEntry entry, ref JsonElement? metadata)
    {
        var property = clause.Text("property")!;
        if (property.StartsWith(MetadataPrefix, StringComparison.Ordinal))
        {
            property = property.Substring(MetadataPrefix.Length);
        }

        object? actual;
        switch (property)
        {
            case "name":
                actual = entry.Name;
                break;
            case "source":
                actual = entry.IsSystem ? "system" : "user";
                break;
            case "timestamp":
                actual = (decimal)entry.Timestamp.ToUnixTimeSeconds();
                break;
            default:
                metadata ??= Parse(entry);
                actual = Value(Walk(metadata.Value, property));
                break;
        }

        var value = clause["value"]!;
        return Compare(clause.Text("operator")!, actual, value);
    }

    // What is of another type never matches.
    private static bool Compare(string comparison, object? actual, JsonNode expected)
    {
        if (comparison is "like" or "not_like")
        {
            var found =
                actual is string text
                && expected.GetValueKind() == JsonValueKind.String
                && text.IndexOf(expected.GetValue<string>(), StringComparison.Ordinal) >= 0;
            return actual is string && found == (comparison == "like");
        }

        int? order = (actual, expected.GetValueKind()) switch
        {
            (string left, JsonValueKind.String) => string.CompareOrdinal(left, expected.GetValue<string>()),
            (decimal left, JsonValueKind.Number) => left.CompareTo((decimal)Json.Number((JsonValue)expected)!.Value),
            (bool left, JsonValueKind.True or JsonValueKind.False) => left.CompareTo(expected.GetValue<bool>()),
            _ => null,
        };
        return comparison switch
        {
            "eq" => order == 0,
            "ne" => order is not null and not 0,
            "gt" => order > 0,
            "gte" => order >= 0,
            "lt" => order < 0,
            _ => order <= 0,
        };
    }

    private static JsonElement Parse(EventEntry entry) => JsonDocument.Parse(entry.Metadata).RootElement;

    private static JsonElement? Read(EventEntry entry, string property) =>
        Walk(
            Parse(entry),
            property.StartsWith(MetadataPrefix, StringComparison.Ordinal)
                ? property.Substring(MetadataPrefix.Length)
                : property
        );

    private static JsonElement? Walk(JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }

    private static object? Value(JsonElement? element) =>
        element?.ValueKind switch
        {
            JsonValueKind.String => element.Value.GetString(),
            JsonValueKind.Number => Number(element),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    private static decimal? Number(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value) ? value : null;

    private static string? Text(JsonElement? element) =>
        element?.ValueKind switch
        {
            JsonValueKind.String => element.Value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.Value.GetRawText(),
            _ => null,
        };
}
