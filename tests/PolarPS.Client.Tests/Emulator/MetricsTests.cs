using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>Metrics and dashboards.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task MetricsFollowFromWhatHappened()
    {
        using var shop = new Shop();
        var to = DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var from = DateTime
            .UtcNow.AddDays(-200)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var query = $"?start_date={from}&end_date={to}&interval=month";
        shop.Token = shop.Emulator.CreateAccessToken("metrics:read");
        var all = await shop.Get("/v1/metrics/" + query);
        Assert.Equal(200, all.Status);
        shop.Token = shop.Emulator.AccessToken;
        var paid = (await shop.Get("/v1/orders/?limit=100")).Items.Count(order => (bool)order!["paid"]!);
        Assert.Equal(paid, (int)all.Body!["totals"]!["orders"]!);
        Assert.Equal(paid, all.Body["periods"]!.AsArray().Sum(period => (int)period!["orders"]!));
        var active =
            (await shop.Get("/v1/subscriptions/?active=true")).TotalCount
            + (await shop.Get("/v1/subscriptions/?status=past_due")).TotalCount;
        Assert.Equal(active, (int)all.Body["totals"]!["active_subscriptions"]!);
        var one = await shop.Get("/v1/metrics/" + query + "&metrics=orders&metrics=revenue");
        Assert.Equal(2, one.Body!["totals"]!.AsObject().Count);
        var table = await shop.Get("/v1/metrics/export" + query + "&metrics=orders");
        Assert.StartsWith(
            "timestamp,orders\r\n",
            await table.Message.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(200, (await shop.Get("/v1/metrics/limits")).Status);
        foreach (
            var bad in new[]
            {
                "?start_date=2022-01-01&end_date=2022-02-01&interval=day",
                "?start_date=2026-02-01&end_date=2026-01-01&interval=day",
                "?start_date=2026-01-01&end_date=2026-02-01&interval=hour",
                "?start_date=2026-01-01&end_date=2026-02-01&interval=day&metrics=luck",
                "?start_date=yesterday&end_date=2026-02-01&interval=day",
                "?interval=day",
            }
        )
        {
            Assert.Equal(422, (await shop.Get("/v1/metrics/" + bad)).Status);
        }

        shop.Token = shop.Emulator.CreateAccessToken("openid");
        Assert.Equal(403, (await shop.Get("/v1/metrics/" + query)).Status);
        shop.Token = null;
        Assert.Equal(401, (await shop.Get("/v1/metrics/" + query)).Status);
    }

    [Fact]
    public async Task DashboardsAreKept()
    {
        using var shop = new Shop();
        var made = await shop.Post("/v1/metrics/dashboards", "{'name':'Bridge','metrics':['orders']}");
        Assert.Equal(201, made.Status);
        var changed = await shop.Patch($"/v1/metrics/dashboards/{made.Id}", "{'metrics':['revenue','orders']}");
        Assert.Equal(2, changed.Body!["metrics"]!.AsArray().Count);
        Assert.Equal(422, (await shop.Patch($"/v1/metrics/dashboards/{made.Id}", "{'metrics':['luck']}")).Status);
        Assert.Equal(422, (await shop.Post("/v1/metrics/dashboards", "{'metrics':[]}")).Status);
        Assert.Single((await shop.Get("/v1/metrics/dashboards")).Body!.AsArray());
        Assert.Equal(200, (await shop.Get($"/v1/metrics/dashboards/{made.Id}")).Status);
        Assert.Equal(404, (await shop.Get($"/v1/metrics/dashboards/{Places.Nobody}")).Status);
        Assert.Equal(204, (await shop.Delete($"/v1/metrics/dashboards/{made.Id}")).Status);
        shop.Token = shop.Emulator.CreateAccessToken("metrics:read");
        Assert.Equal(403, (await shop.Post("/v1/metrics/dashboards", "{'name':'x'}")).Status);
    }
}
