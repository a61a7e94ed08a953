namespace PolarPS.Commands;

/// <summary>Values in prompts and messages.</summary>
internal static class ValueText
{
    private const int Longest = 60;

    /// <summary>A value as prompts show it, briefly and without secrets.</summary>
    public static string Of(object? value) => Redactor.Redact(Describe(value));

    /// <summary>A value that was given and is refused, as errors show it: text in quotes, else what it is.</summary>
    public static string Given(object? value) =>
        PSValue.ValueOrCustom(value) switch
        {
            null => "$null",
            string text => Redactor.Redact($"'{Brief(Visible(text))}'"),
            char letter => $"'{letter}'",
            bool flag => flag ? "$true" : "$false",
            PSObject => "An object",
            DateTime or DateTimeOffset or Guid => Of(value),
            IFormattable number and not Enum => number.ToString(null, CultureInfo.InvariantCulture),
            IDictionary => "A hashtable",
            IEnumerable => "A list",
            var other => $"A {other.GetType().Name}",
        };

    /// <summary>That a value does not fit a named setting, and why not.</summary>
    public static string Misfit(object? value, string name, string problem) =>
        $"'{Given(value).Trim('\'')}' is not valid for {name}. {problem}";

    private static string Describe(object? value) =>
        PlainValues.Of(value) switch
        {
            null => "null",
            string text => "'" + Brief(text) + "'",
            bool flag => flag ? "true" : "false",
            DateTimeOffset instant => DateReader.Text(instant),
            DateTime { Kind: DateTimeKind.Unspecified, TimeOfDay.Ticks: 0 } day => DateReader.Text(day),
            DateTime time => DateReader.Text(new DateTimeOffset(time)),
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

    private static string Brief(string text) => text.Length > Longest ? text.Substring(0, Longest) + "…" : text;

    // A line break or an escape sequence of a file would break the message on the screen.
    private static string Visible(string text) =>
        text.Any(char.IsControl) ? new string([.. text.Select(letter => char.IsControl(letter) ? '·' : letter)]) : text;
}
