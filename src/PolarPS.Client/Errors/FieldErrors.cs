using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PolarPS.Client;

/// <summary>One step of the way to a field: a name, or a position in a list.</summary>
/// <param name="Text">The name as it was sent; a position in brackets.</param>
/// <param name="Index">The position; null for a name.</param>
internal readonly record struct LocationStep(string Text, long? Index)
{
    public bool IsName => Index is null;
}

/// <summary>A limit that a value broke: "at least", 50, "usd".</summary>
/// <param name="Bound">In words: at least, more than, at most, less than.</param>
/// <param name="Value">The limit; of money in minor units.</param>
/// <param name="Currency">The currency where Polar names it; else null.</param>
internal sealed record FieldLimit(string Bound, decimal Value, string? Currency);

/// <summary>
/// Reads what a 422 says of each field. The location mixes the API's names, positions, the user's own keys, and words of the
/// validator that name the branch of a union; only the last are left out.
/// </summary>
internal static class FieldErrors
{
    private const int LongestName = 100;

    // These fields hold the user's own keys, this many levels deep.
    private static readonly Dictionary<string, int> KeyLevels = new(StringComparer.Ordinal)
    {
        ["metadata"] = 1,
        ["user_metadata"] = 1,
        ["customer_metadata"] = 1,
        ["custom_field_data"] = 1,
        ["conditions"] = 1,
        ["meta"] = 1,
        ["archived"] = 1,
        ["amounts"] = 1,
        ["unit_label"] = 2,
    };

    private static readonly HashSet<string> Places = new(
        ["body", "query", "path", "header", "cookie"],
        StringComparer.Ordinal
    );

    // The validator's names for plain values; no field of the API is called so.
    private static readonly HashSet<string> PlainTypes = new(
        ["str", "int", "float", "bool", "none", "uuid", "decimal", "datetime"],
        StringComparer.Ordinal
    );

    // A class, such as ProductCreateRecurring; the API's own names begin in lower case.
    private static readonly Regex ClassName = new("^[A-Z][A-Za-z0-9_]*$", RegexOptions.CultureInvariant);

    // function-after[check(), Decimal], list[uuid], constrained-str, lax-or-strict[…].
    private static readonly Regex TypeExpression = new(
        @"^(?:[a-z-]+[\[(].*|(?:constrained|function)-[a-z-]+|lax-or-strict|json-or-python|tagged-union|definition-ref|is-instance|is-subclass)$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline
    );

    private static readonly Regex LimitText = new(
        @"^(?:Input|Value|Amount) should be (greater than or equal to|at least|greater than|more than|less than or equal to|at most|less than) (-?\d+(?:\.\d+)?)\.?$",
        RegexOptions.CultureInvariant
    );

    private static readonly Dictionary<string, (string Key, string Bound)> Limits = new(StringComparer.Ordinal)
    {
        ["greater_than_equal"] = ("ge", "at least"),
        ["greater_than"] = ("gt", "more than"),
        ["less_than_equal"] = ("le", "at most"),
        ["less_than"] = ("lt", "less than"),
        ["minimum_price"] = ("minimum", "at least"),
        ["maximum_price"] = ("maximum", "at most"),
    };

    /// <summary>One entry of the list that a 422 has.</summary>
    /// <param name="item">The entry, a JSON object.</param>
    /// <param name="shorten">Shortens and redacts a text of Polar's.</param>
    public static PolarFieldError Parse(JsonElement item, Func<string, string> shorten)
    {
        var (steps, isKey) = Steps(item);
        var message = shorten(Text(item, "msg") ?? "is not valid");
        var type = Redactor.Redact(Text(item, "type") ?? string.Empty);
        return new PolarFieldError(
            [.. steps.Select(step => step.IsName ? step with { Text = Name(step.Text) } : step)],
            isKey ? "The key: " + message : message,
            type,
            Limit(item, type, message)
        );
    }

    /// <summary>The way to a field as one text: names joined by dots, positions in brackets.</summary>
    public static string Location(IEnumerable<LocationStep> steps)
    {
        var text = new StringBuilder();
        foreach (var step in steps)
        {
            if (step.IsName && text.Length > 0)
            {
                text.Append('.');
            }

            text.Append(step.Text);
        }

        return text.ToString();
    }

    /// <summary>Whether amounts of money go by this name, in minor units of a currency.</summary>
    public static bool IsMoney(string name) =>
        name.EndsWith("amount", StringComparison.Ordinal) || name is "price_per_seat" or "amounts";

    private static (List<LocationStep> Steps, bool IsKey) Steps(JsonElement item)
    {
        var steps = new List<LocationStep>();
        var isKey = false;
        if (!item.TryGetProperty("loc", out var location) || location.ValueKind != JsonValueKind.Array)
        {
            return (steps, isKey);
        }

        var keys = 0;
        var isFirst = true;
        foreach (var part in location.EnumerateArray())
        {
            if (part.ValueKind == JsonValueKind.Number)
            {
                if (part.TryGetInt64(out var index))
                {
                    steps.Add(new LocationStep("[" + index.ToString(CultureInfo.InvariantCulture) + "]", index));
                }
            }
            else if (part.ValueKind == JsonValueKind.String && part.GetString() is { Length: > 0 } name)
            {
                if (keys > 0)
                {
                    // Whatever it looks like.
                    steps.Add(new LocationStep(name, null));
                    keys--;
                }
                else if (name == "[key]")
                {
                    isKey = true;
                }
                else if (!(isFirst && Places.Contains(name)) && !IsBranch(name))
                {
                    steps.Add(new LocationStep(name, null));
                    KeyLevels.TryGetValue(name, out keys);
                }
            }

            isFirst = false;
        }

        return (steps, isKey);
    }

    private static bool IsBranch(string name) =>
        PlainTypes.Contains(name) || ClassName.IsMatch(name) || TypeExpression.IsMatch(name);

    private static FieldLimit? Limit(JsonElement item, string type, string message)
    {
        if (!Limits.TryGetValue(type, out var known))
        {
            return null;
        }

        if (
            item.TryGetProperty("ctx", out var context)
            && context.ValueKind == JsonValueKind.Object
            && context.TryGetProperty(known.Key, out var limit)
            && limit.ValueKind == JsonValueKind.Number
            && limit.TryGetDecimal(out var value)
        )
        {
            return new FieldLimit(known.Bound, value, Text(context, "currency"));
        }

        var text = LimitText.Match(message);
        return
            text.Success
            && decimal.TryParse(text.Groups[2].Value, NumberStyles.Number, CultureInfo.InvariantCulture, out value)
            ? new FieldLimit(known.Bound, value, null)
            : null;
    }

    private static string Name(string name)
    {
        var text = Redactor.Redact(name);
        return text.Length <= LongestName ? text : text.Substring(0, LongestName) + "…";
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
