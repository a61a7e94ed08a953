using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

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

    private static void Append(StringBuilder text, IEnumerable<string?> cells) =>
        text.Append(string.Join(",", cells.Select(Quote))).Append("\r\n");

    private static string Quote(string? cell)
    {
        var value = cell ?? string.Empty;
        return value.IndexOfAny([',', '"', '\r', '\n']) < 0 ? value : "\"" + value.Replace("\"", "\"\"") + "\"";
    }
}
