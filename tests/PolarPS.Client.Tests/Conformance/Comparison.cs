using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolarPS.Client.Models;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>Holds what came out of the client, or out of a request, against the JSON that went in, value by value.</summary>
internal static class Comparison
{
    /// <summary>A model against the JSON it was read from.</summary>
    public static void Model(JsonNode? expected, object? actual, string path, Problems problems)
    {
        switch (expected, actual)
        {
            case (null, null):
                break;
            case (null, _):
                problems.Add(path, $"null came out as '{actual}'");
                break;
            case (_, null):
                problems.Add(path, $"is lost; '{Short(expected)}' came out as null");
                break;
            case (JsonObject fields, PolarObject model):
                Fields(fields, model, path, problems);
                break;
            case (JsonObject fields, IDictionary map):
                Map(fields, map, path, problems);
                break;
            case (JsonObject fields, _) when IsOwn(actual.GetType()):
                Properties(fields, actual, path, problems);
                break;
            case (JsonArray items, IEnumerable list) when actual is not string:
                Items(items, [.. list.Cast<object?>()], path, problems);
                break;
            case (JsonValue value, _):
                Value(value, actual, path, problems);
                break;
            default:
                problems.Add(path, $"{expected.GetValueKind()} came out as {actual.GetType().Name}");
                break;
        }
    }

    /// <summary>A body that was sent against the JSON it was made from.</summary>
    public static void Body(JsonNode? expected, JsonNode? actual, string path, Problems problems)
    {
        switch (expected, actual)
        {
            case (null, null):
                break;
            case (JsonObject fields, JsonObject sent):
                foreach (var field in fields)
                {
                    if (sent.TryGetPropertyValue(field.Key, out var value))
                    {
                        Body(field.Value, value, $"{path}.{field.Key}", problems);
                    }
                    else
                    {
                        problems.Add($"{path}.{field.Key}", "is not sent");
                    }
                }

                break;
            case (JsonArray items, JsonArray sent) when items.Count == sent.Count:
                for (var index = 0; index < items.Count; index++)
                {
                    Body(items[index], sent[index], $"{path}[{index}]", problems);
                }

                break;
            case (JsonValue value, JsonValue sent) when Same(value, sent):
                break;
            default:
                problems.Add(path, $"'{Short(expected)}' was sent as '{Short(actual)}'");
                break;
        }
    }

    /// <summary>The property that stands for a field; null for none.</summary>
    public static PropertyInfo? PropertyFor(Type type, string field) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .FirstOrDefault(property => property.CanWrite && JsonSettings.FieldName(property.Name) == field);

    /// <summary>Whether a field is the description's, and not one that was added to it.</summary>
    public static bool IsKnown(KeyValuePair<string, JsonNode?> field) => !IsStrange(field.Key);

    private static void Fields(JsonObject expected, PolarObject actual, string path, Problems problems)
    {
        Properties(expected, actual, path, problems);
        var unknown = actual.UnknownFields();
        foreach (var field in unknown.Keys.Where(static field => !IsStrange(field)))
        {
            var reason = expected.ContainsKey(field)
                ? PropertyFor(actual.GetType(), field) is { } property
                    ? $"'{Short(expected[field])}' does not fit {Name(property.PropertyType)}"
                    : $"{actual.GetType().Name} has no property for it"
                : "came from nowhere";
            problems.Add($"{path}.{field}", reason);
        }

        foreach (var field in expected.Where(static field => IsStrange(field.Key)))
        {
            if (unknown.TryGetValue(field.Key, out var value))
            {
                Model(field.Value, value, $"{path}.({SchemaSamples.StrangePrefix})", problems);
            }
            else
            {
                problems.Add($"{path}.({SchemaSamples.StrangePrefix})", "an unknown field is lost");
            }
        }
    }

    private static void Properties(JsonObject expected, object actual, string path, Problems problems)
    {
        var type = actual.GetType();
        var unknown = (actual as PolarObject)?.UnknownFields();
        foreach (var field in expected.Where(field => !IsStrange(field.Key) && unknown?.ContainsKey(field.Key) != true))
        {
            if (PropertyFor(type, field.Key) is { } property)
            {
                Model(field.Value, property.GetValue(actual), $"{path}.{field.Key}", problems);
            }
            else
            {
                problems.Add($"{path}.{field.Key}", $"{type.Name} has no property for it");
            }
        }

        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            var field = JsonSettings.FieldName(property.Name);
            if (property.CanWrite && !expected.ContainsKey(field) && property.GetValue(actual) is { } value)
            {
                problems.Add($"{path}.{field}", $"was not sent, but reads '{value}'");
            }
        }
    }

    private static void Map(JsonObject expected, IDictionary actual, string path, Problems problems)
    {
        if (expected.Count != actual.Count)
        {
            problems.Add(path, $"{expected.Count} entries came out as {actual.Count}");
        }

        foreach (var field in expected)
        {
            if (IsStrange(field.Key) && actual[field.Key] is PolarObject model)
            {
                // An entry of a kind that the entries are not: all of it is unknown.
                Model(field.Value, model.UnknownFields(), $"{path}[*]", problems);
            }
            else if (actual.Contains(field.Key))
            {
                Model(field.Value, actual[field.Key], $"{path}[*]", problems);
            }
            else
            {
                problems.Add($"{path}[*]", $"the entry '{field.Key}' is lost");
            }
        }
    }

    private static void Items(JsonArray expected, List<object?> actual, string path, Problems problems)
    {
        if (expected.Count != actual.Count)
        {
            problems.Add(path, $"{expected.Count} items came out as {actual.Count}");
            return;
        }

        for (var index = 0; index < actual.Count; index++)
        {
            Model(expected[index], actual[index], $"{path}[{index}]", problems);
        }
    }

    private static void Value(JsonValue expected, object actual, string path, Problems problems)
    {
        var text =
            expected.GetValueKind() == JsonValueKind.String ? expected.GetValue<string>() : expected.ToJsonString();
        var same = (expected.GetValueKind(), actual) switch
        {
            (JsonValueKind.String, string value) => value == text,
            (JsonValueKind.String, DateTimeOffset value) => value
                == DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
            (JsonValueKind.String, DateTime value) => value == DateTime.Parse(text, CultureInfo.InvariantCulture),
            (JsonValueKind.String, Guid value) => value.ToString("D") == text,
            (JsonValueKind.String, Uri value) => value.OriginalString == text,
            (JsonValueKind.String or JsonValueKind.Number, decimal value) => value
                == decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
            (JsonValueKind.Number, double value) => value == double.Parse(text, CultureInfo.InvariantCulture),
            (JsonValueKind.Number, int or long) => Convert.ToString(actual, CultureInfo.InvariantCulture) == text,
            (JsonValueKind.True or JsonValueKind.False, bool value) => value == expected.GetValue<bool>(),
            _ => false,
        };
        if (!same)
        {
            problems.Add(path, $"'{Short(expected)}' came out as {actual.GetType().Name} '{actual}'");
        }
    }

    private static bool Same(JsonValue expected, JsonValue sent)
    {
        var (left, right) = (Text(expected), Text(sent));
        if (left == right)
        {
            return expected.GetValueKind() == sent.GetValueKind() || IsNumber(left);
        }

        // The same moment in another form; the same number with other zeros, or as text so that no digit is lost.
        return
            DateTimeOffset.TryParse(left, CultureInfo.InvariantCulture, out var moment)
            && DateTimeOffset.TryParse(right, CultureInfo.InvariantCulture, out var other)
            ? moment == other
            : IsNumber(left) && IsNumber(right) && Number(left) == Number(right);
    }

    private static string Text(JsonValue value) =>
        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static bool IsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static bool IsStrange(string field) =>
        field.StartsWith(SchemaSamples.StrangePrefix, StringComparison.Ordinal);

    private static bool IsOwn(Type type) => type.Assembly == typeof(PolarClient).Assembly;

    private static string Name(Type type) => Nullable.GetUnderlyingType(type)?.Name ?? type.Name;

    private static string Short(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        return text.Length <= 60 ? text : text[..60] + "…";
    }
}
