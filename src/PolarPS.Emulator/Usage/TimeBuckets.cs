namespace PolarPS.Emulator;

/// <summary>A span of time cut into hours, days, weeks, months or years of some part of the world.</summary>
internal static class TimeBuckets
{
    public static Schema Interval { get; } = Form.OneOf(UsageValues.TimeInterval);

    /// <summary>The beginnings of the pieces, the first of which contains the start.</summary>
    public static List<DateTimeOffset> Cut(DateTimeOffset start, DateTimeOffset end, string interval, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(start, zone).DateTime;
        var first = interval switch
        {
            "hour" => new DateTime(local.Year, local.Month, local.Day, local.Hour, 0, 0),
            "day" => local.Date,
            "week" => local.Date.AddDays(-(((int)local.DayOfWeek + 6) % 7)),
            "month" => new DateTime(local.Year, local.Month, 1),
            _ => new DateTime(local.Year, 1, 1),
        };
        var pieces = new List<DateTimeOffset>();
        var begin = new DateTimeOffset(first, zone.GetUtcOffset(first));
        for (var i = 0; ; i++)
        {
            var next = interval switch
            {
                "hour" => first.AddHours(i),
                "day" => first.AddDays(i),
                "week" => first.AddDays(7 * i),
                "month" => first.AddMonths(i),
                _ => first.AddYears(i),
            };
            // An hour is an hour, also where the clocks go back or forward.
            var time = (
                interval == "hour" ? begin.AddHours(i) : new DateTimeOffset(next, zone.GetUtcOffset(next))
            ).ToUniversalTime();
            if (time > end)
            {
                return pieces;
            }

            pieces.Add(time);
        }
    }

    /// <summary>The piece that a time is in; -1 if it is before the first.</summary>
    public static int Find(List<DateTimeOffset> pieces, DateTimeOffset time)
    {
        var index = pieces.BinarySearch(time);
        return index >= 0 ? index : ~index - 1;
    }
}
