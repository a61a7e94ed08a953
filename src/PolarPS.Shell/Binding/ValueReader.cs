namespace PolarPS.Commands;

/// <summary>
/// Reads values of parameters, of entries in hashtables and of columns in rows, all in one way: what PowerShell would quietly
/// change into something else is refused.
/// </summary>
internal static class ValueReader
{
    /// <summary>Reads a value as a type.</summary>
    /// <param name="value">What was given.</param>
    /// <param name="type">The type, also a nullable one or an array.</param>
    /// <param name="result">What was read; null for null.</param>
    /// <param name="isCell">Whether it is a column of a row, which is text in a CSV file: 'True' is true there.</param>
    /// <returns>What is wrong, as a sentence; null where nothing is.</returns>
    public static string? Read(object? value, Type type, out object? result, bool isCell = false)
    {
        var plain = PSValue.ValueOrCustom(value);
        result = plain;
        if (plain is null || type.IsInstanceOfType(plain))
        {
            return null;
        }

        return (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var number when number == typeof(int) => Boxed(
                NumberReader.Whole(plain, int.MinValue, int.MaxValue, out var read),
                (int)read,
                out result
            ),
            var number when number == typeof(long) => Boxed(
                NumberReader.Whole(plain, long.MinValue, long.MaxValue, out var read),
                read,
                out result
            ),
            var number when number == typeof(decimal) => Boxed(
                NumberReader.Decimal(plain, out var read),
                read,
                out result
            ),
            var number when number == typeof(double) => Boxed(
                NumberReader.Decimal(plain, out var read),
                (double)read,
                out result
            ),
            var time when time == typeof(DateTimeOffset) => Boxed(
                DateReader.Instant(plain, out var read),
                read,
                out result
            ),
            var day when day == typeof(DateTime) => Boxed(DateReader.Day(plain, out var read), read, out result),
            var text when text == typeof(string) => Text(value!, plain, out result),
            var flag when flag == typeof(bool) => Flag(plain, isCell, out result),
            var flag when flag == typeof(SwitchParameter) => Switch(plain, isCell, out result),
            { IsArray: true } list => List(plain, list.GetElementType()!, out result),
            var other => Other(plain, other, out result),
        };
    }

    /// <summary>Whether a cell of a row, or a value, says nothing.</summary>
    public static bool IsEmpty(object? value) => PSValue.ValueOrCustom(value) is null or "" or DBNull;

    private static string? Boxed<T>(string? problem, T read, out object? result)
    {
        result = problem is null ? read : default;
        return problem;
    }

    // A hashtable or a list as text would be the name of its type. A number is as it was typed: 0100 is not 100.
    private static string? Text(object value, object plain, out object? result)
    {
        result = plain switch
        {
            char letter => letter.ToString(),
            Guid id => id.ToString("D"),
            Uri address => address.OriginalString,
            Enum known => known.ToString(),
            PSObject or DateTime or DateTimeOffset or TimeSpan => null,
            IFormattable => LanguagePrimitives.ConvertTo<string>(value),
            _ => null,
        };
        return result is null ? $"{ValueText.Given(value)} is not text." : null;
    }

    // PowerShell takes any text for true, 'false' included.
    private static string? Flag(object value, bool isCell, out object? result)
    {
        result = value switch
        {
            bool flag => flag,
            SwitchParameter flag => flag.IsPresent,
            string text when isCell && IsWord(text, "true") => true,
            string text when isCell && IsWord(text, "false") => false,
            _ => null,
        };
        return result is null ? $"{ValueText.Given(value)} is not $true or $false." : null;
    }

    private static bool IsWord(string text, string word) =>
        text.Trim().Equals(word, StringComparison.OrdinalIgnoreCase);

    private static string? Switch(object value, bool isCell, out object? result)
    {
        var problem = Flag(value, isCell, out var flag);
        result = flag is bool isPresent ? new SwitchParameter(isPresent) : null;
        return problem;
    }

    private static string? List(object value, Type type, out object? result)
    {
        result = null;
        var items = PSValue.Items(value) ?? [value];
        var read = new List<object?>();
        foreach (var item in items)
        {
            if (Read(item, type, out var element) is { } problem)
            {
                return problem;
            }

            read.Add(element);
        }

        var array = Array.CreateInstance(type, read.Count);
        for (var i = 0; i < read.Count; i++)
        {
            array.SetValue(read[i], i);
        }

        result = array;
        return null;
    }

    private static string? Other(object value, Type type, out object? result) =>
        LanguagePrimitives.TryConvertTo(value, type, CultureInfo.InvariantCulture, out result)
            ? null
            : $"{ValueText.Given(value)} is not a {type.Name}.";
}
