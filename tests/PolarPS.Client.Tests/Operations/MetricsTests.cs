using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

/// <summary>What comes of the answers about metrics.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task MetricsAreThereAsPropertiesAndBySlug()
    {
        var call = new Stub(
            """
            {
              "periods": [
                {"timestamp":"2026-11-01T00:00:00Z","revenue":1999,"churn_rate":0.05,"orders":null,"brand_new":7,"also_new":1e300,"note":"x"}
              ],
              "totals": {"revenue":1999.5},
              "metrics": {"revenue":{"slug":"revenue","display_name":"Revenue","type":"currency"},"orders":null}
            }
            """
        );

        var metrics = await call.Client.Metrics.GetAsync(new MetricsQuery());

        var period = Assert.Single(metrics.Periods!);
        Assert.Equal(1999m, period.Revenue);
        Assert.Equal(0.05m, period["churn_rate"]);
        Assert.Null(period.Orders);
        Assert.Null(period["orders"]);
        Assert.Null(period["no_such_metric"]);
        Assert.Equal(["brand_new", "churn_rate", "revenue"], period.Values().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(1999.5m, metrics.Totals?.Revenue);
        Assert.Equal("Revenue", metrics.Metrics?["revenue"].ToString());
    }

    [Fact]
    public void EveryMetricHasItsSlug()
    {
        var metrics = typeof(MetricValues).GetProperties().Where(item => item.PropertyType == typeof(decimal?));
        foreach (var metric in metrics.Where(item => item.GetIndexParameters().Length == 0))
        {
            var totals = new MetricsTotals();
            metric.SetValue(totals, 5m);

            var value = Assert.Single(totals.Values());
            Assert.Equal(JsonSettings.FieldName(metric.Name), value.Key);
            Assert.Equal(5m, value.Value);
        }
    }
}
