using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolarPS.Client.Models;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>Fills the client's request bodies from JSON, as a user would by hand: each field through the property of its name.</summary>
internal static class BodyBuilder
{
    /// <summary>A value of the type with what the JSON says.</summary>
    /// <param name="type">The type of a property or a parameter.</param>
    /// <param name="json">
    /// What it is to say. Nulls for which a model used as input has no place are taken out, since it leaves them out too.
    /// </param>
    /// <param name="path">Where in the body this is.</param>
    /// <param name="problems">Takes fields that cannot be set.</param>
    public static object? Build(Type type, JsonNode? json, string path, Problems problems)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        switch (json)
        {
            case null:
                return null;
            case JsonObject fields when typeof(RequestBody).IsAssignableFrom(type):
                return type.IsAbstract
                    ? BestOf(type, fields, path, problems)
                    : Fill(Activator.CreateInstance(type, nonPublic: true)!, fields, path, problems);
            case JsonObject fields when typeof(PolarObject).IsAssignableFrom(type):
                foreach (
                    var field in fields
                        .Where(static field => field.Value is null)
                        .Select(static field => field.Key)
                        .ToList()
                )
                {
                    fields.Remove(field);
                }

                return Fill(Activator.CreateInstance(type)!, fields, path, problems);
            case JsonObject fields when type == typeof(PolarMetadata):
                var metadata = new PolarMetadata();
                foreach (var field in fields)
                {
                    metadata[field.Key] = Plain(field.Value);
                }

                return metadata;
            case JsonObject fields when DictionaryValue(type) is { } valueType:
                var map = (IDictionary)
                    Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
                foreach (var field in fields)
                {
                    map[field.Key] = Build(valueType, field.Value, $"{path}[*]", problems);
                }

                return map;
            case JsonArray items when type != typeof(object) && ItemType(type) is { } itemType:
                return BuildList(type, itemType, items, path, problems);
            case JsonValue value when type != typeof(object):
                return BuildValue(type, value, path, problems);
            default:
                if (type == typeof(object))
                {
                    return Plain(json);
                }

                problems.Add(path, $"'{json.ToJsonString()}' cannot be given to a {type.Name}");
                return null;
        }
    }

    /// <summary>The JSON as the client takes free-form values.</summary>
    public static object? Plain(JsonNode? json) =>
        json switch
        {
            null => null,
            JsonObject fields => fields.ToDictionary(static field => field.Key, static field => Plain(field.Value)),
            JsonArray items => items.Select(Plain).ToList(),
            _ => json.GetValueKind() switch
            {
                JsonValueKind.String => json.GetValue<string>(),
                JsonValueKind.Number when long.TryParse(json.ToJsonString(), out var whole) => whole,
                JsonValueKind.Number => double.Parse(json.ToJsonString(), CultureInfo.InvariantCulture),
                _ => json.GetValue<bool>(),
            },
        };

    /// <summary>The type of a list's items; null where the type is no list.</summary>
    public static Type? ItemType(Type type) =>
        type == typeof(string) ? null
        : type.IsArray ? type.GetElementType()
        : type.GetInterfaces()
            .Append(type)
            .FirstOrDefault(static type =>
                type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            )
            ?.GetGenericArguments()[0];

    /// <summary>The type of a dictionary's values; null where the type is no dictionary by text.</summary>
    public static Type? DictionaryValue(Type type) =>
        type.GetInterfaces()
            .Append(type)
            .FirstOrDefault(static type =>
                type.IsGenericType
                && (
                    type.GetGenericTypeDefinition() == typeof(IDictionary<,>)
                    || type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
                )
                && type.GetGenericArguments()[0] == typeof(string)
            )
            ?.GetGenericArguments()[1];

    /// <summary>A list of the type, or of one that fits it.</summary>
    public static object MakeList(Type type, Type itemType, IEnumerable<object?> items)
    {
        var fitting = type is { IsClass: true, IsArray: false, IsAbstract: false }
            ? type
            : typeof(List<>).MakeGenericType(itemType);
        var list = (IList)Activator.CreateInstance(fitting)!;
        foreach (var item in items)
        {
            list.Add(item);
        }

        if (!type.IsArray)
        {
            return list;
        }

        var array = Array.CreateInstance(itemType, list.Count);
        list.CopyTo(array, 0);
        return array;
    }

    private static object BuildList(Type type, Type itemType, JsonArray items, string path, Problems problems) =>
        MakeList(type, itemType, items.Select((item, index) => Build(itemType, item, $"{path}[{index}]", problems)));

    private static object Fill(object target, JsonObject fields, string path, Problems problems)
    {
        foreach (var field in fields.ToList())
        {
            if (Comparison.PropertyFor(target.GetType(), field.Key) is { } property)
            {
                property.SetValue(target, Build(property.PropertyType, field.Value, $"{path}.{field.Key}", problems));
            }
        }

        return target;
    }

    // Of the kinds of a body the one that fits best: by the fields that it has properties for, or brings along by itself.
    private static object BestOf(Type type, JsonObject fields, string path, Problems problems)
    {
        var best = type
            .Assembly.GetTypes()
            .Where(kind => !kind.IsAbstract && type.IsAssignableFrom(kind))
            .Select(static kind => (RequestBody)Activator.CreateInstance(kind, nonPublic: true)!)
            .OrderByDescending(body => fields.Count(field => Has(body, field.Key)))
            .ThenBy(body => body.FieldNames().Count(name => !fields.ContainsKey(name)))
            .First();
        return Fill(best, fields, path, problems);
    }

    private static bool Has(RequestBody body, string field) =>
        Comparison.PropertyFor(body.GetType(), field) is not null || body.FieldNames().Contains(field);

    private static object? BuildValue(Type type, JsonValue json, string path, Problems problems)
    {
        var text = json.GetValueKind() == JsonValueKind.String ? json.GetValue<string>() : json.ToJsonString();
        try
        {
            return (json.GetValueKind(), type) switch
            {
                (JsonValueKind.String, _) when type == typeof(string) => text,
                (JsonValueKind.String, _) when type == typeof(Uri) => new Uri(text),
                (JsonValueKind.String, _) when type == typeof(Guid) => Guid.Parse(text),
                (JsonValueKind.String, _) when type == typeof(DateTimeOffset) => DateTimeOffset.Parse(
                    text,
                    CultureInfo.InvariantCulture
                ),
                (JsonValueKind.String, _) when type == typeof(DateTime) => DateTime.Parse(
                    text,
                    CultureInfo.InvariantCulture
                ),
                (JsonValueKind.String or JsonValueKind.Number, _) when type == typeof(decimal) => decimal.Parse(
                    text,
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture
                ),
                (JsonValueKind.Number, _) when type == typeof(int) || type == typeof(long) || type == typeof(double) =>
                    Convert.ChangeType(text, type, CultureInfo.InvariantCulture),
                (JsonValueKind.True or JsonValueKind.False, _) when type == typeof(bool) => json.GetValue<bool>(),
                _ => throw new FormatException(),
            };
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            problems.Add(path, $"'{text}' ({json.GetValueKind()}) cannot be given to a {type.Name}");
            return null;
        }
    }
}
