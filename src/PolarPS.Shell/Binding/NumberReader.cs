using System.Numerics;
using System.Text.RegularExpressions;

namespace PolarPS.Commands;

/// <summary>
/// The only reader for numbers, the same in every culture. PowerShell's own conversion reads '2,5' as 25, '1.000' as
/// 1, 2.5 as 2 and '1kb' as 1024; where money depends on it, ambiguous input is refused.
/// </summary>
internal static class NumberReader
{
    // Above this a double cannot distinguish neighbouring whole numbers.
    private const double Exact = 9007199254740992;

    private static readonly Regex Plain = new(@"\A-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)\z", RegexOptions.CultureInvariant);

    // In half of Europe this is a thousand, or a million.
    private static readonly Regex Grouped = new(@"\A-?[1-9][0-9]{0,2}\.000\z", RegexOptions.CultureInvariant);

    private static readonly Regex WithComma = new(
        @"\A-?[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})\z",
        RegexOptions.CultureInvariant
    );

    // A sign or a code of three letters may stand on each side. Thousands are grouped only where decimals follow: 1,999 alone
    // could be two dollars in half of Europe.
    private static readonly Regex MoneyForm = new(
        @"\A(?:[A-Za-z]{0,2}\p{Sc}|[A-Za-z]{3})?\s*"
            + @"(?:(?<whole>[0-9]+)|(?<whole>[1-9][0-9]{0,2}(?<mark>[.,' \u00A0\u202F])[0-9]{3}(?:\k<mark>[0-9]{3})*)(?=[.,][0-9]{1,2}(?![0-9])))"
            + @"(?:[.,](?<cents>[0-9]{1,2}))?\s*(?:\p{Sc}|[A-Za-z]{3})?\z",
        RegexOptions.CultureInvariant
    );

    /// <summary>Reads a whole number, such as a count; 5.0 counts as 5.</summary>
    /// <param name="value">Text, or a number of any type.</param>
    /// <param name="least">The minimum.</param>
    /// <param name="most">The maximum.</param>
    /// <param name="number">What was read.</param>
    /// <returns>What is wrong, as a sentence; null where nothing is.</returns>
    public static string? Whole(object? value, long least, long most, out long number)
    {
        number = 0;
        if (Read(value, out var read) is { } problem)
        {
            return $"{problem} Write a whole number in digits only, such as 25.";
        }

        if (read != decimal.Truncate(read))
        {
            return $"{Shown(value)} is not a whole number. Write one in digits only, such as 25.";
        }

        if (read < least)
        {
            return $"{Shown(value)} is too small: the minimum is {Invariant(least)}.";
        }

        if (read > most)
        {
            return $"{Shown(value)} is too large: the maximum is {Invariant(most)}.";
        }

        number = (long)read;
        return null;
    }

    /// <summary>
    /// Reads an amount in minor units; none is negative. One that is written with decimals is refused even where they are zero:
    /// 9.00 was meant as nine dollars, and not as nine cents.
    /// </summary>
    /// <param name="value">Text, or a number of any type.</param>
    /// <param name="number">What was read.</param>
    /// <returns>What is wrong, as a sentence; null where nothing is.</returns>
    public static string? Amount(object? value, out long number)
    {
        number = 0;
        if (Read(value, out var read) is { } problem)
        {
            return $"{problem} {AmountHint(value)}";
        }

        if (read < 0)
        {
            return $"{Shown(value)} is negative; amounts cannot be.";
        }

        if (HasDecimals(value, read))
        {
            return $"{Shown(value)} has decimals. {AmountHint(value)}";
        }

        if (read > long.MaxValue)
        {
            return $"{Shown(value)} is too large for an amount.";
        }

        number = (long)read;
        return null;
    }

    /// <summary>
    /// What an amount comes to that is written as people write money: 9.99, '$9.99', '9,99 EUR', '1.999,00', or 9,99 at the prompt,
    /// where the comma makes a list of it.
    /// </summary>
    /// <returns>In major units, with two decimals at most; null where it can be read in two ways, or in none.</returns>
    public static decimal? MajorUnits(object? value)
    {
        var money = PSValue.ValueOrCustom(value) switch
        {
            string text => MoneyText(text.Trim()),
            IList { Count: 2 } parts
            and not byte[]
                when PSValue.ValueOnly(parts[0]) is int whole and >= 0
                    && PSValue.ValueOnly(parts[1]) is int cents and >= 10 and <= 99 => whole + cents / 100m,
            IEnumerable => null,
            var number => Read(number, out var read) is null ? read : null,
        };
        return money is >= 0 and < 10_000_000_000 && decimal.Round(money.Value, 2) == money ? money : null;
    }

    /// <summary>Reads a number that may have decimals, such as a percentage or a rate.</summary>
    /// <param name="value">Text, or a number of any type.</param>
    /// <param name="number">What was read.</param>
    /// <returns>What is wrong, as a sentence; null where nothing is.</returns>
    public static string? Decimal(object? value, out decimal number) =>
        Read(value, out number) is { } problem ? $"{problem} {DecimalHint(value)}" : null;

    /// <summary>The same for what cannot be negative.</summary>
    public static string? Positive(object? value, out decimal number) =>
        Decimal(value, out number) ?? (number < 0 ? $"{Shown(value)} is negative, which is not allowed." : null);

    private static string AmountHint(object? value)
    {
        var money = MajorUnits(value) ?? 9.99m;
        return "Amounts are whole numbers of the currency's smallest unit, such as cents: write "
            + FormattableString.Invariant($"{money * 100:0} for {money:0.00}.");
    }

    private static bool HasDecimals(object? value, decimal read) =>
        read != decimal.Truncate(read)
        || Text(value)?.IndexOf('.') >= 0
        || (PSValue.ValueOrCustom(value) is decimal exact && (decimal.GetBits(exact)[3] >> 16 & 0xFF) > 0);

    private static decimal? MoneyText(string text)
    {
        if (MoneyForm.Match(text) is not { Success: true } match)
        {
            return null;
        }

        var whole = match.Groups["whole"].Value.Where(letter => letter is >= '0' and <= '9');
        return decimal.TryParse(
            string.Concat(whole) + "." + match.Groups["cents"].Value + "0",
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var money
        )
            ? money
            : null;
    }

    private static string DecimalHint(object? value) =>
        Text(value) is { } text && WithComma.IsMatch(text)
            ? $"Write {text.Replace(',', '.')}, with a decimal point."
            : "Write it in digits with a decimal point, such as 2.5.";

    private static string? Read(object? value, out decimal number)
    {
        number = 0;
        switch (PSValue.ValueOrCustom(value))
        {
            case var whole when PSValue.IsWholeNumber(whole):
                number = Convert.ToDecimal(whole, CultureInfo.InvariantCulture);
                return null;
            case decimal exact:
                number = exact;
                return null;
            case float single:
                // By way of its text: 0.1f is 0.1, and not 0.100000001.
                return Floating(
                    double.Parse(single.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
                    out number
                );
            case double floating:
                return Floating(floating, out number);
            case BigInteger big when big >= long.MinValue && big <= long.MaxValue:
                number = (decimal)big;
                return null;
            case string text:
                return ReadText(text, out number);
            case IEnumerable list and not IDictionary:
                return $"{Joined(list)} is a list, not a number: in PowerShell, a comma separates values.";
            case null:
                return "$null is not a number; the variable may be empty.";
            default:
                return $"{Shown(value)} is not a number.";
        }
    }

    private static string? ReadText(string text, out decimal number)
    {
        number = 0;
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return "The text is empty, not a number.";
        }

        if (!Plain.IsMatch(trimmed))
        {
            return $"{Shown(text)} is not an unambiguous number.";
        }

        if (Grouped.IsMatch(trimmed))
        {
            return $"{Shown(text)} could mean {trimmed.Substring(0, trimmed.Length - 4)} or {trimmed.Replace(".", "")}: thousands separators are not accepted.";
        }

        return decimal.TryParse(
            trimmed,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out number
        )
            ? null
            : $"{Shown(text)} is too large a number.";
    }

    private static string? Floating(double value, out decimal number)
    {
        number = 0;
        if (double.IsNaN(value) || double.IsInfinity(value) || Math.Abs(value) > Exact)
        {
            return $"{value.ToString(CultureInfo.InvariantCulture)} is not an exact number.";
        }

        number = (decimal)value;
        return null;
    }

    private static string? Text(object? value) => PSValue.ValueOrCustom(value) is string text ? text.Trim() : null;

    private static string Shown(object? value) => ValueText.Given(value);

    private static string Joined(IEnumerable list) =>
        string.Join(",", list.Cast<object?>().Take(4).Select(item => ValueText.Given(item).Trim('\'')));

    private static string Invariant(long value) => value.ToString(CultureInfo.InvariantCulture);
}
