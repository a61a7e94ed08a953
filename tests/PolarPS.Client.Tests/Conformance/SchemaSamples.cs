using System.Text.Json.Nodes;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>
/// JSON that conforms to a schema. A schema has as many samples as it takes to see every branch of every union, optional
/// fields present and absent, nulls where they are allowed, lists full and empty: each choice at least once, not every
/// combination. Values differ from each other, so that one in the wrong place is noticed.
/// </summary>
/// <param name="description">Where names in schemas are looked up.</param>
/// <param name="strange">
/// Whether objects get fields that the description does not have, and constants and members of enumerations are replaced by
/// values that it does not know: tomorrow's API.
/// </param>
internal sealed class SchemaSamples(ApiDescription description, bool strange = false)
{
    /// <summary>What the names of the added fields begin with.</summary>
    public const string StrangePrefix = "strange_";

    // Patterns of the description, and texts that match them with as many digits as are allowed.
    private static readonly Dictionary<string, Func<int, string>> Patterns = new(StringComparer.Ordinal)
    {
        [@"^(?!^[-+.]*$)[+-]?0*(?:\d{0,5}|(?=[\d.]{1,18}0*$)\d{0,5}\.\d{0,12}0*$)"] = Rate,
        [@"^(?!^[-+.]*$)[+-]?0*(?:\d{0,19}|(?=[\d.]{1,32}0*$)\d{0,19}\.\d{0,12}0*$)"] = Rate,
        [@"^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$"] = Rate,
        ["^[a-z0-9-_]+$"] = static number => $"slug-{number}",
        ["usd"] = static _ => "usd",
    };

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _open = [];
    private int _number;

    /// <summary>How many samples a schema has.</summary>
    public int Count(JsonNode schema)
    {
        if (ApiDescription.NameOf(schema) is not { } name)
        {
            return CountOf(schema.AsObject());
        }

        if (!_counts.TryGetValue(name, out var count))
        {
            // Within itself it counts as one; a list around that keeps the recursion finite.
            _counts[name] = 1;
            _counts[name] = count = CountOf(description.Resolve(schema));
        }

        return count;
    }

    /// <summary>One of the samples, with fresh values.</summary>
    public JsonNode? Make(JsonNode schema, int index)
    {
        if (ApiDescription.NameOf(schema) is not { } name)
        {
            return MakeOf(schema.AsObject(), index);
        }

        _open.Add(name);
        try
        {
            return MakeOf(description.Resolve(schema), index);
        }
        finally
        {
            _open.RemoveAt(_open.Count - 1);
        }
    }

    private static JsonArray? Branches(JsonObject schema) => (schema["anyOf"] ?? schema["oneOf"])?.AsArray();

    private static bool IsRequired(JsonObject schema, string property) =>
        schema["required"]?.AsArray().Any(item => item!.GetValue<string>() == property) ?? false;

    private static int Limit(JsonObject schema, string name, int otherwise) =>
        schema[name] is { } limit ? (int)Math.Clamp(limit.GetValue<double>(), int.MinValue, int.MaxValue) : otherwise;

    private static string Rate(int number) =>
        $"{(number % 900) + 7}.{(number % 1000).ToString("000", CultureInfo.InvariantCulture)}000000125";

    private int CountOf(JsonObject schema)
    {
        if (Branches(schema) is { } branches)
        {
            return branches.Sum(branch => Count(branch!));
        }

        return schema["type"]?.GetValue<string>() switch
        {
            "object" when schema["properties"] is JsonObject properties => properties
                .Select(property => Count(property.Value!))
                .Append(1)
                .Max() + (properties.All(property => IsRequired(schema, property.Key)) ? 0 : 1),
            "object" => Limit(schema, "minProperties", 0) > 0 ? 1 : 2,
            "array" => Limit(schema, "minItems", 0) > 0 ? 1 : 2,
            _ => 1,
        };
    }

    private JsonNode? MakeOf(JsonObject schema, int index)
    {
        if (Branches(schema) is { } branches)
        {
            foreach (var branch in branches)
            {
                var count = Count(branch!);
                if (index < count)
                {
                    return Make(branch!, index);
                }

                index -= count;
            }
        }

        if (schema["const"] is { } constant)
        {
            return constant is JsonValue value && value.TryGetValue<string>(out var text)
                ? Known(text)
                : constant.DeepClone();
        }

        if (schema["enum"] is JsonArray members)
        {
            return Known(members[_number++ % members.Count]!.GetValue<string>());
        }

        return schema["type"]?.GetValue<string>() switch
        {
            "object" when schema["properties"] is JsonObject properties => MakeObject(schema, properties, index),
            "object" => MakeMap(schema, index),
            "array" => MakeList(schema, index),
            "string" => MakeText(schema),
            "integer" => MakeInteger(schema),
            "number" => JsonNode.Parse($"{(_number++ % 90) + 2}.125"),
            "boolean" => _number++ % 2 == 0,
            "null" => null,
            null => Anything(),
            var type => throw new NotSupportedException($"The generator has no values of type '{type}'."),
        };
    }

    private JsonObject MakeObject(JsonObject schema, JsonObject properties, int index)
    {
        var full = properties.Select(property => Count(property.Value!)).Append(1).Max();
        var made = new JsonObject();
        foreach (var property in properties)
        {
            if (index < full || IsRequired(schema, property.Key))
            {
                made[property.Key] = Make(property.Value!, index % Count(property.Value!));
            }
        }

        if (strange)
        {
            made[$"{StrangePrefix}{_number++}"] = Anything();
        }

        return made;
    }

    private JsonObject MakeMap(JsonObject schema, int index)
    {
        var made = new JsonObject();
        if (index > 0 || schema["additionalProperties"] is not { } values)
        {
            return made;
        }

        // "additionalProperties": true says that values may be anything.
        var value = values as JsonObject ?? [];
        var names = schema["propertyNames"] as JsonObject ?? [];
        var known = description.Resolve(names)["enum"]?.AsArray();
        for (var number = 0; number < Count(value); number++)
        {
            var key =
                known is not null ? known[number % known.Count]!.GetValue<string>()
                : names["format"]?.GetValue<string>() == "uuid" ? Uuid()
                : $"key {_number++}";
            made[key] = Make(value, number);
        }

        return made;
    }

    private JsonArray MakeList(JsonObject schema, int index)
    {
        var made = new JsonArray();
        if (index > 0)
        {
            return made;
        }

        if (schema["prefixItems"] is JsonArray places)
        {
            foreach (var place in places)
            {
                made.Add(Make(place!, 0));
            }

            return made;
        }

        var items = schema["items"]!;
        var most = Limit(schema, "maxItems", int.MaxValue);
        foreach (var (branch, number) in Flatten(items).Take(most))
        {
            made.Add(Make(branch, number));
        }

        while (made.Count < Limit(schema, "minItems", 0))
        {
            made.Add(Make(items, 0));
        }

        return made;
    }

    // The samples of a list's items; a schema that contains itself comes once within itself, and not again within that.
    private IEnumerable<(JsonNode Branch, int Index)> Flatten(JsonNode items)
    {
        IEnumerable<JsonNode?> branches = Branches(description.Resolve(items))?.AsEnumerable() ?? new[] { items };
        foreach (var branch in branches)
        {
            var name = ApiDescription.NameOf(branch!);
            if (name is null || _open.Count(open => open == name) < 2)
            {
                for (var number = 0; number < Count(branch!); number++)
                {
                    yield return (branch!, number);
                }
            }
        }
    }

    private string MakeText(JsonObject schema)
    {
        var number = _number++;
        if (schema["pattern"]?.GetValue<string>() is { } pattern)
        {
            if (Patterns.TryGetValue(pattern, out var make))
            {
                return make(number);
            }

            // A choice of media types: the first of them.
            return pattern.StartsWith(@"^image\/(", StringComparison.Ordinal) ? "image/png"
                : pattern.StartsWith(@"^(image\/(", StringComparison.Ordinal) ? "image/png"
                : throw new NotSupportedException($"The generator has no text for the pattern {pattern}.");
        }

        var text = schema["format"]?.GetValue<string>() switch
        {
            "uuid" => Uuid(),
            "uri" => $"https://example.com/page/{number}?a=1&b=%C3%A9#top",
            "email" => $"person.{number}@example.com",
            "date-time" => new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)
                .AddMinutes(number)
                .ToString(
                    number % 2 == 0 ? "yyyy-MM-dd'T'HH:mm:ss.123456'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'",
                    CultureInfo.InvariantCulture
                ),
            "date" => new DateOnly(2026, 1, 2).AddDays(number % 300).ToString("O", CultureInfo.InvariantCulture),
            "ipvanyaddress" => $"203.0.113.{number % 250}",
            null => $"text {number} \"é\" 漢\n",
            var format => throw new NotSupportedException($"The generator has no text of the format '{format}'."),
        };
        var longest = Limit(schema, "maxLength", int.MaxValue);
        return text.Length <= longest
            ? text
            : number.ToString("X", CultureInfo.InvariantCulture).PadLeft(longest, 'A')[..longest];
    }

    private JsonNode MakeInteger(JsonObject schema)
    {
        var least = schema["exclusiveMinimum"] is null
            ? Limit(schema, "minimum", 1)
            : Limit(schema, "exclusiveMinimum", 0) + 1;
        var most = schema["exclusiveMaximum"] is null
            ? Limit(schema, "maximum", int.MaxValue)
            : Limit(schema, "exclusiveMaximum", 0) - 1;
        var room = Math.Min(100_000L, (long)most - least + 1);
        return least + (int)(_number++ % room);
    }

    private string Known(string value) => strange ? $"unheard_of_{_number++}" : value;

    private JsonObject Anything() =>
        new()
        {
            ["text"] = $"any {_number++}",
            ["whole"] = 9_007_199_254_740_993,
            ["fraction"] = 0.1,
            ["flag"] = true,
            ["nothing"] = null,
            ["list"] = new JsonArray(1, "two", null, new JsonObject { ["three"] = 3 }),
        };

    // Version 4, counted through.
    private string Uuid() => $"{_number++:x8}-5ab1-4c0f-8e1d-0123456789ab";
}
