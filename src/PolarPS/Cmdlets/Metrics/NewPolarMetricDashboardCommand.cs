namespace PolarPS.Commands;

/// <summary>Creates a metric dashboard: metrics that are looked at together. Operation metrics:create_dashboard.</summary>
[Cmdlet(VerbsCommon.New, "PolarMetricDashboard", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MetricDashboard))]
public sealed class NewPolarMetricDashboardCommand : NewOwnedCmdlet<MetricDashboard, MetricDashboardCreate>
{
    /// <summary>The name of the dashboard.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "What the dashboard is called, such as Growth"
    )]
    [Text]
    [ValidateNotNullOrEmpty]
    [Field]
    public string Name { get; set; } = string.Empty;

    /// <summary>The metrics, such as monthly_recurring_revenue; at most 10.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MetricCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("Metrics")]
    [Field("metrics")]
    public string[]? Metric { get; set; }

    internal override string NewName => Name;

    internal override Task<MetricDashboard> CreateAsync(
        PolarClient client,
        MetricDashboardCreate body,
        CancellationToken cancellationToken
    ) => client.Metrics.CreateDashboardAsync(body, cancellationToken);
}
