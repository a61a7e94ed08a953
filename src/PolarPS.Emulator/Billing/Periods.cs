namespace PolarPS.Emulator;

/// <summary>Billing periods.</summary>
internal static class Periods
{
    /// <summary>A length of time after some time; a day of the month that is not there becomes the month's last.</summary>
    public static DateTimeOffset Add(DateTimeOffset time, string interval, long count) =>
        interval switch
        {
            "day" => time.AddDays(count),
            "week" => time.AddDays(7 * count),
            "month" => time.AddMonths((int)count),
            _ => time.AddYears((int)count),
        };

    /// <summary>
    /// When a period ends. Months and years end on the day of the month that they are anchored to, or on the month's last day
    /// where it is shorter, however the period before ended.
    /// </summary>
    /// <param name="start">When the period begins.</param>
    /// <param name="anchorDay">The day of the month.</param>
    /// <param name="interval">day, week, month or year.</param>
    /// <param name="count">How many of them.</param>
    public static DateTimeOffset Next(DateTimeOffset start, long anchorDay, string interval, long count)
    {
        var end = Add(start, interval, count);
        if (interval is not ("month" or "year"))
        {
            return end;
        }

        var day = (int)Math.Min(anchorDay, DateTime.DaysInMonth(end.Year, end.Month));
        return end.AddDays(day - end.Day);
    }

    /// <summary>What part of a period is left, from 0 to 1.</summary>
    public static decimal Left(DateTimeOffset start, DateTimeOffset end, DateTimeOffset now) =>
        end <= now ? 0 : (decimal)(end - now).Ticks / (end - start).Ticks;

    /// <summary>How many months a period has, about; for revenue by month.</summary>
    public static decimal Months(string interval, long count) =>
        interval switch
        {
            "day" => count * 12m / 365m,
            "week" => count * 12m / 52m,
            "month" => count,
            _ => 12m * count,
        };
}
