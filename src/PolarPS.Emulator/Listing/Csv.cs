using System.Text;
using System.Text.Json;

namespace PolarPS.Emulator;

/// <summary>Tables as the exports write them: commas, quotes where they are needed, lines that end as in a spreadsheet.</summary>
internal static class Csv
{
    public static Reply Write(string fileName, IReadOnlyList<string> header, IEnumerable<IEnumerable<string?>> rows)
    {
        var text = new StringBuilder();
        Append(text, header);
        foreach (var row in rows)
        {
            Append(text, row);
        }

        return Reply.Content(Json.FromText(text.ToString()), "text/csv; charset=utf-8", fileName);
    }

    /// <summary>A time as ISO 8601 has it, in a time zone; parts of a second only where there are any.</summary>
    public static string? Time(string? time, TimeZoneInfo zone)
    {
        if (time is null)
        {
            return null;
        }

        var local = TimeZoneInfo.ConvertTime(Timestamps.Parse(time), zone);
        var format =
            local.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:sszzz" : "yyyy-MM-ddTHH:mm:ss.ffffffzzz";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>An amount, divided by a hundred in every currency; with a decimal at least.</summary>
    public static string? Amount(long? amount) =>
        amount is null ? null : (amount.Value / 100m).ToString("0.0#", CultureInfo.InvariantCulture);

    /// <summary>Values in a cell, with spaces after commas and colons and nothing beyond ASCII.</summary>
    public static string Object(JsonObject values) =>
        "{"
        + string.Join(
            ", ",
            values.Select(member =>
                Text(member.Key)
                + ": "
                + (
                    member.Value is null ? "null"
                    : member.Value.GetValueKind() == JsonValueKind.String ? Text(member.Value.GetValue<string>())
                    : member.Value.ToJsonString()
                )
            )
        )
        + "}";

    // As Python writes it: only what has to be escaped, and what is not ASCII.
    private static string Text(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var letter in value)
        {
            switch (letter)
            {
                case '"' or '\\':
                    text.Append('\\').Append(letter);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case < ' ' or > '~':
                    text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    text.Append(letter);
                    break;
            }
        }

        return text.Append('"').ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string?> cells) =>
        text.Append(string.Join(",", cells.Select(Quote))).Append("\r\n");

    private static string Quote(string? cell)
    {
        var value = cell ?? string.Empty;
        return value.IndexOfAny([',', '"', '\r', '\n']) < 0 ? value : "\"" + value.Replace("\"", "\"\"") + "\"";
    }
}
