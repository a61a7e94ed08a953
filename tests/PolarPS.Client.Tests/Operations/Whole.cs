using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using PolarPS.Client.Models;

namespace PolarPS.Client.Tests.Operations;

/// <summary>Compares a document with the model that was read from it, value by value.</summary>
internal static class Whole
{
    /// <summary>What was lost, changed, or found no property; empty when the model holds the whole document.</summary>
    public static List<string> Differences<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        var model = TolerantJson.Read(json, type)!;
        var differences = new List<string>();
        Compare(JsonNode.Parse(json), JsonSerializer.SerializeToNode(model, type), "$", differences);
        FindUnknown(model, "$", differences);
        return differences;
    }

    private static void Compare(JsonNode? expected, JsonNode? actual, string path, List<string> differences)
    {
        switch (expected)
        {
            case null:
                if (actual is not null)
                {
                    differences.Add($"{path}: null became {actual}");
                }

                break;
            case JsonObject fields when actual is JsonObject read:
                foreach (var name in fields.Select(field => field.Key).Union(read.Select(field => field.Key)))
                {
                    Compare(fields[name], read[name], $"{path}.{name}", differences);
                }

                break;
            case JsonArray items when actual is JsonArray read && items.Count == read.Count:
                for (var index = 0; index < items.Count; index++)
                {
                    Compare(items[index], read[index], $"{path}[{index}]", differences);
                }

                break;
            case JsonValue when actual is JsonValue && IsSame(expected, actual):
                break;
            default:
                differences.Add($"{path}: {expected.ToJsonString()} became {actual?.ToJsonString() ?? "nothing"}");
                break;
        }
    }

    // Models write times in another form, and decimals as text.
    private static bool IsSame(JsonNode expected, JsonNode actual) =>
        JsonNode.DeepEquals(expected, actual)
        || (Time(expected) is DateTimeOffset time && Time(actual) == time)
        || (Number(expected) is decimal number && Number(actual) == number);

    private static DateTimeOffset? Time(JsonNode node) =>
        node.GetValueKind() == JsonValueKind.String
        && DateTimeOffset.TryParse(
            node.ToString(),
            CultureInfo.InvariantCulture,
            DateTimeStyles.RoundtripKind,
            out var time
        )
            ? time
            : null;

    private static decimal? Number(JsonNode node) =>
        decimal.TryParse(node.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static void FindUnknown(object? value, string path, List<string> differences)
    {
        switch (value)
        {
            case PolarObject model:
                differences.AddRange(model.UnknownFields().Keys.Select(name => $"{path}.{name}: has no property"));
                foreach (
                    var property in model.GetType().GetProperties().Where(item => item.GetIndexParameters().Length == 0)
                )
                {
                    if (property.GetMethod!.IsStatic == false)
                    {
                        FindUnknown(property.GetValue(model), $"{path}.{property.Name}", differences);
                    }
                }

                break;
            case string or PolarMetadata:
                break;
            case IDictionary dictionary:
                foreach (DictionaryEntry entry in dictionary)
                {
                    FindUnknown(entry.Value, $"{path}.{entry.Key}", differences);
                }

                break;
            case IEnumerable items:
                foreach (var item in items)
                {
                    FindUnknown(item, path + "[]", differences);
                }

                break;
        }
    }
}
