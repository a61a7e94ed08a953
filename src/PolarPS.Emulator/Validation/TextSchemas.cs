using System.Text.RegularExpressions;

namespace PolarPS.Emulator;

/// <summary>A string, with limits to its length and perhaps a pattern.</summary>
internal sealed class TextSchema : Schema
{
    private readonly int _minimum;
    private readonly int _maximum;
    private readonly bool _emptyIsNull;
    private readonly Regex? _pattern;

    public TextSchema(int minimum, int maximum, string? pattern, bool emptyIsNull)
    {
        _minimum = minimum;
        _maximum = maximum;
        _emptyIsNull = emptyIsNull;
        _pattern = pattern is null ? null : new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        if (Read(input, at, problems) is not { } text)
        {
            return null;
        }

        if (_emptyIsNull && text.Length == 0)
        {
            return null;
        }

        if (text.Length < _minimum)
        {
            problems.Add(
                "string_too_short",
                at,
                $"At least {_minimum} characters are needed.",
                input,
                new JsonObject { ["min_length"] = _minimum }
            );
        }
        else if (text.Length > _maximum)
        {
            problems.Add(
                "string_too_long",
                at,
                $"At most {_maximum} characters are allowed.",
                input,
                new JsonObject { ["max_length"] = _maximum }
            );
        }
        else if (_pattern?.IsMatch(text) == false)
        {
            problems.Add(
                "string_pattern_mismatch",
                at,
                "The text does not have the expected form.",
                input,
                new JsonObject { ["pattern"] = _pattern.ToString() }
            );
        }

        return JsonValue.Create(text);
    }

    /// <summary>The string that every other kind of text starts from; null when it is none.</summary>
    internal static string? Read(JsonNode? input, Location at, Problems problems)
    {
        if (input is not JsonValue value || !value.TryGetValue<string>(out var text))
        {
            problems.Add("string_type", at, "A string is expected.", input);
            return null;
        }

        if (text.IndexOf('\0') >= 0)
        {
            problems.Add("value_error", at, "NUL characters are not allowed.", input);
            return null;
        }

        return text;
    }
}

/// <summary>One of a list of words.</summary>
internal sealed class ChoiceSchema : Schema
{
    private readonly HashSet<string> _choices;
    private readonly string _expected;
    private readonly string _type;

    public ChoiceSchema(string type, IReadOnlyCollection<string> choices)
    {
        _type = type;
        _choices = new HashSet<string>(choices, StringComparer.Ordinal);
        _expected = string.Join(", ", choices.Select(choice => "'" + choice + "'"));
    }

    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        if (input is JsonValue value && value.TryGetValue<string>(out var text) && _choices.Contains(text))
        {
            return JsonValue.Create(text);
        }

        problems.Add(
            _type,
            at,
            "The value must be one of: " + _expected + ".",
            input,
            new JsonObject { ["expected"] = _expected }
        );
        return null;
    }
}

/// <summary>A version 4 UUID, written in any of the usual ways, kept in the canonical one.</summary>
internal sealed class UuidSchema : Schema
{
    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        if (input is not JsonValue value || !value.TryGetValue<string>(out var text))
        {
            problems.Add("uuid_type", at, "A UUID is expected, as a string.", input);
            return null;
        }

        if (!Guid.TryParse(text, out var id) || text.Length != text.Trim().Length || text[0] is '(')
        {
            problems.Add(
                "uuid_parsing",
                at,
                "The text is not a UUID.",
                input,
                new JsonObject { ["error"] = "neither 32 hexadecimal digits nor the form with hyphens" }
            );
            return null;
        }

        var canonical = id.ToString("D");
        if (canonical[14] != '4' || canonical[19] is not ('8' or '9' or 'a' or 'b'))
        {
            problems.Add(
                "uuid_version",
                at,
                "A UUID of version 4 is expected.",
                input,
                new JsonObject { ["expected_version"] = 4 }
            );
            return null;
        }

        return JsonValue.Create(canonical);
    }
}

/// <summary>A point in time; without an offset it is taken as UTC.</summary>
internal sealed class TimeSchema : Schema
{
    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        if (input is not JsonValue value || !value.TryGetValue<string>(out var text))
        {
            problems.Add("datetime_type", at, "A date and time is expected, as a string.", input);
            return null;
        }

        // The API's own notation begins with a year; a culture's shorter forms are not dates there.
        if (text.Length < 10 || text[4] != '-' || !Timestamps.TryParse(text, out var time))
        {
            problems.Add(
                "datetime_from_date_parsing",
                at,
                "The text is not a date and time.",
                input,
                new JsonObject { ["error"] = "not in the form of RFC 3339" }
            );
            return null;
        }

        return JsonValue.Create(Timestamps.Format(time));
    }
}

/// <summary>An http or https address.</summary>
internal sealed class AddressSchema : Schema
{
    private const int MaximumLength = 2083;

    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        if (TextSchema.Read(input, at, problems) is not { } text)
        {
            return null;
        }

        if (text.Length == 0)
        {
            return null;
        }

        if (text.Length > MaximumLength)
        {
            problems.Add(
                "url_too_long",
                at,
                $"At most {MaximumLength} characters are allowed.",
                input,
                new JsonObject { ["max_length"] = MaximumLength }
            );
        }
        else if (text[0] == '/' || !Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            problems.Add(
                "url_parsing",
                at,
                "The text is not an absolute address.",
                input,
                new JsonObject { ["error"] = "relative, or not an address at all" }
            );
        }
        else if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
        {
            problems.Add(
                "url_scheme",
                at,
                "The address must begin with http or https.",
                input,
                new JsonObject { ["expected_schemes"] = "'http' or 'https'" }
            );
        }

        return JsonValue.Create(text);
    }
}

/// <summary>An e-email address, looked at no closer than a mail server would.</summary>
internal sealed class EmailSchema : Schema
{
    public override JsonNode? Check(JsonNode? input, Location at, Problems problems)
    {
        if (TextSchema.Read(input, at, problems) is not { } text)
        {
            return null;
        }

        var middle = text.IndexOf('@');
        if (
            middle < 1
            || middle != text.LastIndexOf('@')
            || text.IndexOf('.', middle) <= middle + 1
            || text.EndsWith(".", StringComparison.Ordinal)
            || text.Any(char.IsWhiteSpace)
        )
        {
            problems.Add("value_error", at, "The text is not an email address.", input);
        }

        return JsonValue.Create(text);
    }
}
