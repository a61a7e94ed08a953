using System.Runtime.CompilerServices;

namespace PolarPS.Client;

/// <summary>
/// Reads metrics over any time: fills in what a query leaves open, asks Polar for its limits, and asks in parts where a time is
/// longer than what Polar gives at once. Figures are as Polar gives them; nothing is added up here.
/// </summary>
public static class MetricsReading
{
    // Hours of some months; more is a mistake, or a matter for longer periods.
    private const int MostParts = 60;

    private const int MostHoursInDays = 2;
    private const int MostDays = 62;
    private const int MostMonthsInDays = 4 * 366;

    /// <summary>The day that it is in a time zone.</summary>
    /// <param name="now">The present time.</param>
    /// <param name="timezone">The zone's IANA name; null for UTC. Where the system has no such zone, it is the day of UTC.</param>
    /// <returns>The day at midnight, of no zone.</returns>
    public static DateTime Today(DateTimeOffset now, string? timezone)
    {
        try
        {
            return timezone is null
                ? now.UtcDateTime.Date
                : TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(timezone)).Date;
        }
        catch (Exception exception) when (exception is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            // Windows PowerShell knows no IANA names. Polar says whether there is such a zone.
            return now.UtcDateTime.Date;
        }
    }

    /// <summary>
    /// Fills in what a query leaves open. Without an interval it is the month, or what fits the time that was given. Without a last
    /// day it is today; without a first one the time is the last 2 days by hour, 30 days, 12 weeks, 12 months or 5 years.
    /// </summary>
    /// <param name="query">The query; it stays as it is.</param>
    /// <param name="today">The present day in the query's time zone.</param>
    /// <param name="earliest">The first day that Polar has figures of, which a first day that was left open does not go behind.</param>
    /// <returns>A query with both days and the interval.</returns>
    /// <exception cref="ArgumentException">The first day comes after the last one.</exception>
    public static MetricsQuery Complete(this MetricsQuery query, DateTime today, DateTime? earliest = null)
    {
        var end = (query.EndDate ?? today).Date;
        var interval = query.Interval ?? IntervalFor(query.StartDate?.Date, end);
        var start = query.StartDate?.Date ?? Later(FirstDay(end, interval), earliest, end);
        return start <= end
            ? query.With(start, end, interval)
            : throw new ArgumentException($"The time begins on {Text(start)}, after it ends on {Text(end)}.");
    }

    /// <summary>
    /// Completes a query, and holds it to Polar's limits, which are asked for: a time that begins too early is refused, with the
    /// earliest day, and so is one that is too long for one request.
    /// </summary>
    /// <param name="metrics">The resource.</param>
    /// <param name="query">The query; it stays as it is.</param>
    /// <param name="today">The present day in the query's time zone.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>A query for one request.</returns>
    /// <exception cref="ArgumentException">Polar does not give figures of such a time at once.</exception>
    public static async Task<MetricsQuery> CompleteAsync(
        this MetricsResource metrics,
        MetricsQuery query,
        DateTime today,
        CancellationToken cancellationToken = default
    )
    {
        var (complete, most) = await PrepareAsync(metrics, query, today, cancellationToken).ConfigureAwait(false);
        return most is { } days && Days(complete) > days ? throw TooLong(complete, days) : complete;
    }

    /// <summary>
    /// Reads the periods of any time, each once, in order. A time that is longer than Polar gives at once is read in parts that begin
    /// where a period does; the totals of such parts are of the parts only.
    /// </summary>
    /// <param name="metrics">The resource.</param>
    /// <param name="query">The query; it stays as it is.</param>
    /// <param name="today">The present day in the query's time zone.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The answers, one for each part.</returns>
    /// <exception cref="ArgumentException">The time begins too early, or would need too many parts.</exception>
    public static async IAsyncEnumerable<MetricsResponse> ReadAsync(
        this MetricsResource metrics,
        MetricsQuery query,
        DateTime today,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var (complete, most) = await PrepareAsync(metrics, query, today, cancellationToken).ConfigureAwait(false);
        foreach (var part in Parts(complete, most))
        {
            yield return await metrics.GetAsync(part, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A complete query in parts, each of which is short enough and all but the first of which begin with a period.</summary>
    internal static IReadOnlyList<MetricsQuery> Parts(MetricsQuery query, int? most)
    {
        if (most is not { } days || Days(query) <= days)
        {
            return [query];
        }

        var parts = new List<MetricsQuery>();
        var (start, end) = (query.StartDate!.Value, query.EndDate!.Value);
        while (start <= end)
        {
            var next = end.AddDays(1);
            if ((end - start).TotalDays > days)
            {
                next = BeginningOf(start.AddDays(days + 1), query.Interval);
                if (next <= start)
                {
                    throw TooLong(query, days);
                }

                if (parts.Count == MostParts - 1)
                {
                    throw new ArgumentException(
                        $"{Days(query)} days by the {query.Interval} would take more than {MostParts} requests of {days} days each. Use a longer interval or a shorter time."
                    );
                }
            }

            parts.Add(query.With(start, next.AddDays(-1), query.Interval!));
            start = next;
        }

        return parts;
    }

    private static async Task<(MetricsQuery Complete, int? MostDays)> PrepareAsync(
        MetricsResource metrics,
        MetricsQuery query,
        DateTime today,
        CancellationToken cancellationToken
    )
    {
        // What is left open altogether is short and recent: no limits are needed for it.
        var isOpen = query.StartDate is null && query.EndDate is null && query.Interval is not "year";
        var limits = isOpen ? null : await metrics.GetLimitsAsync(cancellationToken).ConfigureAwait(false);
        var earliest = DateTime.TryParseExact(
            limits?.MinDate,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : (DateTime?)null;
        var complete = query.Complete(today, earliest);
        return complete.StartDate < earliest
            ? throw new ArgumentException(
                $"The time begins on {Text(complete.StartDate!.Value)}, but Polar has figures from {Text(earliest.Value)} on."
            )
            : (complete, limits?.Intervals?.Of(complete.Interval)?.MaxDays);
    }

    private static ArgumentException TooLong(MetricsQuery query, int most) =>
        new(
            $"{Text(query.StartDate!.Value)} to {Text(query.EndDate!.Value)} is {Days(query)} days. By the {query.Interval} Polar gives at most {most} days at once. Use a longer interval or a shorter time."
        );

    // As Polar counts: to the last day, which itself does not count.
    private static int Days(MetricsQuery query) => (query.EndDate!.Value - query.StartDate!.Value).Days;

    private static string IntervalFor(DateTime? start, DateTime end) =>
        start is not { } first ? "month"
        : (end - first).Days < MostHoursInDays ? "hour"
        : (end - first).Days < MostDays ? "day"
        : (end - first).Days < MostMonthsInDays ? "month"
        : "year";

    // So that the time ends with the last day, and begins with a period.
    private static DateTime FirstDay(DateTime end, string interval) =>
        interval switch
        {
            "hour" => end.AddDays(-1),
            "day" => end.AddDays(-29),
            "week" => BeginningOf(end, interval).AddDays(-7 * 11),
            "year" => BeginningOf(end, interval).AddYears(-4),
            _ => BeginningOf(end, "month").AddMonths(-11),
        };

    private static DateTime BeginningOf(DateTime day, string? interval) =>
        interval switch
        {
            "week" => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            "month" => new DateTime(day.Year, day.Month, 1),
            "year" => new DateTime(day.Year, 1, 1),
            _ => day,
        };

    private static DateTime Later(DateTime first, DateTime? earliest, DateTime end) =>
        earliest > first && earliest <= end ? earliest.Value : first;

    private static string Text(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
