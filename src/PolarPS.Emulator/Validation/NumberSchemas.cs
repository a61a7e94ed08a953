using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>A whole number; a string of digits will do.</summary>
internal sealed class IntegerSchema : Schema
{
    private readonly long _minimum;
    private readonly long _maximum;
    private readonly bool _above;

    public IntegerSchema(long minimum, long maximum, bool above)
    {
        _minimum = minimum;
        _maximum = maximum;
        _above = above;
    }

    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        if (!Read(input, at, problems, out var number))
        {
            return null;
        }

        if (_above && number <= _minimum)
        {
            problems.Add(
                "greater_than",
                at,
                $"The number must be greater than {_minimum}.",
                input,
                new JsonObject { ["gt"] = _minimum }
            );
        }
        else if (number < _minimum)
        {
            problems.Add(
                "greater_than_equal",
                at,
                $"The number must be at least {_minimum}.",
                input,
                new JsonObject { ["ge"] = _minimum }
            );
        }
        else if (number > _maximum)
        {
            problems.Add(
                "less_than_equal",
                at,
                $"The number must be at most {_maximum}.",
                input,
                new JsonObject { ["le"] = _maximum }
            );
        }

        return JsonValue.Create(number);
    }

    private static bool Read(JsonNode? input, Location at, Problems problems, out long number)
    {
        number = 0;
        switch (input?.GetValueKind())
        {
            case JsonValueKind.Number:
                if (Json.Number((JsonValue)input) is { } whole)
                {
                    number = whole;
                    return true;
                }

                var value = (JsonValue)input;
                if (value.TryGetValue<decimal>(out var fraction) && fraction == decimal.Truncate(fraction))
                {
                    if (fraction >= long.MinValue && fraction <= long.MaxValue)
                    {
                        number = (long)fraction;
                        return true;
                    }

                    problems.Add("int_parsing_size", at, "The number is too large.", input);
                    return false;
                }

                problems.Add("int_from_float", at, "A whole number is expected, not a fraction.", input);
                return false;
            case JsonValueKind.String:
                if (
                    long.TryParse(
                        input.GetValue<string>(),
                        NumberStyles.AllowLeadingSign
                            | NumberStyles.AllowLeadingWhite
                            | NumberStyles.AllowTrailingWhite,
                        CultureInfo.InvariantCulture,
                        out number
                    )
                )
                {
                    return true;
                }

                problems.Add("int_parsing", at, "The text is not a whole number.", input);
                return false;
            default:
                problems.Add("int_type", at, "A whole number is expected.", input);
                return false;
        }
    }
}

/// <summary>true or false; the usual words and 0 or 1 will do.</summary>
internal sealed class BooleanSchema : Schema
{
    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        switch (input?.GetValueKind())
        {
            case JsonValueKind.True:
                return JsonValue.Create(true);
            case JsonValueKind.False:
                return JsonValue.Create(false);
            case JsonValueKind.String when Parse(input.GetValue<string>()) is { } word:
                return JsonValue.Create(word);
            case JsonValueKind.Number when Json.Number((JsonValue)input) is 0 or 1:
                return JsonValue.Create(Json.Number((JsonValue)input) == 1);
            case JsonValueKind.String or JsonValueKind.Number:
                problems.Add("bool_parsing", at, "The value is neither true nor false.", input);
                return null;
            default:
                problems.Add("bool_type", at, "true or false is expected.", input);
                return null;
        }
    }

    public static bool? Parse(string text) =>
        text.ToLowerInvariant() switch
        {
            "true" or "1" or "on" or "yes" or "t" or "y" => true,
            "false" or "0" or "off" or "no" or "f" or "n" => false,
            _ => null,
        };
}

/// <summary>A decimal number, given as number or string, kept and returned as a string.</summary>
internal sealed class DecimalSchema : Schema
{
    private readonly bool _above;
    private readonly int _wholeDigits;
    private readonly int _decimals;

    /// <param name="above">Whether zero itself is refused.</param>
    /// <param name="wholeDigits">How many digits there may be before the point.</param>
    /// <param name="decimals">How many digits there may be after it.</param>
    public DecimalSchema(bool above, int wholeDigits, int decimals)
    {
        _above = above;
        _wholeDigits = wholeDigits;
        _decimals = decimals;
    }

    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        var text = input?.GetValueKind() switch
        {
            JsonValueKind.Number => input.ToJsonString(),
            JsonValueKind.String => input.GetValue<string>().Trim(),
            _ => null,
        };
        if (text is null)
        {
            problems.Add("decimal_type", at, "A decimal number is expected, as number or string.", input);
            return null;
        }

        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            problems.Add("decimal_parsing", at, "The text is not a decimal number.", input);
            return null;
        }

        // Whatever way it was written in: 1E-3, 0.0010, +.001.
        var plain = number.ToString("0.############################", CultureInfo.InvariantCulture);
        var point = plain.IndexOf('.');
        var whole = (point < 0 ? plain : plain.Substring(0, point)).TrimStart('-').TrimStart('0');
        if (number < 0 || (_above && number == 0))
        {
            problems.Add(
                _above ? "greater_than" : "greater_than_equal",
                at,
                _above ? "The number must be greater than 0." : "The number must be at least 0.",
                input,
                new JsonObject { [_above ? "gt" : "ge"] = 0 }
            );
        }
        else if (point >= 0 && plain.Length - point - 1 > _decimals)
        {
            problems.Add(
                "decimal_max_places",
                at,
                $"At most {_decimals} decimal places are allowed.",
                input,
                new JsonObject { ["decimal_places"] = _decimals }
            );
        }
        else if (whole.Length > _wholeDigits)
        {
            problems.Add(
                "decimal_whole_digits",
                at,
                $"At most {_wholeDigits} digits are allowed before the decimal point.",
                input,
                new JsonObject { ["whole_digits"] = _wholeDigits }
            );
        }

        return JsonValue.Create(plain);
    }
}

/// <summary>true, and nothing else: the member is an order, not a setting.</summary>
internal sealed class TrueSchema : Schema
{
    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        if (input?.GetValueKind() == JsonValueKind.True)
        {
            return JsonValue.Create(true);
        }

        problems.Add(
            "literal_error",
            at,
            "Only true is allowed here.",
            input,
            new JsonObject { ["expected"] = "True" }
        );
        return null;
    }
}

/// <summary>null, and nothing else.</summary>
internal sealed class NullSchema : Schema
{
    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        if (input is not null)
        {
            problems.Add("none_required", at, "Only null is allowed here.", input);
        }

        return null;
    }
}
