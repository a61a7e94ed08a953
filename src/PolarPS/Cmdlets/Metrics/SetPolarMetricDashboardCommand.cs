namespace PolarPS.Commands;

/// <summary>Changes metric dashboards: what is given, and nothing else. Operation metrics:update_dashboard.</summary>
[Cmdlet(VerbsCommon.Set, "PolarMetricDashboard", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MetricDashboard))]
public sealed class SetPolarMetricDashboardCommand : SetPolarCmdlet<MetricDashboard, MetricDashboardUpdate>
{
    /// <summary>The ids of dashboards, or dashboards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.MetricDashboard)]
    [PolarId(typeof(MetricDashboard), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<MetricDashboard>))]
    [Alias("MetricDashboardId")]
    public string[] Id { get; set; } = [];

    /// <summary>The name of the dashboard.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Name { get; set; }

    /// <summary>The metrics, at most 10, in place of those stored; $null for none.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MetricCompleter))]
    [AllowNull]
    [AllowEmptyCollection]
    [Alias("Metrics")]
    [Field("metrics")]
    public string[]? Metric { get; set; }

    internal override string[] Ids => Id;

    internal override void Shape(RequestBody body)
    {
        // Null would say nothing of the metrics.
        if (IsBound(nameof(Metric)) && Metric is null)
        {
            body.SetField("metrics", System.Array.Empty<string>());
        }
    }

    internal override string TextOf(string parameter, object? value) =>
        parameter == nameof(Metric) && Metric is not { Length: > 0 } ? "no metrics" : base.TextOf(parameter, value);

    internal override Task<MetricDashboard> UpdateAsync(
        PolarClient client,
        string id,
        MetricDashboardUpdate body,
        CancellationToken cancellationToken
    ) => client.Metrics.UpdateDashboardAsync(id, body, cancellationToken);

    internal override Task<MetricDashboard> ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Metrics.GetDashboardAsync(id, cancellationToken);
}
