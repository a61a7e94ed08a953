// Long because it has a case for each event of which Polar tells.
using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>
/// Points 19 to 27 of what is known of Polar's server: what is told of a change, to whom, and how often; what is written out; how
/// much may be asked; and what is in the ledger.
/// </summary>
public sealed class ToldTests
{
    [Fact]
    public async Task Point19EveryChangeOfWhatACustomerHasIsTold()
    {
        using var till = new Till();
        var meter = await till.Meter("ping");
        var benefit = await till.Post("/v1/benefits/", "{'type':'custom','description':'A berth','properties':{}}");
        var product = await till.Product(
            $"{Till.Ten},{{'amount_type':'metered_unit','meter_id':'{meter}','unit_amount':'4'}}"
        );
        await till.Post($"/v1/products/{product}/benefits", $"{{'benefits':['{benefit.Id}']}}");
        await till.Listen("customer.state_changed");
        async Task<JsonNode> Last(int count)
        {
            var told = await till.Told();
            Assert.Equal(count, told.Length);
            return told[^1].Data;
        }

        var customer = await till.Post("/v1/customers/", "{'email':'ada@example.com'}");
        Assert.Empty((await Last(1))["active_subscriptions"]!.AsArray());
        await till.Patch($"/v1/customers/{customer.Id}", "{'name':'Ada'}");
        Assert.Equal("Ada", (string)(await Last(2))["name"]!);
        var bought = await till.Buy(product, email: "ada@example.com");
        var after = (await till.Told()).Length;
        var state = await Last(after);
        Assert.Single(state["active_subscriptions"]!.AsArray());
        Assert.Single(state["granted_benefits"]!.AsArray());
        await till.Use(bought.Customer, "ping", 3);
        // The meter is counted when somebody looks next.
        await till.Get("/v1/customer-meters/");
        Assert.Equal(3, (int)(await Last(after + 1))["active_meters"]!.AsArray().Single()!["consumed_units"]!);
        await till.Change(bought, "{'cancel_at_period_end':true}");
        Assert.True((bool)(await Last(after + 2))["active_subscriptions"]![0]!["cancel_at_period_end"]!);
        await till.Post($"/v1/products/{product}/benefits", "{'benefits':[]}");
        Assert.Empty((await Last(after + 3))["granted_benefits"]!.AsArray());
    }

    [Theory]
    [InlineData("{'metadata':{'a':1}}", "updated")]
    [InlineData("{'cancel_at_period_end':true}", "updated canceled")]
    [InlineData("{'revoke':true}", "updated canceled revoked")]
    [InlineData("{'pause_at_period_end':true}", "updated")]
    [InlineData(null, "updated canceled revoked")]
    public async Task Point20ChangesOfSubscriptionsAreTold(string? body, string expected)
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product());
        await till.Listen(Subscriptions);

        if (body is null)
        {
            await till.Shop.Delete($"/v1/subscriptions/{bought.Subscription}");
        }
        else
        {
            await till.Change(bought, body);
        }

        Assert.Equal(expected, await Names(till));
    }

    [Fact]
    public async Task Point20TheLifeOfASubscriptionIsTold()
    {
        using var till = new Till();
        await till.Listen(Subscriptions);
        var bought = await till.Buy(await till.Product());
        const string begun = "created active updated";
        Assert.Equal(begun, await Names(till));
        till.MoveTo("2026-02-01");
        const string renewed = begun + " cycled updated";
        Assert.Equal(renewed, await Names(till));
        await till.Change(bought, "{'pause_at_period_end':true}");
        till.MoveTo("2026-03-01");
        const string paused = renewed + " updated updated paused";
        Assert.Equal(paused, await Names(till));
        // Resuming is not told as a renewal.
        await till.Change(bought, "{'resume':true}");
        Assert.Equal(paused + " updated resumed", await Names(till));
    }

    [Fact]
    public async Task Point20TheEndOfASubscriptionIsTold()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product());
        await till.Listen(Subscriptions);
        await till.Change(bought, "{'cancel_at_period_end':true}");
        await till.Change(bought, "{'cancel_at_period_end':false}");
        const string kept = "updated canceled updated uncanceled";
        Assert.Equal(kept, await Names(till));
        await till.Change(bought, "{'cancel_at_period_end':true}");
        till.MoveTo("2026-02-01");
        Assert.Equal(kept + " updated canceled updated canceled revoked", await Names(till));
    }

    [Fact]
    public async Task Point20WhoDoesNotPayIsTold()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product(), token: "ctoken_decline");
        await till.Listen(Subscriptions);
        till.MoveTo("2026-02-01");
        Assert.Equal("past_due", (string)(await till.Subscription(bought))["status"]!);
        Assert.Equal("cycled updated updated past_due", await Names(till));
    }

    [Fact]
    public async Task Point21OrdersAreToldInOrder()
    {
        using var till = new Till();
        await till.Listen("order.created", "order.updated", "order.paid", "order.refunded");
        var bought = await till.Buy(await till.Product());
        var told = await till.Told();
        // What a checkout sells is paid for when it is told of.
        Assert.Equal(("order.created", "paid"), (told[0].Type, (string)told[0].Data["status"]!));
        Assert.Equal(["order.created", "order.updated", "order.paid"], told.Take(3).Select(entry => entry.Type));
        till.MoveTo("2026-02-01");
        told = (await till.Told())[told.Length..];
        Assert.Equal(("order.created", "pending"), (told[0].Type, (string)told[0].Data["status"]!));
        Assert.Equal(["order.created", "order.updated", "order.paid"], told.Take(3).Select(entry => entry.Type));
        Assert.NotEmpty(bought.Subscription);
    }

    [Fact]
    public async Task Point21GrantingAgainIsToldAsCreation()
    {
        using var till = new Till();
        var benefit = await till.Post("/v1/benefits/", "{'type':'custom','description':'A berth','properties':{}}");
        var product = await till.Product();
        await till.Post($"/v1/products/{product}/benefits", $"{{'benefits':['{benefit.Id}']}}");
        await till.Buy(product);
        await till.Listen("benefit_grant.created", "benefit_grant.revoked", "benefit_grant.updated");
        await till.Post($"/v1/products/{product}/benefits", "{'benefits':[]}");
        await till.Post($"/v1/products/{product}/benefits", $"{{'benefits':['{benefit.Id}']}}");
        var told = await till.Told();
        Assert.Equal(["benefit_grant.revoked", "benefit_grant.created"], told.Select(entry => entry.Type));
        Assert.Equal((string)told[0].Data["id"]!, (string)told[1].Data["id"]!);
    }

    [Fact]
    public async Task Point22WhatIsOffIsToldNothing()
    {
        using var till = new Till();
        var endpoint = await till.Listen("customer.created");
        await till.Post("/v1/customers/", "{'email':'ada@example.com'}");
        async Task<JsonNode[]> Deliveries() =>
            (await till.Get("/v1/webhooks/deliveries")).Items.Select(item => item!).ToArray();
        var told = (await Deliveries()).Single()["webhook_event"]!;
        // Another try is due: it is not known yet whether it will succeed.
        Assert.Null(told["succeeded"]);

        await till.Patch($"/v1/webhooks/endpoints/{endpoint}", "{'enabled':false}");
        till.MoveTo("2026-01-02");
        var again = await till.Shop.Send(HttpMethod.Post, $"/v1/webhooks/events/{told["id"]}/redeliver");
        Assert.Equal(202, again.Status);
        Assert.True((bool)(await Deliveries()).Single()["webhook_event"]!["skipped"]!);

        await till.Patch($"/v1/webhooks/endpoints/{endpoint}", "{'enabled':true}");
        await till.Shop.Send(HttpMethod.Post, $"/v1/webhooks/events/{told["id"]}/redeliver");
        till.MoveTo("2026-01-03");
        var deliveries = await Deliveries();
        // Ten tries, and then it has failed.
        Assert.Equal(10, deliveries.Length);
        Assert.False((bool)deliveries[0]["webhook_event"]!["succeeded"]!);
        Assert.Single(await Search(till, "query=" + deliveries[0]["id"]));

        // After three months nobody can read it any more.
        till.MoveTo("2026-04-02");
        var old = (await Deliveries())[0]["webhook_event"]!;
        Assert.Null(old["payload"]);
        Assert.True((bool)old["is_archived"]!);
    }

    [Fact]
    public async Task Point22AnEndpointThatFailsAndFailsIsSwitchedOff()
    {
        using var till = new Till();
        var endpoint = await till.Listen("customer.created");
        for (var i = 0; i < 10; i++)
        {
            Assert.True((bool)(await till.Get($"/v1/webhooks/endpoints/{endpoint}")).Body!["enabled"]!);
            await till.Post("/v1/customers/", $"{{'email':'ada{i}@example.com'}}");
            till.Shop.Emulator.AdvanceClock(TimeSpan.FromDays(1));
        }

        Assert.False((bool)(await till.Get($"/v1/webhooks/endpoints/{endpoint}")).Body!["enabled"]!);
    }

    [Theory]
    [InlineData("https://10.1.2.3/", 422)]
    [InlineData("https://192.168.0.10/hook", 422)]
    [InlineData("https://172.20.0.1/", 422)]
    [InlineData("https://169.254.169.254/latest", 422)]
    [InlineData("https://[fd00::1]/", 422)]
    [InlineData("https://100.64.0.1/", 422)]
    [InlineData("http://hooks.example.com/", 422)]
    [InlineData("https://172.32.0.1/", 201)]
    [InlineData("https://8.8.8.8/", 201)]
    [InlineData("https://intranet/hook", 201)]
    [InlineData("http://127.0.0.1:5000/", 201)]
    public async Task Point22PrivateAddressesAreRefused(string url, int status)
    {
        using var till = new Till();
        var answer = await till.Shop.Post(
            "/v1/webhooks/endpoints",
            $"{{'url':'{url}','format':'raw','events':['customer.created']}}"
        );
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Point23SomeWritesMayBeRepeated()
    {
        using var till = new Till();
        var product = await till.OneTime();
        var seats = "{'amount_type':'seat_based','seat_tiers':{'tiers':[{'min_seats':1,'price_per_seat':1000}]}}";
        var bought = await till.Buy(await till.Product(seats), more: ",'seats':2");
        var discount = await till.Discount("'metadata':{}");
        var order = (string)(await till.Orders(bought))[0]["id"]!;
        var seat = await till.Post(
            "/v1/customer-seats",
            $"{{'subscription_id':'{bought.Subscription}','email':'bob@example.com'}}"
        );
        foreach (
            var (method, path, body) in new (string, string, string?)[]
            {
                (
                    "POST",
                    "/v1/events/ingest",
                    $"{{'events':[{{'name':'ping','customer_id':'{bought.Customer}','external_id':'e1'}}]}}"
                ),
                ("POST", $"/v1/orders/{order}/invoice", null),
                ("POST", $"/v1/products/{product}/benefits", "{'benefits':[]}"),
                ("DELETE", $"/v1/customer-seats/{seat.Id}", null),
                ("PATCH", $"/v1/subscriptions/{bought.Subscription}", "{'metadata':{'a':1}}"),
                ("PATCH", $"/v1/subscriptions/{bought.Subscription}", "{'seats':2}"),
            }
        )
        {
            await till.Patch($"/v1/orders/{order}", $"{{'billing_name':'Ada','billing_address':{Till.Nowhere}}}");
            for (var i = 0; i < 2; i++)
            {
                Assert.InRange((await till.Shop.Send(new HttpMethod(method), path, body)).Status, 200, 299);
            }
        }

        Assert.Equal(1, (await till.Get("/v1/events/?name=ping")).TotalCount);
        // And some may not.
        var once = $"{{'discount_id':'{discount}'}}";
        await till.Change(bought, once);
        Assert.Equal(422, (await till.Try(bought, once)).Status);
        var refund = $"{{'order_id':'{order}','reason':'other','amount':300}}";
        await till.Post("/v1/refunds/", refund);
        await till.Post("/v1/refunds/", refund);
        Assert.Equal(600, (int)(await till.Get($"/v1/orders/{order}")).Body!["refunded_amount"]!);
    }

    [Fact]
    public async Task Point24ADownloadHasItsChecksum()
    {
        using var shop = new Shop();
        var customer = await shop.Id("customers", "Jonas Brandt");
        var session = await shop.Post("/v1/customer-sessions/", $"{{'customer_id':'{customer}'}}");
        shop.Token = (string)session.Body!["token"]!;
        var files = (await shop.Get("/v1/customer-portal/downloadables/"))
            .Items.Select(item => item!["file"]!)
            .ToArray();
        Assert.NotEmpty(files);
        using var client = new HttpClient(shop.Emulator.CreateHandler());
        foreach (var file in files)
        {
            var content = await client.GetByteArrayAsync(new Uri((string)file["download"]!["url"]!));
            Assert.Equal((int)file["size"]!, content.Length);
            Assert.Equal(
                (string)file["checksum_sha256_base64"]!,
                Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(content))
            );
        }
    }

    [Fact]
    public async Task Point25ExportsAreWrittenOut()
    {
        using var till = new Till("2026-01-01T10:00:00.5Z");
        var discount = await till.Discount("'code':'HALF'");
        var bought = await till.Buy(
            await till.Product(more: "'recurring_interval':'month','recurring_interval_count':2"),
            "{'country':'DE','line1':'Kai 1, links','city':'Kiel','postal_code':'24103'}",
            $",'discount_id':'{discount}','customer_metadata':{{'boat':'\\u00c5se','crew':4}},'customer_tax_id':'DE123456789'",
            email: "ada@example.com"
        );
        var order = (await till.Orders(bought))[0];
        // Amounts are divided by a hundred, whatever the currency; times are in the zone that is asked for.
        var lines = await Csv(
            till,
            "/v1/orders/export?timezone=Asia/Tokyo&created_after=2025-12-31T20:00:00Z",
            "polar-orders-2026-01-01.csv"
        );
        Assert.Equal("Email,Created At,Product,Net Amount,Currency,Status,Invoice number", lines[0]);
        Assert.Matches(
            "^ada@example.com,2026-01-01T19:00:00\\.5[0-9]{5}\\+09:00,Product 2,5\\.0,usd,paid,"
                + (string)order["invoice_number"]!
                + "$",
            lines[1]
        );
        lines = await Csv(
            till,
            "/v1/orders/export?columns=total_amount&columns=tax_amount&columns=discount_amount&columns=billing_country",
            "polar-orders.csv"
        );
        Assert.Equal(["Total,Tax,Discount,Billing Country", "5.0,0.0,5.0,DE"], lines);
        lines = await Csv(
            till,
            "/v1/subscriptions/export?columns=recurring_interval&columns=amount&columns=discount&columns=cancel_at_period_end&columns=ended_at",
            "polar-subscriptions.csv"
        );
        Assert.Equal(
            ["Billing Interval,Amount,Discount,Cancels At Period End,Ended At", "2 months,5.0,HALF,false,"],
            lines
        );
        lines = await Csv(till, "/v1/customers/export", "polar-customers.csv");
        Assert.Equal(
            "ID,External ID,Created At,Email,Name,Tax ID,Billing Address Line 1,Billing Address Line 2,Billing Address City,"
                + "Billing Address State,Billing Address Zip,Billing Address Country,Metadata",
            lines[0]
        );
        Assert.Matches(
            "^[0-9a-f-]{36},,2026-01-01T10:00:00\\.5[0-9]{5}\\+00:00,ada@example.com,Ada,"
                + "\"\\('DE123456789', <TaxIDFormat.eu_vat: 'eu_vat'>\\)\",\"Kai 1, links\",,Kiel,,24103,DE,"
                + "\"\\{\"\"boat\"\": \"\"\\\\u00c5se\"\", \"\"crew\"\": 4\\}\"$",
            lines[1]
        );
    }

    [Theory]
    [InlineData("Europe/Oslo", 200)]
    [InlineData("America/Argentina/Buenos_Aires", 200)]
    [InlineData("UTC", 200)]
    [InlineData("GB", 200)]
    [InlineData("europe/oslo", 422)]
    [InlineData("W. Europe Standard Time", 422)]
    [InlineData("Utc", 422)]
    [InlineData("Mars/Olympus", 422)]
    public async Task TimeZonesHaveTheirNamesExactly(string zone, int status)
    {
        using var till = new Till();
        foreach (
            var path in new[]
            {
                "/v1/orders/export?timezone=",
                "/v1/metrics/?start_date=2026-01-01&end_date=2026-01-02&interval=day&timezone=",
            }
        )
        {
            Assert.Equal(status, (await till.Shop.Get(path + Uri.EscapeDataString(zone))).Status);
        }
    }

    [Fact]
    public void EveryTimeZoneIsFound() => Assert.All(TimeZones.All, name => Assert.NotNull(TimeZones.Find(name)));

    [Fact]
    public async Task Point26SomePathsHaveLimitsOfTheirOwn()
    {
        using var shop = new Shop(new EmulatorOptions { RateZones = true, FreezeClock = true });
        async Task<string> Statuses(int count, Func<Task<Answer>> ask)
        {
            var statuses = new int[count];
            for (var i = 0; i < count; i++)
            {
                statuses[i] = (await ask()).Status;
            }

            return string.Join(' ', statuses);
        }

        Task<Answer> Validate() =>
            shop.Post(
                "/v1/customer-portal/license-keys/validate",
                $"{{'key':'x','organization_id':'{shop.Emulator.OrganizationId}'}}"
            );
        Task<Answer> Confirm() => shop.Post("/v1/checkouts/client/polar_c_x/confirm", "{}");
        shop.Token = null;
        // Three a second, then a minute of nothing.
        Assert.Equal("404 404 404 429", await Statuses(4, Validate));
        Assert.Equal("60", (await Validate()).Header("Retry-After"));
        shop.Emulator.AdvanceClock(TimeSpan.FromSeconds(59));
        Assert.Equal("429", await Statuses(1, Validate));
        shop.Emulator.AdvanceClock(TimeSpan.FromSeconds(1));
        Assert.Equal("404", await Statuses(1, Validate));
        // Six a minute, then half an hour of nothing.
        Assert.Equal("404 404 404 404 404 404 429", await Statuses(7, Confirm));
        Assert.Equal("1800", (await Confirm()).Header("Retry-After"));
        // What is not in the zone goes on.
        shop.Token = shop.Emulator.AccessToken;
        Assert.Equal("200 200", await Statuses(2, () => shop.Get("/v1/products/?limit=1")));
    }

    [Fact]
    public async Task Point26NothingIsLimitedUnlessItIsAskedFor()
    {
        using var shop = new Shop();
        shop.Token = null;
        for (var i = 0; i < 25; i++)
        {
            Assert.Equal(404, (await shop.Post("/v1/checkouts/client/polar_c_x/confirm", "{}")).Status);
        }
    }

    [Fact]
    public async Task Point27PaymentsAndRefundsAreInTheLedger()
    {
        using var till = new Till();
        var product = await till.OneTime(
            $"{Till.Ten},{{'amount_type':'fixed','price_amount':1000,'price_currency':'eur'}}"
        );
        var bought = await till.Buy(product, Till.Germany, ",'currency':'eur'");
        var order = (string)(await till.Orders(bought))[0]["id"]!;

        // 10.00 € with 1.60 of tax are 10.80 $ with 1.728; 5 % of 10.80 $ and 50 cents are 1.04 $.
        var paid = (await Ledger(till, "balance.order")).Single();
        Assert.Equal(
            "907 usd, 840 eur at 1.08, net 840, tax 160 DE, fee 104",
            $"{paid["amount"]} {paid["currency"]}, {paid["presentment_amount"]} {paid["presentment_currency"]} at "
                + $"{paid["exchange_rate"]}, net {paid["net_amount"]}, tax {paid["tax_amount"]} {paid["tax_country"]}, fee {paid["fee"]}"
        );
        Assert.Equal((order, product), ((string)paid["order_id"]!, (string)paid["product_id"]!));
        Assert.Equal(104, (int)(await till.Get($"/v1/orders/{order}")).Body!["platform_fee_amount"]!);

        // Half of it: 4.20 € and 0.80 of tax are 5.40 $ with 0.864; 5.40 - 0.86 = 4.54.
        var refund = await till.Post("/v1/refunds/", $"{{'order_id':'{order}','reason':'other','amount':420}}");
        var back = (await Ledger(till, "balance.refund")).Single();
        Assert.Equal(
            "-454 usd, -420 eur at 1.08, of 1000, tax -86 DE, fee 0",
            $"{back["amount"]} {back["currency"]}, {back["presentment_amount"]} {back["presentment_currency"]} at "
                + $"{back["exchange_rate"]}, of {back["refundable_amount"]}, tax {back["tax_amount"]} {back["tax_country"]}, fee {back["fee"]}"
        );
        Assert.Equal(refund.Id, (string)back["refund_id"]!);
    }

    [Theory]
    [InlineData("lost", "balance.dispute -1000 -40 1500")]
    [InlineData("won", "balance.dispute -1000 -40 1500|balance.dispute_reversal 1000 40 0")]
    public async Task Point27DisputesAreInTheLedger(string status, string expected)
    {
        using var till = new Till();
        var bought = await till.Buy(await till.OneTime(), Till.NewYork);
        var core = till.Shop.Emulator.Core;
        var order = core.Orders.Documents.Find((string)(await till.Orders(bought))[0]["id"]!)!;
        lock (core.Store.Gate)
        {
            core.Disputes.Open(order, status, "fraudulent");
        }

        // 10.00 $ and 0.40 of tax, which the bank takes back with 15.00 $ for its trouble.
        var told = new[] { "balance.dispute", "balance.dispute_reversal" };
        var lines = new System.Collections.Generic.List<string>();
        foreach (var name in told)
        {
            lines.AddRange(
                (await Ledger(till, name)).Select(entry =>
                    $"{name} {entry["amount"]} {entry["tax_amount"]} {entry["fee"]}"
                )
            );
        }

        Assert.Equal(expected, string.Join('|', lines));
    }

    [Fact]
    public async Task Point27WhatTheBalancePaysIsInTheLedger()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product("{'amount_type':'fixed','price_amount':3000}"));
        var small = await till.Product();
        till.MoveTo("2026-01-11");
        await till.Change(bought, $"{{'product_id':'{small}','proration_behavior':'invoice'}}");
        till.MoveTo("2026-02-01");

        // -2032 + 677 are credited, and pay the 1000 of February.
        var credits = await Ledger(till, "balance.credit_order");
        Assert.Equal(
            ["1000 usd 0", "-1355 usd 0"],
            credits.Select(entry => $"{entry["amount"]} {entry["currency"]} {entry["fee"]}")
        );
    }

    [Fact]
    public async Task TheSeededShopHasSomethingOfEverything()
    {
        using var shop = new Shop();
        var orders = (await shop.Get("/v1/orders/?limit=100")).Items.Select(order => order!).ToArray();
        Assert.Contains(orders, order => order["subscription_id"] is null && (int?)order["seats"] > 1);
        // The newest order has money that can be given back.
        Assert.True((int)orders[0]["refundable_amount"]! > 0);
        var refund = await shop.Post("/v1/refunds/", $"{{'order_id':'{orders[0]["id"]}','reason':'other','amount':1}}");
        Assert.Equal(201, refund.Status);
        var subscriptions = (await shop.Get("/v1/subscriptions/?limit=100")).Items.Select(item => item!).ToArray();
        Assert.Contains(
            subscriptions,
            item => item["prices"]!.AsArray().Any(price => (string)price!["amount_type"]! == "unit_based")
        );
        Assert.Contains(subscriptions, item => item["pending_update"] is not null);
        Assert.Contains(subscriptions, item => (bool)item["pause_at_period_end"]!);
        foreach (var name in new[] { "balance.order", "balance.refund", "balance.dispute" })
        {
            Assert.NotEqual(0, (await shop.Get($"/v1/events/?name={name}")).TotalCount);
        }
    }

    private static readonly string[] Subscriptions =
    [
        "subscription.created",
        "subscription.updated",
        "subscription.active",
        "subscription.canceled",
        "subscription.uncanceled",
        "subscription.revoked",
        "subscription.cycled",
        "subscription.past_due",
        "subscription.paused",
        "subscription.resumed",
    ];

    private static async Task<string> Names(Till till) =>
        string.Join(' ', (await till.Told()).Select(entry => entry.Type["subscription.".Length..]));

    private static async Task<JsonNode[]> Search(Till till, string query) =>
        (await till.Get("/v1/webhooks/deliveries?" + query)).Items.Select(item => item!).ToArray();

    private static async Task<JsonNode[]> Ledger(Till till, string name) =>
        (await till.Get($"/v1/events/?name={name}")).Items.Select(entry => entry!["metadata"]!).ToArray();

    private static async Task<string[]> Csv(Till till, string path, string file)
    {
        var answer = await till.Shop.Get(path);
        Assert.Equal(HttpStatusCode.OK, answer.Message.StatusCode);
        Assert.Equal(file, answer.Message.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        var text = await answer.Message.Content.ReadAsStringAsync();
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        return text[..^2].Split("\r\n");
    }
}
