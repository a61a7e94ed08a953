using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace PolarPS.Commands;

/// <summary>Values in prompts.</summary>
internal static class ValueText
{
    private const int Longest = 60;

    public static string Of(object? value) =>
        PlainValues.Of(value) switch
        {
            null => "null",
            string text => "'" + (text.Length > Longest ? text.Substring(0, Longest) + "…" : text) + "'",
            bool flag => flag ? "true" : "false",
            IDictionary dictionary => "{ "
                + string.Join("; ", PlainValues.Entries(dictionary).Select(entry => $"{entry.Key} = {Of(entry.Value)}"))
                + " }",
            IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(Of)) + "]",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            var other => other.ToString() ?? string.Empty,
        };
}
