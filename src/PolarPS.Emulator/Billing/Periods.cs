using System;

namespace PolarPS.Emulator;

/// <summary>Billing periods.</summary>
internal static class Periods
{
    public static DateTimeOffset Add(DateTimeOffset time, string interval, long count) =>
        interval switch
        {
            "day" => time.AddDays(count),
            "week" => time.AddDays(7 * count),
            "month" => time.AddMonths((int)count),
            _ => time.AddYears((int)count),
        };

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
