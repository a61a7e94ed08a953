using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>Times that are completed, held to Polar's limits, and read in parts.</summary>
public sealed class MetricsReadingTests
{
    private const string Limits = """
        {"min_date":"2023-01-01","intervals":{"hour":{"min_days":0,"max_days":7},"day":{"min_days":0,"max_days":366},
        "week":{"min_days":7,"max_days":371},"month":{"min_days":28,"max_days":1460},"year":{"min_days":365,"max_days":3650}}}
        """;

    private static readonly DateTime Today = new(2026, 11, 30);

    [Theory]
    [InlineData(null, null, null, "month 2025-12-01 2026-11-30")]
    [InlineData("hour", null, null, "hour 2026-11-29 2026-11-30")]
    [InlineData("day", null, null, "day 2026-11-01 2026-11-30")]
    [InlineData("week", null, null, "week 2026-09-14 2026-11-30")]
    [InlineData("year", null, null, "year 2022-01-01 2026-11-30")]
    [InlineData("quarter", null, null, "quarter 2025-12-01 2026-11-30")]
    [InlineData(null, null, "2026-02-10", "month 2025-03-01 2026-02-10")]
    [InlineData(null, "2026-11-30", null, "hour 2026-11-30 2026-11-30")]
    [InlineData(null, "2026-11-29", null, "hour 2026-11-29 2026-11-30")]
    [InlineData(null, "2026-11-28", null, "day 2026-11-28 2026-11-30")]
    [InlineData(null, "2026-09-29", null, "month 2026-09-29 2026-11-30")]
    [InlineData(null, "2022-11-30", null, "month 2022-11-30 2026-11-30")]
    [InlineData(null, "2022-11-26", null, "year 2022-11-26 2026-11-30")]
    [InlineData("week", "2026-11-05", "2026-11-06", "week 2026-11-05 2026-11-06")]
    public void WhatIsLeftOpenIsChosen(string? interval, string? from, string? to, string expected)
    {
        var given = new MetricsQuery
        {
            Interval = interval,
            StartDate = Day(from),
            EndDate = Day(to),
            Metrics = ["orders"],
        };

        var query = given.Complete(Today);

        Assert.Equal(expected, $"{query.Interval} {query.StartDate:yyyy-MM-dd} {query.EndDate:yyyy-MM-dd}");
        Assert.Equal(["orders"], query.Metrics);
        Assert.Equal(interval, given.Interval);
    }

    [Fact]
    public void ATimeLeftOpenBeginsNotBeforeThereAreFigures()
    {
        var earliest = new DateTime(2023, 1, 1);
        Assert.Equal(
            earliest,
            new MetricsQuery { Interval = "year" }
                .Complete(Today, earliest)
                .StartDate
        );
        Assert.Throws<ArgumentException>(() => new MetricsQuery { StartDate = Today.AddDays(1) }.Complete(Today));
    }

    [Theory]
    [InlineData("hour", "2026-11-01", "2026-11-08", 7, "2026-11-01..2026-11-08")]
    [InlineData("hour", "2026-11-01", "2026-11-09", 7, "2026-11-01..2026-11-08 2026-11-09..2026-11-09")]
    [InlineData("week", "2026-11-04", "2026-11-30", 14, "2026-11-04..2026-11-15 2026-11-16..2026-11-30")]
    [InlineData("month", "2026-01-15", "2026-04-10", 60, "2026-01-15..2026-02-28 2026-03-01..2026-04-10")]
    [InlineData("year", "2020-06-01", "2022-02-01", 400, "2020-06-01..2020-12-31 2021-01-01..2022-02-01")]
    public void PartsAreShortEnoughAndBeginWithAPeriod(
        string interval,
        string from,
        string to,
        int most,
        string expected
    )
    {
        var query = new MetricsQuery { Interval = interval }.With(Day(from)!.Value, Day(to)!.Value, interval);

        var parts = MetricsReading.Parts(query, most);

        Assert.Equal(
            expected,
            string.Join(" ", parts.Select(static part => $"{part.StartDate:yyyy-MM-dd}..{part.EndDate:yyyy-MM-dd}"))
        );
        Assert.All(parts, part => Assert.InRange((part.EndDate - part.StartDate)!.Value.TotalDays, 0, most));
    }

    [Fact]
    public void EveryDayIsInOnePartWhateverTheLimits()
    {
        foreach (var interval in new[] { "hour", "day", "week", "month", "year" })
        {
            for (var most = 366; most < 800; most += 13)
            {
                var query = new MetricsQuery().With(new DateTime(2020, 5, 17), new DateTime(2026, 3, 3), interval);
                var day = query.StartDate!.Value;
                foreach (var part in MetricsReading.Parts(query, most))
                {
                    Assert.Equal(day, part.StartDate);
                    day = part.EndDate!.Value.AddDays(1);
                }

                Assert.Equal(query.EndDate!.Value.AddDays(1), day);
            }
        }
    }

    [Fact]
    public void PartsThatWouldBeginWithinAPeriodOrAreTooManyAreRefused()
    {
        var months = new MetricsQuery().With(new DateTime(2026, 1, 1), new DateTime(2026, 12, 31), "month");
        Assert.Contains(
            "at most 20 days",
            Assert.Throws<ArgumentException>(() => MetricsReading.Parts(months, 20)).Message,
            StringComparison.Ordinal
        );
        var hours = new MetricsQuery().With(new DateTime(2024, 1, 1), new DateTime(2026, 12, 31), "hour");
        Assert.Contains(
            "60 requests",
            Assert.Throws<ArgumentException>(() => MetricsReading.Parts(hours, 7)).Message,
            StringComparison.Ordinal
        );
        Assert.Single(MetricsReading.Parts(hours, null));
    }

    [Fact]
    public async Task LimitsAreAskedForWhereATimeIsGiven()
    {
        var open = new Stub("{}");
        await ReadAsync(open, new MetricsQuery());
        Assert.StartsWith(
            "/v1/metrics/?start_date=2025-12-01&end_date=2026-11-30&interval=month",
            Assert.Single(open.Requests).Target,
            StringComparison.Ordinal
        );

        var given = new Stub(Limits);
        await ReadAsync(given, new MetricsQuery { StartDate = new DateTime(2026, 11, 1), Interval = "hour" });
        Assert.Equal(
            ["limits", "2026-11-01", "2026-11-09", "2026-11-17", "2026-11-25"],
            given.Requests.Select(static request =>
                request.Target.Contains("limits", StringComparison.Ordinal)
                    ? "limits"
                    : request.Target.Split("start_date=")[1][..10]
            )
        );

        var early = new Stub(Limits);
        var problem = await Assert.ThrowsAsync<ArgumentException>(() =>
            ReadAsync(early, new MetricsQuery { StartDate = new DateTime(2022, 12, 31) })
        );
        Assert.Contains("2023-01-01", problem.Message, StringComparison.Ordinal);
        Assert.Single(early.Requests);

        var whole = new Stub(Limits);
        await Assert.ThrowsAsync<ArgumentException>(() =>
            whole.Client.Metrics.CompleteAsync(
                new MetricsQuery { StartDate = new DateTime(2026, 11, 1), Interval = "hour" },
                Today
            )
        );
    }

    [Fact]
    public void TodayIsTheDayOfTheZone()
    {
        var late = new DateTimeOffset(2026, 11, 30, 23, 30, 0, TimeSpan.Zero);
        Assert.Equal(Today, MetricsReading.Today(late, null));
        Assert.Equal(Today.AddDays(1), MetricsReading.Today(late, "Europe/Paris"));
        Assert.Equal(Today, MetricsReading.Today(late, "America/New_York"));
        Assert.Equal(Today, MetricsReading.Today(late, "Europe/Atlantis"));
    }

    [Fact]
    public void EachMetricIsKnownOnceWithItsNameAndType()
    {
        var properties = typeof(MetricValues)
            .GetProperties()
            .Where(static item => item.PropertyType == typeof(decimal?) && item.GetIndexParameters().Length == 0)
            .Select(static item => JsonSettings.FieldName(item.Name));
        Assert.Equal(
            properties.Order(StringComparer.Ordinal),
            Metric.Known.Select(static metric => metric.Slug!).Order(StringComparer.Ordinal)
        );
        Assert.All(Metric.Known, static metric => Assert.False(string.IsNullOrEmpty(metric.DisplayName)));
        Assert.Equal("monthly_recurring_revenue", Metric.Find("MonthlyRecurringRevenue")?.Slug);
        Assert.Equal("percentage", Metric.Find("CHURN_RATE")?.Type);
        Assert.Equal("currency_sub_cent", Metric.Find("costs")?.Type);
        Assert.Equal("currency", Metric.Find("net_average_order_value")?.Type);
        Assert.Equal("scalar", Metric.Find("orders")?.Type);
        Assert.Null(Metric.Find("luck"));
    }

    [Fact]
    public async Task APeriodKeepsTheClockOfItsZone()
    {
        var call = new Stub(
            """{"periods":[{"timestamp":"2026-11-01T00:00:00+09:30","revenue":null},{"timestamp":"2026-11-01T14:00:00-03:00","revenue":5}],"metrics":{"revenue":null}}"""
        );

        var periods = (await call.Client.Metrics.GetAsync(new MetricsQuery { Metrics = ["revenue"] })).Periods!;

        Assert.Equal(["2026-11-01", "2026-11-01 14:00 -03:00"], periods.Select(static period => period.ToString()));
        Assert.Equal("Revenue", Assert.Single(periods[0].Figures()).Name);
        Assert.Equal(["", "$0.05"], periods.Select(static period => period.Figures()[0].Text));
    }

    private static async Task ReadAsync(Stub stub, MetricsQuery query)
    {
        await foreach (var _ in stub.Client.Metrics.ReadAsync(query, Today)) { }
    }

    private static DateTime? Day(string? text) =>
        text is null
            ? null
            : DateTime.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
