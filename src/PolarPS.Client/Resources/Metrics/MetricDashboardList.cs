namespace PolarPS.Client;

/// <summary>The list of dashboards, which Polar gives in one answer, as a list like all others.</summary>
internal static class MetricDashboardList
{
    /// <summary>The dashboards, read in one request when they are wanted.</summary>
    /// <param name="metrics">The resource.</param>
    /// <param name="organizationIds">Only those of these organizations; null for all.</param>
    /// <param name="extent">What -First and -Skip ask for; null for all.</param>
    public static PagedList<MetricDashboard> ListOfDashboards(
        this MetricsResource metrics,
        IReadOnlyList<string>? organizationIds = null,
        ListQuery? extent = null
    )
    {
        Task<PolarList<MetricDashboard>>? answer = null;
        var source = new PageSource<MetricDashboard>(
            RowOrder.Lasting,
            false,
            async (window, token) =>
            {
                var all = await (answer ??= metrics.ListDashboardsAsync(organizationIds, token)).ConfigureAwait(false);
                var page = all.Skip((int)window.Start).Take(window.Size).ToList();
                var pages = (all.Count + window.Size - 1) / window.Size;
                return new FetchedPage<MetricDashboard>(window, string.Empty, page, all.Count, pages, default);
            }
        );
        return new PagedList<MetricDashboard>(extent ?? new RawListQuery(), source, null, static item => item.Id);
    }
}
