using PolarPS.Client.Models;

namespace PolarPS.Client.Tests.Operations;

public sealed partial class SendingTests
{
    private const string MetricsQueryText =
        "?start_date=2026-11-01&end_date=2026-11-30&timezone=Europe%2FParis&interval=day&organization_id=o&product_id=p&billing_type=recurring"
        + "&customer_id=c&metrics=revenue&metrics=orders";

    private static MetricsQuery AllMetrics() =>
        new()
        {
            StartDate = new DateTime(2026, 11, 1, 23, 59, 0, DateTimeKind.Local),
            EndDate = new DateTime(2026, 11, 30),
            Timezone = "Europe/Paris",
            Interval = "day",
            OrganizationId = ["o"],
            ProductId = ["p"],
            BillingType = ["recurring"],
            CustomerId = ["c"],
            Metrics = ["revenue", "orders"],
        };

    private static Row[] MetricsRows() =>
        [
            new("metrics:get", c => c.Metrics.GetAsync(AllMetrics()), "GET /v1/metrics/" + MetricsQueryText),
            new(
                "metrics:export",
                c => c.Metrics.ExportAsync(AllMetrics()),
                "GET /v1/metrics/export" + MetricsQueryText
            ),
            new("metrics:limits", c => c.Metrics.GetLimitsAsync(), "GET /v1/metrics/limits"),
            new(
                "metrics:list_dashboards",
                c => c.Metrics.ListDashboardsAsync(["o1", "o2"]),
                "GET /v1/metrics/dashboards?organization_id=o1&organization_id=o2",
                Answer: "[]"
            ),
            new("metrics:get_dashboard", c => c.Metrics.GetDashboardAsync(Id), $"GET /v1/metrics/dashboards/{Id}"),
            new(
                "metrics:create_dashboard",
                c =>
                    c.Metrics.CreateDashboardAsync(
                        new MetricDashboardCreate
                        {
                            Name = "Growth",
                            Metrics = ["revenue", "orders"],
                            OrganizationId = "o",
                        }
                    ),
                "POST /v1/metrics/dashboards",
                """{"name":"Growth","metrics":["revenue","orders"],"organization_id":"o"}""",
                Once: true
            ),
            new(
                "metrics:update_dashboard",
                c => c.Metrics.UpdateDashboardAsync(Id, new MetricDashboardUpdate { Metrics = [] }),
                $"PATCH /v1/metrics/dashboards/{Id}",
                """{"metrics":[]}"""
            ),
            new(
                "metrics:delete_dashboard",
                c => c.Metrics.DeleteDashboardAsync(Id),
                $"DELETE /v1/metrics/dashboards/{Id}"
            ),
        ];
}
