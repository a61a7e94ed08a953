using System.Text;

namespace PolarPS.Commands;

/// <summary>Hashes of inputs: the same for equal ones, in every culture and process.</summary>
internal static class InputPrints
{
    private const int DeepestLevel = 16;

    /// <summary>The hash of an input.</summary>
    /// <param name="key">Makes it a hash that others cannot try out.</param>
    /// <param name="input">Any object. An object of Polar's counts by its id: what else it has may change by what is done with it.</param>
    public static string Of(string key, object? input)
    {
        var text = new StringBuilder();
        Append(text, input, 0);
        return Prints.Of(key, "input", text.ToString());
    }

    private static void Append(StringBuilder text, object? value, int depth)
    {
        var bare = PSValue.ValueOrCustom(value);
        if (bare is PolarObject && PSValue.Property(bare, "Id") is string id)
        {
            AppendText(text, bare.GetType().Name + " " + id);
            return;
        }

        switch (depth > DeepestLevel ? bare?.ToString() : PlainValues.Of(bare))
        {
            case null:
                text.Append('-');
                break;
            case string given:
                AppendText(text, given);
                break;
            case DateTime time:
                AppendText(text, time.ToString("o", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                AppendText(text, time.ToString("o", CultureInfo.InvariantCulture));
                break;
            case IDictionary entries:
                text.Append('{');
                foreach (var entry in Sorted(entries))
                {
                    AppendText(text, entry.Key);
                    Append(text, entry.Value, depth + 1);
                }

                text.Append('}');
                break;
            case IEnumerable items:
                text.Append('[');
                foreach (var item in items)
                {
                    Append(text, item, depth + 1);
                }

                text.Append(']');
                break;
            case IFormattable number:
                AppendText(text, number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case var other:
                AppendText(text, LanguagePrimitives.ConvertTo<string>(other));
                break;
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> Sorted(IDictionary entries) =>
        PlainValues.Entries(entries).OrderBy(static entry => entry.Key, StringComparer.Ordinal);

    // With its length, so that no two inputs run together to the same text.
    private static void AppendText(StringBuilder text, string part) =>
        text.Append(part.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(part);
}
