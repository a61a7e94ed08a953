namespace PolarPS.Commands;

/// <summary>Gets metric dashboards by id or name, or all. Operations metrics:get_dashboard and metrics:list_dashboards.</summary>
[Cmdlet(VerbsCommon.Get, "PolarMetricDashboard", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(MetricDashboard))]
public sealed class GetPolarMetricDashboardCommand : GetOwnedCmdlet<MetricDashboard>
{
    /// <summary>The ids of dashboards, or dashboards.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Reading.MetricDashboard
    )]
    [PolarId(typeof(MetricDashboard), Each = true, OneOfSeveral = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter<MetricDashboard>))]
    [Alias("MetricDashboardId")]
    public string[]? Id { get; set; }

    /// <summary>What to list the dashboards of: organizations.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [ParentTransformation(typeof(MetricDashboard), typeof(Organization))]
    [ValidateNotNullOrEmpty]
    public ParentReference[]? InputObject { get; set; }

    internal override string[]? Ids => Id;

    internal override ParentReference[]? Parents => InputObject;

    internal override Task<MetricDashboard> GetAsync(string id, CancellationToken cancellationToken) =>
        Client.Metrics.GetDashboardAsync(id, cancellationToken);

    internal override PagedList<MetricDashboard> List() =>
        Client.Metrics.ListOfDashboards(OrganizationId, Extent(new RawListQuery()));
}
