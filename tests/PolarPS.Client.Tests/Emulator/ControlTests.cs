using System.Net.Http;
using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>What a test does with an emulator besides sending requests: clock, faults by operation, reset, stop.</summary>
public sealed class ControlTests
{
    [Fact]
    public async Task ResettingMakesEverythingAsItWasAtTheStart()
    {
        var options = new EmulatorOptions
        {
            Seed = 5,
            ProductCount = 3,
            StartTime = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero),
            FreezeClock = true,
            RateLimitPerMinute = 1000,
            Faults =
            {
                new FaultRule
                {
                    Operation = "meters:list",
                    Status = 503,
                    Times = 1,
                },
            },
        };
        using var shop = new Shop(options);
        async Task<string> Look() =>
            string.Join(
                "|",
                (await shop.Get("/v1/meters/")).Status,
                (await shop.Get("/v1/meters/")).Status,
                shop.Emulator.AccessToken,
                shop.Emulator.OrganizationId,
                shop.Emulator.Now,
                shop.Emulator.Latency,
                shop.Emulator.RateLimitPerMinute,
                (await shop.Get("/v1/products/?limit=100")).Message.Content.ReadAsStringAsync().Result,
                (await shop.Get("/v1/orders/?limit=100")).Message.Content.ReadAsStringAsync().Result,
                (await shop.Get("/v1/events/?limit=100")).Message.Content.ReadAsStringAsync().Result
            );

        var before = await Look();
        var own = shop.Emulator.CreateAccessToken();
        await shop.Post("/v1/products/", "{'name':'Foghorn','prices':[{'amount_type':'free'}]}");
        shop.Emulator.AdvanceClock(TimeSpan.FromDays(40));
        shop.Emulator.IsClockFrozen = false;
        shop.Emulator.Latency = TimeSpan.FromMilliseconds(1);
        shop.Emulator.RateLimitPerMinute = null;
        shop.Emulator.Faults.Add(new FaultRule { Path = "/v1/orders", Status = 500 });
        Assert.NotEqual(before, await Look());

        shop.Emulator.Reset();
        Assert.Equal(0, shop.Emulator.RequestCount);
        Assert.True(shop.Emulator.IsClockFrozen);
        Assert.Equal(before, await Look());
        shop.Token = own;
        Assert.Equal(401, (await shop.Get("/v1/products/")).Status);
    }

    [Fact]
    public async Task TheOptionsRulesAreCountedByEachEmulatorForItself()
    {
        var options = new EmulatorOptions
        {
            Faults =
            {
                new FaultRule { Status = 500, Times = 1 },
            },
        };
        using var one = new Shop(options);
        using var two = new Shop(options);
        Assert.Equal(500, (await one.Get("/v1/products/")).Status);
        Assert.Equal(200, (await one.Get("/v1/products/")).Status);
        Assert.Equal(500, (await two.Get("/v1/products/")).Status);
        Assert.Equal(0, options.Faults.Single().Hits);
    }

    [Fact]
    public void TheClockStartsStandsGoesOnAndNeverBack()
    {
        var time = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        var start = new DateTimeOffset(2027, 1, 1, 12, 0, 0, TimeSpan.FromHours(2));
        var emulator = new PolarEmulator(new EmulatorOptions { Clock = () => time, StartTime = start });
        Assert.Equal(start, emulator.Now);
        time += TimeSpan.FromMinutes(5);
        Assert.Equal(start.AddMinutes(5), emulator.Now);
        emulator.IsClockFrozen = true;
        time += TimeSpan.FromHours(1);
        Assert.Equal(start.AddMinutes(5), emulator.Now);
        emulator.AdvanceClock(TimeSpan.FromDays(1));
        Assert.Equal(start.AddDays(1).AddMinutes(5), emulator.Now);
        emulator.IsClockFrozen = false;
        time += TimeSpan.FromMinutes(1);
        Assert.Equal(start.AddDays(1).AddMinutes(6), emulator.Now);
        emulator.AdvanceClockTo(start.AddDays(2));
        Assert.Equal(start.AddDays(2), emulator.Now);

        Assert.Throws<ArgumentOutOfRangeException>(() => emulator.AdvanceClockTo(start));
        Assert.Throws<ArgumentOutOfRangeException>(() => emulator.AdvanceClock(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => emulator.AdvanceClock(TimeSpan.MaxValue));
        Assert.Throws<ArgumentException>(() =>
            new PolarEmulator(new EmulatorOptions { StartTime = PolarEmulator.EarliestStart.AddTicks(-1) })
        );
        _ = new PolarEmulator(new EmulatorOptions { StartTime = PolarEmulator.EarliestStart });
    }

    [Fact]
    public async Task AnEarlyStartHasItsHistoryToo()
    {
        using var early = new Shop(new EmulatorOptions { StartTime = PolarEmulator.EarliestStart });
        using var late = new Shop(new EmulatorOptions());
        async Task<int> Orders(Shop shop) => (await shop.Get("/v1/orders/")).TotalCount;
        Assert.InRange(await Orders(early), 20, 60);
        Assert.InRange(await Orders(late), 20, 60);
        foreach (var order in (await early.Get("/v1/orders/?limit=100")).Items)
        {
            Assert.True((DateTimeOffset)order!["created_at"]! <= early.Emulator.Now);
        }
    }

    [Theory]
    [InlineData("products:get", "/v1/products/@", 500)]
    [InlineData("products:get", "/api/v1/products/@", 500)]
    [InlineData("products:get", "/v1/products/", 200)]
    [InlineData("customers:export", "/v1/customers/export", 500)]
    [InlineData("customers:get", "/v1/customers/export", 200)]
    public async Task ARuleMayNameAnOperation(string operation, string path, int status)
    {
        using var shop = new Shop();
        var id = (await shop.Get("/v1/products/?limit=1")).Texts("id").Single();
        shop.Emulator.Faults.Add(new FaultRule { Operation = operation, Status = 500 });
        Assert.Equal(status, (await shop.Get(path.Replace("@", id, StringComparison.Ordinal))).Status);
    }

    [Fact]
    public void RulesThatCannotBeMeantAreRefusedAllTogether()
    {
        var faults = new PolarEmulator().Faults;
        FaultRule[] wrong =
        [
            new() { },
            new() { Path = "/v1/products" },
            new() { Status = 99 },
            new() { Status = 600 },
            new() { Status = 500, Times = 0 },
            new() { Status = 500, After = -1 },
            new() { Status = 500, Probability = 1.1 },
            new() { Status = 500, Probability = double.NaN },
            new() { DelayMilliseconds = -1 },
            new() { Status = 500, Path = "v1/products" },
            new() { Status = 500, Method = "GET /" },
            new() { Body = "x", TruncateBody = true },
            new() { RetryAfter = "1", TruncateBody = true },
            new() { Perform = true, TruncateBody = true },
            new() { RepeatPage = 0 },
            new() { InsertBetweenPages = 0 },
            new() { Operation = "nonsense", Status = 500 },
            new() { Operation = "refunds:remove", Status = 500 },
        ];
        foreach (var rule in wrong)
        {
            Assert.Throws<ArgumentException>(() => faults.AddRange([new FaultRule { Status = 500 }, rule]));
            Assert.Empty(faults);
        }

        Assert.Contains(
            "refunds:create",
            Assert.Throws<ArgumentException>(() => faults.Add(wrong[^1])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task EveryAnswerTakesAsLongAsToldAndAStopEndsTheWait()
    {
        using var shop = new Shop(new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(80) });
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await shop.Get("/v1/products/");
        Assert.InRange(watch.ElapsedMilliseconds, 75, 30_000);
        shop.Emulator.Latency = TimeSpan.FromMinutes(10);
        var waiting = shop.Get("/v1/products/");
        shop.Emulator.Stop();
        var ended = await Assert.ThrowsAsync<HttpRequestException>(() => waiting);
        Assert.IsType<EmulatorStoppedException>(ended.InnerException);
        Assert.True(shop.Emulator.IsStopped);
        await Assert.ThrowsAsync<HttpRequestException>(() => shop.Get("/v1/products/"));
        await Assert.ThrowsAsync<EmulatorStoppedException>(() =>
            shop.Emulator.HandleAsync(new EmulatorRequest("GET", "/v1/products/"))
        );
    }

    [Fact]
    public async Task TheLimitIsCountedByThePresentAlsoWhileThePastIsToldElsewhere()
    {
        // The history of the shop is lived through with the clock set back; who comes meanwhile must not wait for months.
        for (var round = 0; round < 3; round++)
        {
            using var shop = new Shop(new EmulatorOptions { RateLimitPerMinute = 20 });
            var history = shop.Get("/v1/orders/");
            var others = await Task.WhenAll(
                Enumerable.Range(0, 60).Select(_ => Task.Run(() => shop.Get("/v1/products/?limit=1")))
            );
            await history;
            var refused = others.Where(answer => answer.Status == 429).ToList();
            Assert.NotEmpty(refused);
            Assert.All(refused, answer => Assert.InRange(int.Parse(answer.Header("Retry-After")!, null), 1, 60));
        }
    }

    [Fact]
    public void TheTokenMayBeForLessThanEverything()
    {
        Assert.Throws<ArgumentException>(() => new PolarEmulator(new EmulatorOptions { Scopes = { "fish:read" } }));
        var emulator = new PolarEmulator(new EmulatorOptions { Scopes = { "products:read" } });
        Assert.NotEmpty(emulator.AccessToken);
    }

    [Fact]
    public async Task WebhooksAreToldOfTheCatalogueToo()
    {
        using var shop = new Shop();
        // Nothing is delivered to other computers, but it is noted what would have been.
        var endpoint = await shop.Post(
            "/v1/webhooks/endpoints",
            "{'url':'https://hooks.example.com/x','format':'raw','events':['product.created','product.updated',"
                + "'discount.created','discount.updated','discount.deleted','benefit.created','benefit.updated',"
                + "'organization.updated','order.updated']}"
        );
        Assert.Equal(201, endpoint.Status);
        async Task Told(string type, Task<Answer> change)
        {
            var answer = await change;
            Assert.InRange(answer.Status, 200, 204);
            var deliveries = (await shop.Get("/v1/webhooks/deliveries?limit=100&sorting=-created_at")).Items;
            var newest = deliveries[0]!["webhook_event"]!;
            Assert.Equal(type, (string)newest["type"]!);
            var payload = System.Text.Json.Nodes.JsonNode.Parse((string)newest["payload"]!)!;
            Assert.Equal(type, (string)payload["type"]!);
            if (answer.Status < 204)
            {
                Assert.Equal(answer.Id, (string)payload["data"]!["id"]!);
            }
        }

        var product = shop.Post("/v1/products/", "{'name':'Foghorn','prices':[{'amount_type':'free'}]}");
        await Told("product.created", product);
        await Told("product.updated", shop.Patch("/v1/products/" + (await product).Id, "{'name':'Bell'}"));
        await Told("product.updated", shop.Post($"/v1/products/{(await product).Id}/benefits", "{'benefits':[]}"));
        var discount = shop.Post(
            "/v1/discounts/",
            "{'name':'Ebb','type':'percentage','basis_points':1000,'duration':'once'}"
        );
        await Told("discount.created", discount);
        await Told("discount.updated", shop.Patch("/v1/discounts/" + (await discount).Id, "{'name':'Flood'}"));
        await Told("discount.deleted", shop.Delete("/v1/discounts/" + (await discount).Id));
        var benefit = shop.Post("/v1/benefits/", "{'type':'custom','description':'Tea','properties':{'note':null}}");
        await Told("benefit.created", benefit);
        await Told(
            "benefit.updated",
            shop.Patch("/v1/benefits/" + (await benefit).Id, "{'type':'custom','description':'Rum'}")
        );
        await Told(
            "organization.updated",
            shop.Patch("/v1/organizations/" + shop.Emulator.OrganizationId, "{'name':'Southwind'}")
        );
        var order = await Places.Fill(shop, "{order}");
        await Told("order.updated", shop.Patch("/v1/orders/" + order, "{'billing_name':'Ada'}"));
    }

    [Fact]
    public async Task ACardMayPayNowAndBeRefusedLater()
    {
        using var shop = new Shop();
        var checkout = await Places.CheckoutOf(shop, "Harbor");
        var confirmed = await shop.Post(
            $"/v1/checkouts/client/{(string)checkout.Body!["client_secret"]!}/confirm",
            "{'customer_email':'ada@example.com','customer_name':'Ada','customer_billing_address':{'country':'US','state':'US-DE','line1':'1 Quay','city':'Dover','postal_code':'19901'},"
                + "'confirmation_token_id':'decline'}"
        );
        Assert.Equal(200, confirmed.Status);
        async Task<string> Status()
        {
            var customer = (await shop.Get("/v1/customers/?email=ada@example.com")).Texts("id").Single();
            return (await shop.Get("/v1/subscriptions/?customer_id=" + customer)).Texts("status").Single();
        }

        Assert.Equal("active", await Status());
        shop.Emulator.AdvanceClock(TimeSpan.FromDays(31));
        Assert.Equal("past_due", await Status());
    }
}
