namespace PolarPS.Commands;

/// <summary>A cmdlet whose parameters choose metrics and the time that they are of.</summary>
internal interface IMetricSelection
{
    string? Interval { get; }

    DateTime From { get; }

    DateTime To { get; }

    string? TimeZone { get; }

    string[]? ProductId { get; }

    string[]? CustomerId { get; }

    string[]? BillingType { get; }

    string[]? OrganizationId { get; }
}

/// <summary>What such a cmdlet asks for.</summary>
internal static class MetricSelection
{
    /// <summary>The query; its time is incomplete where the user did not give it.</summary>
    /// <param name="selection">The cmdlet.</param>
    /// <param name="metrics">The metrics by name; none for all.</param>
    public static MetricsQuery QueryFor<T>(T selection, IReadOnlyList<string> metrics)
        where T : PolarCmdlet, IMetricSelection =>
        new()
        {
            StartDate = selection.IsBound(nameof(IMetricSelection.From)) ? selection.From : null,
            EndDate = selection.IsBound(nameof(IMetricSelection.To)) ? selection.To : null,
            Timezone = selection.TimeZone,
            Interval = selection.Interval,
            ProductId = selection.ProductId,
            CustomerId = selection.CustomerId,
            BillingType = selection.BillingType,
            OrganizationId = selection.OrganizationId,
            Metrics = metrics.Count > 0 ? metrics : null,
        };

    /// <summary>Today, where the days of the metrics are counted.</summary>
    public static DateTime Today(IMetricSelection selection) =>
        MetricsReading.Today(DateTimeOffset.UtcNow, selection.TimeZone);
}
