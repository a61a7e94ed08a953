namespace PolarPS.Views;

/// <summary>One metric over time, for charts: its name, and its figure in each period.</summary>
/// <param name="Slug">The metric's slug.</param>
/// <param name="Name">Its name for people, with whatever characters Polar gave.</param>
/// <param name="Points">Its figures in order.</param>
internal sealed record MetricSeries(string Slug, string Name, IReadOnlyList<MetricPoint> Points)
{
    /// <summary>The lowest figure, or zero where all are above it.</summary>
    public double Low { get; } = Math.Min(0, Points.Select(static point => point.Value ?? 0).DefaultIfEmpty().Min());

    /// <summary>The highest figure, or zero where all are below it.</summary>
    public double High { get; } = Math.Max(0, Points.Select(static point => point.Value ?? 0).DefaultIfEmpty().Max());

    /// <summary>The point with the lowest figure that Polar gave; null where it gave none.</summary>
    public MetricPoint? Lowest { get; } =
        Points.Where(static point => point.Value is not null).OrderBy(static point => point.Value).FirstOrDefault();

    /// <summary>The point with the highest figure that Polar gave; null where it gave none.</summary>
    public MetricPoint? Highest { get; } =
        Points
            .Where(static point => point.Value is not null)
            .OrderByDescending(static point => point.Value)
            .FirstOrDefault();

    /// <summary>
    /// The series of periods: one for each metric that any of them has, and another one where the time does not go on, as with the periods
    /// of another customer.
    /// </summary>
    /// <param name="periods">The periods, as they came.</param>
    /// <param name="isWanted">Which metrics to take, by their slugs; null for all.</param>
    public static IReadOnlyList<IReadOnlyList<MetricSeries>> Of(
        IEnumerable<MetricPeriod> periods,
        Func<string, bool>? isWanted
    ) => [.. Runs(periods).Select(run => Series(run, isWanted)).Where(static series => series.Count > 0)];

    private static List<List<MetricPeriod>> Runs(IEnumerable<MetricPeriod> periods)
    {
        var runs = new List<List<MetricPeriod>>();
        foreach (var period in periods)
        {
            if (runs.Count == 0 || !(period.Timestamp > runs[runs.Count - 1].Last().Timestamp))
            {
                runs.Add([]);
            }

            runs[runs.Count - 1].Add(period);
        }

        return runs;
    }

    private static List<MetricSeries> Series(List<MetricPeriod> periods, Func<string, bool>? isWanted)
    {
        var labels = Labels(periods);
        var figures = periods.ConvertAll(static period =>
            period.Figures().ToDictionary(static figure => figure.Slug, StringComparer.Ordinal)
        );
        return
        [
            .. figures
                .SelectMany(static period => period.Values)
                .GroupBy(static figure => figure.Slug, StringComparer.Ordinal)
                .Where(metric => isWanted?.Invoke(metric.Key) ?? true)
                .Select(metric => new MetricSeries(
                    metric.Key,
                    metric.First().Name,
                    [
                        .. figures.Select(
                            (period, i) =>
                                new MetricPoint(
                                    labels[i],
                                    period.TryGetValue(metric.Key, out var figure) ? figure : null
                                )
                        ),
                    ]
                )),
        ];
    }

    // As short as what tells the periods apart: years and months need no day, and hours need the time at midnight, too.
    private static List<string> Labels(List<MetricPeriod> periods)
    {
        var times = periods.ConvertAll(static period => period.Timestamp);
        var isMonthly = times.Count > 1 && times.TrueForAll(static time => time is { Day: 1, TimeOfDay: { Ticks: 0 } });
        var format =
            isMonthly && times.TrueForAll(static time => time!.Value.Month == 1) ? "yyyy"
            : isMonthly
            && times
                .Skip(1)
                .Zip(times, static (next, time) => (next - time)!.Value.TotalDays)
                .All(static days => days > 27)
                ? "yyyy-MM"
            : times.Exists(static time => time?.TimeOfDay.Ticks > 0)
                ? times.Exists(static time => time?.Offset.Ticks != 0) ? "yyyy-MM-dd HH:mm zzz"
                    : "yyyy-MM-dd HH:mm"
            : "yyyy-MM-dd";
        return times.ConvertAll(time => time?.ToString(format, CultureInfo.InvariantCulture) ?? "?");
    }
}

/// <summary>A figure of a series.</summary>
/// <param name="Label">When its period begins.</param>
/// <param name="Figure">The figure; null where Polar gave none.</param>
internal sealed record MetricPoint(string Label, MetricFigure? Figure)
{
    /// <summary>What is drawn; null for nothing.</summary>
    public double? Value { get; } = (double?)Figure?.Value;

    /// <summary>What is written: the figure with its unit, or a dash for none.</summary>
    public string Text => Figure is { Value: not null } figure ? figure.Text : "-";
}
