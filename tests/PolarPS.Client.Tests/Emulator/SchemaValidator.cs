using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>Holds JSON to the part of JSON Schema that the API description uses.</summary>
internal sealed partial class SchemaValidator
{
    private static readonly Dictionary<string, Regex> Patterns = [];

    private readonly JsonObject _document;

    public SchemaValidator(JsonObject document) => _document = document;

    /// <summary>Every difference, each with the place where it is.</summary>
    public IReadOnlyList<string> Validate(JsonNode? value, JsonNode schema)
    {
        var errors = new List<string>();
        Check(value, schema, "$", errors);
        return errors;
    }

    private void Check(JsonNode? value, JsonNode? schemaNode, string at, List<string> errors)
    {
        if (schemaNode is JsonValue)
        {
            if (!schemaNode.GetValue<bool>())
            {
                errors.Add($"{at}: nothing is allowed here");
            }

            return;
        }

        var schema = schemaNode!.AsObject();
        if (schema["$ref"] is { } reference)
        {
            Check(value, Resolve((string)reference!), at, errors);
        }

        foreach (var part in schema["allOf"]?.AsArray() ?? [])
        {
            Check(value, part, at, errors);
        }

        CheckBranches(value, schema["anyOf"], schema["discriminator"], at, errors);
        CheckBranches(value, schema["oneOf"], schema["discriminator"], at, errors);
        if (schema["enum"] is JsonArray choices && !choices.Any(choice => JsonNode.DeepEquals(choice, value)))
        {
            errors.Add($"{at}: {Show(value)} is none of {choices.ToJsonString()}");
        }

        if (schema.TryGetPropertyValue("const", out var constant) && !JsonNode.DeepEquals(constant, value))
        {
            errors.Add($"{at}: {Show(value)} is not {constant?.ToJsonString()}");
        }

        if (schema["type"] is { } type && !Types(type).Any(name => IsOfType(value, name)))
        {
            errors.Add($"{at}: {Show(value)} is not of type {type.ToJsonString()}");
            return;
        }

        switch (value)
        {
            case JsonObject members:
                CheckObject(members, schema, at, errors);
                break;
            case JsonArray items:
                CheckArray(items, schema, at, errors);
                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String:
                CheckText(scalar.GetValue<string>(), schema, at, errors);
                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.Number:
                CheckNumber(scalar.GetValue<decimal>(), schema, at, errors);
                break;
        }
    }

    private void CheckBranches(
        JsonNode? value,
        JsonNode? branches,
        JsonNode? discriminator,
        string at,
        List<string> errors
    )
    {
        if (branches is not JsonArray all)
        {
            return;
        }

        // A discriminator names the one branch that counts, which also makes the report readable.
        if (
            discriminator?["propertyName"] is { } property
            && value is JsonObject members
            && (string?)members[(string)property!] is { } tag
        )
        {
            if (discriminator["mapping"]?[tag] is not { } target)
            {
                errors.Add($"{at}: {tag} is not a known {property}");
                return;
            }

            Check(value, Resolve((string)target!), at, errors);
            return;
        }

        var best = default(List<string>);
        foreach (var branch in all)
        {
            var own = new List<string>();
            Check(value, branch, at, own);
            if (own.Count == 0)
            {
                return;
            }

            if (best is null || own.Count < best.Count)
            {
                best = own;
            }
        }

        errors.Add($"{at}: fits no branch; closest: {string.Join("; ", best!)}");
    }

    private void CheckObject(JsonObject members, JsonObject schema, string at, List<string> errors)
    {
        foreach (var name in schema["required"]?.AsArray() ?? [])
        {
            if (!members.ContainsKey((string)name!))
            {
                errors.Add($"{at}: {name} is missing");
            }
        }

        var properties = schema["properties"]?.AsObject();
        var additional = schema["additionalProperties"];
        foreach (var member in members)
        {
            var spot = at + "." + member.Key;
            if (properties?.ContainsKey(member.Key) == true)
            {
                Check(member.Value, properties[member.Key], spot, errors);
            }
            else if (additional is not null)
            {
                Check(member.Value, additional, spot, errors);
            }

            if (schema["propertyNames"] is { } names)
            {
                Check(member.Key, names, spot, errors);
            }
        }

        CheckCount(members.Count, schema, "minProperties", "maxProperties", at, errors);
    }

    private void CheckArray(JsonArray items, JsonObject schema, string at, List<string> errors)
    {
        if (schema["items"] is { } item)
        {
            for (var i = 0; i < items.Count; i++)
            {
                Check(items[i], item, $"{at}[{i}]", errors);
            }
        }

        CheckCount(items.Count, schema, "minItems", "maxItems", at, errors);
    }

    private static void CheckText(string text, JsonObject schema, string at, List<string> errors)
    {
        CheckCount(text.Length, schema, "minLength", "maxLength", at, errors);
        if (schema["pattern"] is { } pattern && !Pattern((string)pattern!).IsMatch(text))
        {
            errors.Add($"{at}: '{text}' does not fit the pattern");
        }

        switch ((string?)schema["format"])
        {
            case "uuid" when !UuidForm().IsMatch(text):
                errors.Add($"{at}: '{text}' is not a UUID");
                break;
            case "date-time" when !TimeForm().IsMatch(text):
                errors.Add($"{at}: '{text}' is not a date and time");
                break;
            case "uri"
                when !Uri.IsWellFormedUriString(text, UriKind.Absolute)
                    && !Uri.TryCreate(text, UriKind.Absolute, out _):
                errors.Add($"{at}: '{text}' is not an address");
                break;
        }
    }

    private static void CheckNumber(decimal number, JsonObject schema, string at, List<string> errors)
    {
        bool Breaks(string name, Func<decimal, bool> test) =>
            schema[name] is { } limit && test((decimal)limit.GetValue<double>());

        if (
            Breaks("minimum", limit => number < limit)
            || Breaks("exclusiveMinimum", limit => number <= limit)
            || Breaks("maximum", limit => number > limit)
            || Breaks("exclusiveMaximum", limit => number >= limit)
        )
        {
            errors.Add($"{at}: {number} is out of range");
        }
    }

    private static void CheckCount(
        int count,
        JsonObject schema,
        string minimum,
        string maximum,
        string at,
        List<string> errors
    )
    {
        if (schema[minimum] is { } least && count < least.GetValue<int>())
        {
            errors.Add($"{at}: has {count}, fewer than {least}");
        }

        if (schema[maximum] is { } most && count > most.GetValue<int>())
        {
            errors.Add($"{at}: has {count}, more than {most}");
        }
    }

    private static IEnumerable<string> Types(JsonNode type) =>
        type is JsonArray several ? several.Select(name => (string)name!) : [(string)type!];

    private static bool IsOfType(JsonNode? value, string name) =>
        value?.GetValueKind() switch
        {
            null => name == "null",
            JsonValueKind.Object => name == "object",
            JsonValueKind.Array => name == "array",
            JsonValueKind.String => name == "string",
            JsonValueKind.True or JsonValueKind.False => name == "boolean",
            JsonValueKind.Number => name == "number"
                || (name == "integer" && decimal.Truncate(value.GetValue<decimal>()) == value.GetValue<decimal>()),
            _ => false,
        };

    private static string Show(JsonNode? value) =>
        value?.ToJsonString() is { } text ? text[..Math.Min(80, text.Length)] : "null";

    private static Regex Pattern(string pattern)
    {
        lock (Patterns)
        {
            if (!Patterns.TryGetValue(pattern, out var regex))
            {
                regex = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
                Patterns.Add(pattern, regex);
            }

            return regex;
        }
    }

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
    private static partial Regex UuidForm();

    [GeneratedRegex("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$")]
    private static partial Regex TimeForm();

    private JsonNode Resolve(string reference)
    {
        JsonNode node = _document;
        foreach (var step in reference.TrimStart('#', '/').Split('/'))
        {
            node = node[step] ?? throw new InvalidOperationException("Nothing is at " + reference);
        }

        return node;
    }
}
