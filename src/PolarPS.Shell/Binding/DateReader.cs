using System.Text.RegularExpressions;

namespace PolarPS.Commands;

/// <summary>
/// The only reader for times. ISO 8601 means the same in every culture; PowerShell's own conversion reads
/// 2028-06-30 by the user's calendar, which is the year 1485 in Thailand. Another form is accepted only where the culture
/// writes it that way, and the day cannot be confused with the month.
/// </summary>
internal static class DateReader
{
    private const string Hint =
        "Write it as yyyy-MM-dd, such as 2027-12-31, or with time and offset, such as 2027-12-31T18:00:00+01:00.";

    private static readonly Regex Iso = new(
        @"\A(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
            + @"(?:[Tt ](?<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.(?<fraction>[0-9]{1,12}))?)?)"
            + @" ?(?<offset>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?\z",
        RegexOptions.CultureInvariant
    );

    /// <summary>Reads an instant. Without an offset a time is local; a date alone is the beginning of the local day.</summary>
    /// <param name="value">A text, or a time of any type.</param>
    /// <param name="instant">What was read.</param>
    /// <returns>What is wrong, as a sentence; null where nothing is.</returns>
    public static string? Instant(object? value, out DateTimeOffset instant)
    {
        instant = default;
        switch (PSValue.ValueOrCustom(value))
        {
            case DateTimeOffset time:
                instant = time;
                return null;
            case DateTime time:
                return OfClock(time, value, out instant);
            case string text:
                return InstantOfText(text.Trim(), out instant);
            case PSObject copy when copy.TypeNames.Contains("Deserialized.System.DateTimeOffset"):
                return InstantOfCopy(copy, out instant);
            case IFormattable day when IsDateOnly(day):
                return InstantOfText(IsoText(day), out instant);
            default:
                return $"{Shown(value)} is not a date. {Hint}";
        }
    }

    /// <summary>Reads a day as written, independent of the computer's time zone.</summary>
    /// <param name="value">A text, or a time of any type.</param>
    /// <param name="day">The day at midnight, of no zone.</param>
    /// <returns>What is wrong, as a sentence; null where nothing is.</returns>
    public static string? Day(object? value, out DateTime day)
    {
        day = default;
        switch (PSValue.ValueOrCustom(value))
        {
            case DateTime time:
                day = Bare(time);
                return null;
            case DateTimeOffset time:
                day = Bare(time.DateTime);
                return null;
            case string text:
                if (ReadText(text.Trim(), out var written, out _) is { } problem)
                {
                    return problem;
                }

                day = Bare(written);
                return null;
            case IFormattable only when IsDateOnly(only):
                return Day(IsoText(only), out day);
            default:
                return $"{Shown(value)} is not a date. {Hint}";
        }
    }

    /// <summary>An instant as questions and verbose lines show it, with its offset.</summary>
    public static string Text(DateTimeOffset instant) =>
        instant.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>A day as questions show it.</summary>
    public static string Text(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? InstantOfText(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (ReadText(text, out var written, out var offset) is { } problem)
        {
            return problem;
        }

        if (offset is not { } known)
        {
            return OfClock(written, text, out instant);
        }

        var utc = written.Ticks - known.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
        {
            return $"{Shown(text)} is not a valid date. {Hint}";
        }

        instant = new DateTimeOffset(written, known);
        return null;
    }

    private static string? InstantOfCopy(PSObject copy, out DateTimeOffset instant)
    {
        instant = default;
        if (PSValue.Property(copy, "UtcDateTime") is not DateTime utc)
        {
            return $"This copy of a time is incomplete. {Hint}";
        }

        instant = new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
        return null;
    }

    // A local time is one instant, except for the hours that daylight saving skips or repeats.
    private static string? OfClock(DateTime time, object? given, out DateTimeOffset instant)
    {
        instant = default;
        if (time.Kind == DateTimeKind.Unspecified && time.TimeOfDay != TimeSpan.Zero)
        {
            if (TimeZoneInfo.Local.IsInvalidTime(time))
            {
                return $"{Shown(given)} does not exist in the computer's time zone: the clocks go forward then. Add an offset. {Hint}";
            }

            if (TimeZoneInfo.Local.IsAmbiguousTime(time))
            {
                return $"{Shown(given)} occurs twice in the computer's time zone: the clocks go back then. Add an offset. {Hint}";
            }
        }

        instant =
            time.Kind == DateTimeKind.Unspecified && time.TimeOfDay == TimeSpan.Zero ? BeginningOf(time) : Offset(time);
        return null;
    }

    // The very first and last days of the calendar have no instant in every zone.
    private static DateTimeOffset Offset(DateTime time) =>
        time.Ticks < TimeSpan.TicksPerDay || time.Ticks > DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay
            ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc))
            : new DateTimeOffset(time);

    // Where the clocks go forward at midnight, the day begins an hour later; where they go back, with the first midnight.
    private static DateTimeOffset BeginningOf(DateTime day)
    {
        var zone = TimeZoneInfo.Local;
        var begin = day;
        while (zone.IsInvalidTime(begin))
        {
            begin = begin.AddMinutes(15);
        }

        return zone.IsAmbiguousTime(begin)
            ? new DateTimeOffset(begin, zone.GetAmbiguousTimeOffsets(begin).Max())
            : Offset(begin);
    }

    private static string? ReadText(string text, out DateTime written, out TimeSpan? offset)
    {
        offset = null;
        written = default;
        if (text.Length == 0)
        {
            return $"The text is empty, not a date. {Hint}";
        }

        var match = Iso.Match(text);
        if (match.Success)
        {
            return IsoParts(match, out written, out offset) ? null : $"{Shown(text)} is not a valid date. {Hint}";
        }

        return ReadOtherForm(text, out written);
    }

    private static bool IsoParts(Match match, out DateTime written, out TimeSpan? offset)
    {
        offset = null;
        var time = match.Groups["time"].Success ? match.Groups["time"].Value : "00:00";
        var fraction = match.Groups["fraction"].Value;
        // More digits than a tick has are cut off.
        time = fraction.Length > 7 ? time.Substring(0, time.Length - fraction.Length + 7) : time;
        var isRead = DateTime.TryParseExact(
            match.Groups["date"].Value + " " + time,
            ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out written
        );
        if (!isRead || !match.Groups["offset"].Success)
        {
            return isRead;
        }

        var zone = match.Groups["offset"].Value;
        if (zone is "Z" or "z")
        {
            offset = TimeSpan.Zero;
            return true;
        }

        var digits = zone.Substring(1).Replace(":", "").PadRight(4, '0');
        var hours = int.Parse(digits.Substring(0, 2), CultureInfo.InvariantCulture);
        var minutes = int.Parse(digits.Substring(2), CultureInfo.InvariantCulture);
        offset = new TimeSpan(hours, minutes, 0);
        offset = zone[0] == '-' ? -offset : offset;
        return minutes < 60 && offset.Value.Duration() <= TimeSpan.FromHours(14);
    }

    private static string? ReadOtherForm(string text, out DateTime written)
    {
        written = default;
        var culture = CultureInfo.CurrentCulture;
        // A year of another calendar looks like one of this calendar, but means another.
        if (culture.DateTimeFormat.Calendar is not GregorianCalendar)
        {
            return $"{Shown(text)} is not a date in a calendar-independent format. {Hint}";
        }

        var plain = Spaces(text);
        DateTime? found = null;
        foreach (var pattern in PatternsOf(culture))
        {
            if (!DateTime.TryParseExact(plain, pattern, culture, DateTimeStyles.None, out var read))
            {
                continue;
            }

            if (!pattern.Contains("MMM") && read.Day <= 12 && read.Day != read.Month)
            {
                return $"{Shown(text)} does not distinguish day from month. {Hint}";
            }

            if (found is { } other && other != read)
            {
                return $"{Shown(text)} is ambiguous. {Hint}";
            }

            found = read;
        }

        written = found ?? default;
        return found is null ? $"{Shown(text)} is not an unambiguous date. {Hint}" : null;
    }

    // Only those that name the day in full: others take the rest from today.
    private static IEnumerable<string> PatternsOf(CultureInfo culture) =>
        "dDfFgG"
            .SelectMany(format => culture.DateTimeFormat.GetAllDateTimePatterns(format))
            .Select(Spaces)
            .Distinct(StringComparer.Ordinal)
            .Where(pattern => pattern.Contains("yyyy") && pattern.Contains("d") && pattern.Contains("M"));

    // Some versions of .NET write a narrow space before AM and PM, which no one types.
    private static string Spaces(string text) => text.Replace('\u202F', ' ').Replace('\u00A0', ' ');

    private static bool IsDateOnly(object value) => value.GetType().FullName == "System.DateOnly";

    private static string IsoText(IFormattable day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static DateTime Bare(DateTime time) => DateTime.SpecifyKind(time.Date, DateTimeKind.Unspecified);

    private static string Shown(object? value) => ValueText.Given(value);
}
