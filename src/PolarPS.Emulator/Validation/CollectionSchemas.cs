using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>A list of values of one form.</summary>
internal sealed class ListSchema : Schema
{
    private readonly Schema _item;
    private readonly int _minimum;
    private readonly int _maximum;

    public ListSchema(Schema item, int minimum, int maximum)
    {
        _item = item;
        _minimum = minimum;
        _maximum = maximum;
    }

    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        if (input is not JsonArray given)
        {
            problems.Add("list_type", at, "A list is expected.", input);
            return null;
        }

        if (given.Count < _minimum)
        {
            problems.Add(
                "too_short",
                at,
                $"At least {_minimum} items are needed.",
                input,
                new JsonObject
                {
                    ["field_type"] = "List",
                    ["min_length"] = _minimum,
                    ["actual_length"] = given.Count,
                }
            );
            return null;
        }

        if (given.Count > _maximum)
        {
            problems.Add(
                "too_long",
                at,
                $"At most {_maximum} items are allowed.",
                input,
                new JsonObject
                {
                    ["field_type"] = "List",
                    ["max_length"] = _maximum,
                    ["actual_length"] = given.Count,
                }
            );
            return null;
        }

        var result = new JsonArray();
        for (var i = 0; i < given.Count; i++)
        {
            result.Add(_item.Check(given[i], at[i], problems));
        }

        return result;
    }
}

/// <summary>An object whose member names are free within a form, with values of one form.</summary>
internal sealed class MapSchema : Schema
{
    private readonly Schema _key;
    private readonly Schema _value;
    private readonly int _minimum;
    private readonly int _maximum;

    public MapSchema(Schema key, Schema value, int minimum = 0, int maximum = int.MaxValue)
    {
        _key = key;
        _value = value;
        _minimum = minimum;
        _maximum = maximum;
    }

    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        if (input is not JsonObject given)
        {
            problems.Add("dict_type", at, "An object is expected.", input);
            return null;
        }

        if (given.Count < _minimum || given.Count > _maximum)
        {
            var few = given.Count < _minimum;
            problems.Add(
                few ? "too_short" : "too_long",
                at,
                few ? $"At least {_minimum} entries are needed." : $"At most {_maximum} entries are allowed.",
                input,
                new JsonObject
                {
                    ["field_type"] = "Dictionary",
                    [few ? "min_length" : "max_length"] = few ? _minimum : _maximum,
                    ["actual_length"] = given.Count,
                }
            );
            return null;
        }

        var result = new JsonObject();
        foreach (var member in given.ToArray())
        {
            var before = problems.Count;
            var key = _key.Check(JsonValue.Create(member.Key), at[member.Key]["[key]"], problems);
            var value = _value.Check(member.Value, at[member.Key], problems);
            if (problems.Count == before)
            {
                result[key!.GetValue<string>()] = value;
            }
        }

        return result;
    }
}

/// <summary>A value of metadata: a short string, a number, or true or false.</summary>
internal sealed class MetadataValueSchema : Schema
{
    private const int MaximumLength = 500;

    private static readonly Schema Text = new TextSchema(1, MaximumLength, null, false);

    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        switch (input?.GetValueKind())
        {
            case JsonValueKind.String:
                return Text.Check(input, at["constrained-str"], problems);
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return input.DeepClone();
            default:
                // Not one of the four that it may be, so each of the four says so.
                problems.Add("string_type", at["constrained-str"], "A string is expected.", input);
                problems.Add("int_type", at["int"], "A whole number is expected.", input);
                problems.Add("float_type", at["float"], "A number is expected.", input);
                problems.Add("bool_type", at["bool"], "true or false is expected.", input);
                return null;
        }
    }
}

/// <summary>The answer to a custom field.</summary>
internal sealed class AnswerSchema : Schema
{
    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        switch (input?.GetValueKind())
        {
            case null:
                return null;
            case JsonValueKind.String:
                return Form.AnyText.Check(input, at, problems);
            case JsonValueKind.True or JsonValueKind.False:
                return input.DeepClone();
            case JsonValueKind.Number when Json.Number((JsonValue)input) is { } number:
                return JsonValue.Create(number);
            default:
                problems.Add("string_type", at, "A string, a whole number, true, false or null is expected.", input);
                return null;
        }
    }
}

/// <summary>Whatever it is.</summary>
internal sealed class AnythingSchema : Schema
{
    public override JsonNode? Check(JsonNode? input, Location at, Problems problems) => input?.DeepClone();
}
