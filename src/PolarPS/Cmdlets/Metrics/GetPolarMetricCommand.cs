namespace PolarPS.Commands;

/// <summary>Gets metrics over a time, one object for each period. Operations metrics:get and metrics:limits.</summary>
[Cmdlet(VerbsCommon.Get, "PolarMetric")]
[OutputType(typeof(MetricPeriod), typeof(MetricsTotals))]
public sealed class GetPolarMetricCommand : ListPolarCmdlet<MetricPeriod>, IMetricSelection
{
    private const string Activity = "Getting metrics";

    /// <summary>The metrics, such as monthly_recurring_revenue; wildcards fit those that this version knows. Without it all.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MetricCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Metric { get; set; }

    /// <summary>How long a period is; without it a month, or what fits the time.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MetricIntervalCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Interval { get; set; }

    /// <summary>The first day, as yyyy-MM-dd, in the time zone of -TimeZone.</summary>
    [Parameter]
    [Day]
    public DateTime From { get; set; }

    /// <summary>The last day, as yyyy-MM-dd, in the time zone of -TimeZone; without it today.</summary>
    [Parameter]
    [Day]
    public DateTime To { get; set; }

    /// <summary>The time zone in which days begin, by its IANA name such as Europe/Paris; without it UTC.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimeZone { get; set; }

    /// <summary>Only of these products.</summary>
    [Parameter]
    [PolarId(typeof(Product))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("Product")]
    public string[]? ProductId { get; set; }

    /// <summary>Only of these customers.</summary>
    [Parameter]
    [PolarId(typeof(Customer))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("Customer")]
    public string[]? CustomerId { get; set; }

    /// <summary>Only of one-time purchases or only of subscriptions.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BillingTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? BillingType { get; set; }

    /// <summary>Only of these organizations; matters with a user's token.</summary>
    [Parameter]
    [PolarId(typeof(Organization))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<Organization>))]
    [ValidateNotNullOrEmpty]
    public string[]? OrganizationId { get; set; }

    /// <summary>The metrics of these dashboards, in place of -Metric.</summary>
    [Parameter]
    [PolarId(typeof(MetricDashboard))]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<MetricDashboard>))]
    [ValidateNotNullOrEmpty]
    [Alias("Dashboard")]
    public string[]? MetricDashboardId { get; set; }

    /// <summary>What to get the metrics of: products, customers, organizations; or dashboards, for their metrics.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ParentTransformation(
        typeof(MetricPeriod),
        typeof(Product),
        typeof(Customer),
        typeof(MetricDashboard),
        typeof(Organization)
    )]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    /// <summary>Writes the totals of the time, as Polar gives them, in place of its periods.</summary>
    [Parameter]
    public SwitchParameter Total { get; set; }

    internal override void ProcessInput()
    {
        if (InputObject is { } parents)
        {
            ListEach(parents, () => Try(new ErrorSubject("metrics", null), Write));
        }
        else
        {
            Try(new ErrorSubject("metrics", null), Write);
        }
    }

    private void Write()
    {
        if (Chosen() is not { } chosen)
        {
            return;
        }

        var query = MetricSelection.QueryFor(this, chosen);
        var today = MetricSelection.Today(this);
        if (Total)
        {
            WriteTotals(query, today);
        }
        else
        {
            WritePeriods(query, today);
        }
    }

    private void WriteTotals(MetricsQuery query, DateTime today)
    {
        var response = Await(async token =>
            await Client
                .Metrics.GetAsync(await Client.Metrics.CompleteAsync(query, today, token).ConfigureAwait(false), token)
                .ConfigureAwait(false)
        );
        if (response.Totals is { } totals)
        {
            WriteObject(ModelShaper.Shape(totals));
        }
    }

    private void WritePeriods(MetricsQuery query, DateTime today)
    {
        try
        {
            ForEachPage(
                Client.Metrics.ReadAsync(query, today, StopToken),
                response =>
                {
                    foreach (var period in response.Periods ?? [])
                    {
                        WriteObject(ModelShaper.Shape(period));
                    }

                    if (response.Periods is { Count: > 0 } periods)
                    {
                        Progress.ShowTask(Activity, $"up to {periods[periods.Count - 1]}");
                    }
                }
            );
        }
        finally
        {
            Progress.HideTask(Activity);
        }
    }

    // Empty for all metrics; null where there is nothing to get.
    private IReadOnlyList<string>? Chosen()
    {
        if (MetricDashboardId is not { } ids)
        {
            return MetricNaming.Expand(Metric);
        }

        if (Metric is not null)
        {
            throw new ArgumentException("-Metric and dashboards say twice which metrics are meant. Use one of them.");
        }

        var metrics = ids.Select(id =>
                Names.Found<MetricDashboard>(id) ?? Await(token => Client.Metrics.GetDashboardAsync(id, token))
            )
            .SelectMany(static dashboard => dashboard.Metrics ?? [])
            .Distinct()
            .ToList();
        if (metrics.Count > 0)
        {
            return metrics;
        }

        // Without metrics it would be all of them.
        WriteWarning("The dashboard has no metrics.");
        return null;
    }
}
