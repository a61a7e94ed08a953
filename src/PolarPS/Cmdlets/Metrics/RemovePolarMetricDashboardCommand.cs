namespace PolarPS.Commands;

/// <summary>Deletes metric dashboards; the metrics themselves stay. Operation metrics:delete_dashboard.</summary>
[Cmdlet(VerbsCommon.Remove, "PolarMetricDashboard", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemovePolarMetricDashboardCommand : RemovePolarCmdlet<MetricDashboard>
{
    /// <summary>The ids of dashboards, or dashboards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.MetricDashboard)]
    [PolarId(typeof(MetricDashboard), Strict = true, Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<MetricDashboard>))]
    [Alias("MetricDashboardId")]
    public string[] Id { get; set; } = [];

    internal override string[] Ids => Id;

    internal override Task DeleteAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Metrics.DeleteDashboardAsync(id, cancellationToken);

    internal override Task<MetricDashboard>? ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.Metrics.GetDashboardAsync(id, cancellationToken);
}
