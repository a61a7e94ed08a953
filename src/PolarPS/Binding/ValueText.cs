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

    /// <summary>A value as prompts show it, briefly and without secrets.</summary>
    public static string Of(object? value) => Redactor.Redact(Describe(value));

    private static string Describe(object? value) =>
        PlainValues.Of(value) switch
        {
            null => "null",
            string text => "'" + (text.Length > Longest ? text.Substring(0, Longest) + "…" : text) + "'",
            bool flag => flag ? "true" : "false",
            IDictionary dictionary => "{ "
                + string.Join(
                    "; ",
                    PlainValues.Entries(dictionary).Select(entry => $"{entry.Key} = {Describe(entry.Value)}")
                )
                + " }",
            IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(Describe)) + "]",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            var other => other.ToString() ?? string.Empty,
        };
}
