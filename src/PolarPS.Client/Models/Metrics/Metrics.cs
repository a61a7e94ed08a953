namespace PolarPS.Client.Models;

/// <summary>Metrics over a time, period by period.</summary>
public sealed class MetricsResponse : PolarObject
{
    /// <summary>The periods in order.</summary>
    public PolarList<MetricPeriod>? Periods
    {
        get;
        set => field = Hold(value);
    }

    /// <summary>The values over all periods.</summary>
    public MetricsTotals? Totals
    {
        get;
        set => field = Hold(value);
    }

    /// <summary>What each metric is, by its slug. Those that were not asked for are missing.</summary>
    public PolarDictionary<Metric>? Metrics { get; set; }

    /// <summary>The slugs that were asked for, in that order; null for all.</summary>
    internal IReadOnlyList<string>? Asked { get; set; }
}

/// <summary>What a metric is.</summary>
public sealed class Metric : PolarObject
{
    /// <summary>The metrics that this version knows, in the API's order; Polar may have more.</summary>
    public static IReadOnlyList<Metric> Known { get; } =
    [
        .. MetricNames.All.Select(known => new Metric
        {
            Slug = known.Key,
            DisplayName = known.Value,
            Type = MetricNames.TypeOf(known.Key),
        }),
    ];

    /// <summary>The metric of a slug.</summary>
    /// <param name="slug">The slug, in any case; <c>MonthlyRecurringRevenue</c> works as well as <c>monthly_recurring_revenue</c>.</param>
    /// <returns>Null for one that this version does not know.</returns>
    public static Metric? Find(string slug)
    {
        var bare = slug?.Replace("_", string.Empty);
        return Known.FirstOrDefault(metric =>
            metric.Slug!.Replace("_", string.Empty).Equals(bare, StringComparison.OrdinalIgnoreCase)
        );
    }

    /// <summary>Its name in requests and answers, such as <c>revenue</c>.</summary>
    public string? Slug { get; set; }

    /// <summary>Its name for people.</summary>
    public string? DisplayName { get; set; }

    /// <summary>What its values are: <c>scalar</c>, <c>currency</c> (cents), <c>currency_sub_cent</c> (cents with decimals), <c>percentage</c> (0.05 is 5 %).</summary>
    public string? Type { get; set; }

    /// <summary>The metric's name.</summary>
    /// <returns>The name for people, or the slug.</returns>
    private protected override string Describe() => DisplayName ?? Slug ?? string.Empty;
}

/// <summary>How far back metrics go, and how long a time may be.</summary>
public sealed class MetricsLimits : PolarObject
{
    /// <summary>The earliest date, as <c>2023-01-01</c>.</summary>
    public string? MinDate { get; set; }

    /// <summary>How long a time may be, by the length of the periods.</summary>
    public MetricsIntervalsLimits? Intervals { get; set; }
}

/// <summary>How long a time may be, by the length of the periods.</summary>
public sealed class MetricsIntervalsLimits : PolarObject
{
    /// <summary>With a period an hour.</summary>
    public MetricsIntervalLimit? Hour { get; set; }

    /// <summary>With a period a day.</summary>
    public MetricsIntervalLimit? Day { get; set; }

    /// <summary>With a period a week.</summary>
    public MetricsIntervalLimit? Week { get; set; }

    /// <summary>With a period a month.</summary>
    public MetricsIntervalLimit? Month { get; set; }

    /// <summary>With a period a year.</summary>
    public MetricsIntervalLimit? Year { get; set; }

    /// <summary>How long a time may be with periods of a length.</summary>
    /// <param name="interval">The length of the periods, such as <c>month</c>.</param>
    /// <returns>Null where Polar says nothing of such periods.</returns>
    public MetricsIntervalLimit? Of(string? interval) =>
        interval switch
        {
            "hour" => Hour,
            "day" => Day,
            "week" => Week,
            "month" => Month,
            "year" => Year,
            _ => null,
        };
}

/// <summary>How long a time may be.</summary>
public sealed class MetricsIntervalLimit : PolarObject
{
    /// <summary>The least number of days.</summary>
    public int? MinDays { get; set; }

    /// <summary>The greatest number of days.</summary>
    public int? MaxDays { get; set; }

    /// <summary>The limits in words.</summary>
    /// <returns>Such as <c>1 to 366 days</c>.</returns>
    private protected override string Describe() => $"{MinDays} to {MaxDays} days";
}

/// <summary>Metrics that are shown together.</summary>
public sealed class MetricDashboard : PolarObject, IDated
{
    /// <summary>The dashboard's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>The slugs of its metrics; at most 10.</summary>
    public PolarList<string>? Metrics { get; set; }

    /// <summary>The id of the organization.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The dashboard's name.</summary>
    /// <returns>The name, or the id where there is none.</returns>
    private protected override string Describe() => Name ?? Id ?? string.Empty;
}
