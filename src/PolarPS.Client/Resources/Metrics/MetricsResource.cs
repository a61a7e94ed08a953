namespace PolarPS.Client;

/// <summary>Business metrics over time.</summary>
public class MetricsResource
{
    private const string Root = "/v1/metrics/";
    private const string Dashboards = Root + "dashboards";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected MetricsResource() => _connection = ApiConnection.StandIn;

    internal MetricsResource(ApiConnection connection) => _connection = connection;

    /// <summary>Metrics over a time, period by period. Operation <c>metrics:get</c>.</summary>
    /// <param name="query">The time and its periods, and what to look at.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The periods and their totals; metrics that were not asked for are null.</returns>
    public virtual async Task<MetricsResponse> GetAsync(
        MetricsQuery query,
        CancellationToken cancellationToken = default
    )
    {
        var response = await _connection
            .SendAsync(ApiRequest.Get(Root + Text(query)), ModelReaders.MetricsResponse, cancellationToken)
            .ConfigureAwait(false);
        response.Asked = query.Metrics;
        return response;
    }

    /// <summary>Metrics over a time as CSV, streamed. Operation <c>metrics:export</c>.</summary>
    /// <param name="query">The time and its periods, and what to look at.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The text as it arrives, with a header row; dispose of it.</returns>
    public virtual Task<StreamedResponse> ExportAsync(
        MetricsQuery query,
        CancellationToken cancellationToken = default
    ) => _connection.OpenCsvAsync(ApiRequest.Get(Root + "export" + Text(query)), cancellationToken);

    /// <summary>How far back and how long a time may be. Operation <c>metrics:limits</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The limits.</returns>
    public virtual Task<MetricsLimits> GetLimitsAsync(CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(Root + "limits"), ModelReaders.MetricsLimits, cancellationToken);

    /// <summary>All dashboards; Polar returns them in one response. Operation <c>metrics:list_dashboards</c>.</summary>
    /// <param name="organizationIds">Only those of these organizations; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The dashboards.</returns>
    public virtual Task<PolarList<MetricDashboard>> ListDashboardsAsync(
        IReadOnlyList<string>? organizationIds = null,
        CancellationToken cancellationToken = default
    )
    {
        var filters = new QueryBuilder().Add("organization_id", organizationIds);
        return _connection.SendAsync(
            ApiRequest.Get(Dashboards + filters),
            ModelReaders.PolarListMetricDashboard,
            cancellationToken
        );
    }

    /// <summary>One dashboard. Operation <c>metrics:get_dashboard</c>.</summary>
    /// <param name="id">The dashboard's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The dashboard.</returns>
    /// <exception cref="PolarNotFoundException">There is no such dashboard.</exception>
    public virtual Task<MetricDashboard> GetDashboardAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Get(ApiPath.Of(Dashboards + "/", id)),
            ModelReaders.MetricDashboard,
            cancellationToken
        );

    /// <summary>Makes a dashboard. Operation <c>metrics:create_dashboard</c>; never sent twice.</summary>
    /// <param name="body">What it is made of.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new dashboard.</returns>
    public virtual Task<MetricDashboard> CreateDashboardAsync(
        MetricDashboardCreate body,
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Post(Dashboards, body), ModelReaders.MetricDashboard, cancellationToken);

    /// <summary>Changes a dashboard. Operation <c>metrics:update_dashboard</c>.</summary>
    /// <param name="id">The dashboard's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The dashboard after the change.</returns>
    public virtual Task<MetricDashboard> UpdateDashboardAsync(
        string id,
        MetricDashboardUpdate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Update(ApiPath.Of(Dashboards + "/", id), body),
            ModelReaders.MetricDashboard,
            cancellationToken
        );

    /// <summary>Deletes a dashboard. Operation <c>metrics:delete_dashboard</c>.</summary>
    /// <param name="id">The dashboard's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    public virtual Task DeleteDashboardAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(ApiPath.Of(Dashboards + "/", id), cancellationToken);

    private static string Text(MetricsQuery query)
    {
        var filters = new QueryBuilder();
        query.AddTo(filters);
        return filters.ToString();
    }
}
