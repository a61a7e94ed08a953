// Long because the states of everything that has states are walked through here.
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>What follows from what: purchases, renewals, refunds, seats, keys, usage, uploads, webhooks.</summary>
public sealed class LifecycleTests
{
    private const string Buyer =
        "'customer_email':'ada@example.com','customer_name':'Ada','customer_billing_address':{'country':'US','state':'US-DE','line1':'1 Quay','city':'Dover','postal_code':'19901'}";

    private static readonly int[] Answers = [500, 200];

    private static readonly string[] Exports =
    [
        "customers/export",
        "orders/export?columns=email&columns=total_amount",
        "subscriptions/export",
    ];

    [Fact]
    public async Task ACheckoutThatSucceedsMakesEverything()
    {
        using var shop = new Shop();
        var checkout = await Places.CheckoutOf(shop, "Harbor", ",'metadata':{'from':'test'}");
        Assert.Equal("open", Text(checkout, "status"));
        Assert.Equal(900, (int)checkout.Body!["total_amount"]!);
        Assert.Matches("^polar_c_", Text(checkout, "client_secret"));

        shop.Token = null;
        var secret = Text(checkout, "client_secret");
        var lacking = await shop.Post($"/v1/checkouts/client/{secret}/confirm", "{}");
        Assert.Equal(
            [
                "body.customer_email",
                "body.customer_billing_address",
                "body.customer_billing_address.country",
                "body.confirmation_token_id",
            ],
            lacking.Places
        );
        var confirmed = await shop.Post(
            $"/v1/checkouts/client/{secret}/confirm",
            $"{{{Buyer},'confirmation_token_id':'ctoken_succeed'}}"
        );
        Assert.Equal((200, "confirmed"), (confirmed.Status, Text(confirmed, "status")));
        Assert.Matches("^polar_cst_", Text(confirmed, "customer_session_token"));

        shop.Token = shop.Emulator.AccessToken;
        var done = await shop.Get($"/v1/checkouts/{checkout.Id}");
        Assert.Equal("succeeded", Text(done, "status"));
        var customer = Text(done, "customer_id");
        var order = (await shop.Get($"/v1/orders/?checkout_id={checkout.Id}")).Items.Single()!;
        Assert.Equal("paid", (string)order["status"]!);
        Assert.Equal("subscription_create", (string)order["billing_reason"]!);
        Assert.Equal("Ada", (string)order["customer"]!["name"]!);
        Assert.Equal("test", (string)order["metadata"]!["from"]!);
        Assert.Single((await shop.Get($"/v1/payments/?order_id={(string)order["id"]!}")).Items);
        var state = await shop.Get($"/v1/customers/{customer}/state");
        Assert.Single(state.Body!["active_subscriptions"]!.AsArray());
        // The chat waits for an account to be linked; the hotline is granted.
        Assert.Equal(
            ["custom"],
            state.Body["granted_benefits"]!.AsArray().Select(grant => (string)grant!["benefit_type"]!)
        );

        shop.Token = null;
        var again = await shop.Post($"/v1/checkouts/client/{secret}/confirm", "{}");
        Assert.Equal((403, "NotOpenCheckout"), (again.Status, again.Error));
    }

    [Fact]
    public async Task ACheckoutCanFailWaitAndExpire()
    {
        using var shop = new Shop();
        var checkout = await Places.CheckoutOf(shop, "Atlas of the North Sea");
        var secret = Text(checkout, "client_secret");
        shop.Token = null;
        var failed = await shop.Post(
            $"/v1/checkouts/client/{secret}/confirm",
            $"{{{Buyer},'confirmation_token_id':'ctoken_fail'}}"
        );
        Assert.Equal((400, "PaymentError"), (failed.Status, failed.Error));
        Assert.Equal("open", Text(await shop.Get($"/v1/checkouts/client/{secret}"), "status"));

        // What came with the refused confirmation was not kept.
        var waiting = await shop.Post(
            $"/v1/checkouts/client/{secret}/confirm",
            $"{{{Buyer},'confirmation_token_id':'ctoken_action'}}"
        );
        Assert.Equal("requires_action", (string)waiting.Body!["payment_processor_metadata"]!["intent_status"]!);
        Assert.Equal("confirmed", Text(await shop.Get($"/v1/checkouts/client/{secret}"), "status"));
        shop.Emulator.AdvanceClock(TimeSpan.FromMinutes(2));
        Assert.Equal("succeeded", Text(await shop.Get($"/v1/checkouts/client/{secret}"), "status"));

        shop.Token = shop.Emulator.AccessToken;
        var payments = await shop.Get($"/v1/payments/?checkout_id={checkout.Id}");
        Assert.Equal(["failed", "succeeded"], payments.Texts("status").Order());
        var late = await Places.CheckoutOf(shop, "Harbor");
        shop.Emulator.AdvanceClock(TimeSpan.FromHours(25));
        Assert.Equal("expired", Text(await shop.Get($"/v1/checkouts/{late.Id}"), "status"));
        shop.Token = null;
        var gone = await shop.Get($"/v1/checkouts/client/{Text(late, "client_secret")}");
        Assert.Equal((410, "ExpiredCheckoutError"), (gone.Status, gone.Error));
    }

    [Fact]
    public async Task BuyersHaveToAnswerAndMayUseACode()
    {
        using var shop = new Shop();
        var secret = Text(await Places.CheckoutOf(shop, "Offshore"), "client_secret");
        shop.Token = null;
        var path = $"/v1/checkouts/client/{secret}";
        Assert.Equal(["body.discount_code"], (await shop.Patch(path, "{'discount_code':'NOSUCH'}")).Places);
        var reduced = await shop.Patch(path, "{'discount_code':'springtide'}");
        Assert.Equal(580, (int)reduced.Body!["discount_amount"]!);
        Assert.Equal(
            ["body.custom_field_data.home_waters"],
            (await shop.Patch(path, "{'custom_field_data':{'home_waters':'moon'}}")).Places
        );
        var confirm = $"{{{Buyer},'confirmation_token_id':'succeed'}}";
        Assert.Equal(["body.custom_field_data.vessel_name"], (await shop.Post(path + "/confirm", confirm)).Places);
        // What was answered before does not count: a confirmation brings all answers.
        await shop.Patch(path, "{'custom_field_data':{'vessel_name':'Nautilus'}}");
        Assert.Equal(["body.custom_field_data.vessel_name"], (await shop.Post(path + "/confirm", confirm)).Places);
        confirm = confirm.Replace(
            "{'customer_email",
            "{'custom_field_data':{'vessel_name':'Nautilus'},'customer_email"
        );
        Assert.Equal(200, (await shop.Post(path + "/confirm", confirm)).Status);

        // A trial begins with an order of nothing; nothing is charged before it ends.
        shop.Token = shop.Emulator.AccessToken;
        var customer = (await shop.Get("/v1/customers/?email=ada@example.com")).Texts("id").Single();
        var subscription = (await shop.Get($"/v1/subscriptions/?customer_id={customer}")).Items.Single()!;
        Assert.Equal("trialing", (string)subscription["status"]!);
        var nothing = (await shop.Get($"/v1/orders/?customer_id={customer}")).Items.Single()!;
        Assert.Equal(("paid", 0), ((string)nothing["status"]!, (int)nothing["total_amount"]!));
        shop.Emulator.AdvanceClock(TimeSpan.FromDays(15));
        Assert.Equal("active", Text(await shop.Get($"/v1/subscriptions/{(string)subscription["id"]!}"), "status"));
        var order = (await shop.Get($"/v1/orders/?customer_id={customer}&sorting=-created_at")).Items[0]!;
        Assert.Equal(2320, (int)order["net_amount"]!);
        Assert.Single((await shop.Get("/v1/license-keys/")).Items, key => (string)key!["customer_id"]! == customer);
    }

    [Fact]
    public async Task TheShopHasCustomersInEveryState()
    {
        using var shop = new Shop();
        var subscriptions = (await shop.Get("/v1/subscriptions/?limit=100")).Items;
        Assert.Equal(
            ["active", "canceled", "past_due", "paused", "trialing"],
            subscriptions.Select(item => (string)item!["status"]!).Distinct().Order()
        );
        Assert.Contains(
            subscriptions,
            item => (bool)item!["cancel_at_period_end"]! && (string)item["status"]! == "active"
        );
        var orders = (await shop.Get("/v1/orders/?limit=100")).Items;
        Assert.Equal(["eur", "jpy", "usd"], orders.Select(item => (string)item!["currency"]!).Distinct().Order());
        Assert.Contains(orders, item => (string)item!["status"]! == "partially_refunded");
        Assert.Contains(orders, item => (string)item!["status"]! == "pending");
        Assert.InRange(orders.Count, 20, 60);
        Assert.InRange((await shop.Get("/v1/customers/")).TotalCount, 8, 15);
        foreach (var order in orders)
        {
            int Of(string name) => (int)order![name]!;
            // Where a price contains the tax, so does the subtotal.
            Assert.Contains(
                Of("subtotal_amount") - Of("discount_amount"),
                new[] { Of("net_amount"), Of("total_amount") }
            );
            Assert.Equal(Of("total_amount"), Of("net_amount") + Of("tax_amount"));
        }

        // The same seed tells the same history.
        using var twin = new Shop();
        Assert.Equal(
            subscriptions.Select(item => (string)item!["id"]!),
            (await twin.Get("/v1/subscriptions/?limit=100")).Texts("id")
        );
        using var empty = new Shop(new EmulatorOptions { Empty = true });
        Assert.Equal(0, (await empty.Get("/v1/customers/")).TotalCount);
    }

    [Fact]
    public async Task SubscriptionsLiveThroughTime()
    {
        using var shop = new Shop();
        var id = await Places.Fill(shop, "{subscription}");
        var before = (await shop.Get($"/v1/orders/?subscription_id={id}")).TotalCount;
        shop.Emulator.AdvanceClock(TimeSpan.FromDays(62));
        Assert.Equal(before + 2, (await shop.Get($"/v1/orders/?subscription_id={id}")).TotalCount);

        // A pause begins at the end of the period and ends by itself or on demand.
        Assert.Equal(200, (await Patch(shop, id, "{'pause_at_period_end':true}")).Status);
        shop.Emulator.AdvanceClock(TimeSpan.FromDays(31));
        Assert.Equal("paused", Text(await shop.Get($"/v1/subscriptions/{id}"), "status"));
        var inactive = await Patch(shop, id, "{'current_billing_period_end':'2099-01-01T00:00:00Z'}");
        Assert.Equal((403, "InactiveSubscription"), (inactive.Status, inactive.Error));
        var resumed = await Patch(shop, id, "{'resume':true}");
        Assert.Equal("active", Text(resumed, "status"));
        Assert.Equal("NotPausedSubscription", (await Patch(shop, id, "{'resume':true}")).Error);

        // A cancellation can be undone until it takes effect.
        Assert.Equal(
            "SubscriptionNotScheduledToCancel",
            (await Patch(shop, id, "{'cancel_at_period_end':false}")).Error
        );
        await Patch(shop, id, "{'cancel_at_period_end':true,'customer_cancellation_reason':'unused'}");
        Assert.Equal("CannotPauseSubscription", (await Patch(shop, id, "{'pause_at_period_end':true}")).Error);
        var kept = await Patch(shop, id, "{'cancel_at_period_end':false}");
        Assert.Null(kept.Body!["ends_at"]);
        await Patch(shop, id, "{'cancel_at_period_end':true}");
        shop.Emulator.AdvanceClock(TimeSpan.FromDays(32));
        Assert.Equal("canceled", Text(await shop.Get($"/v1/subscriptions/{id}"), "status"));
        Assert.Equal("AlreadyCanceledSubscription", (await Patch(shop, id, "{'cancel_at_period_end':true}")).Error);
        Assert.Equal("AlreadyCanceledSubscription", (await shop.Delete($"/v1/subscriptions/{id}")).Error);
    }

    [Fact]
    public async Task WhoDoesNotPayFallsBehindAndIsLostInTheEnd()
    {
        using var shop = new Shop();
        var overdue = (await shop.Get("/v1/subscriptions/?status=past_due")).Items.Single()!;
        var id = (string)overdue["id"]!;
        Assert.NotNull(overdue["past_due_at"]);
        var order = (await shop.Get($"/v1/orders/?subscription_id={id}&status=pending")).Items.Single()!;
        Assert.NotNull(order["next_payment_attempt_at"]);
        shop.Emulator.AdvanceClock(TimeSpan.FromDays(22));
        Assert.Equal("canceled", Text(await shop.Get($"/v1/subscriptions/{id}"), "status"));
        Assert.Equal("void", Text(await shop.Get($"/v1/orders/{(string)order["id"]!}"), "status"));
        var grants = await shop.Get($"/v1/benefit-grants/?customer_id={(string)overdue["customer_id"]!}");
        Assert.All(grants.Items, grant => Assert.True((bool)grant!["is_revoked"]!));
    }

    [Theory]
    [InlineData("{'seats':6,'metadata':{}}")]
    [InlineData("{'cancel_at_period_end':true,'product_id':null}")]
    [InlineData("{'nonsense':1}")]
    [InlineData("{'resume':false}")]
    public async Task OneKindOfChangeAtATime(string body)
    {
        using var shop = new Shop();
        var answer = await Patch(shop, await Places.Fill(shop, "{fleet}"), body);
        Assert.Equal(422, answer.Status);
        // Each of the nine forms says what is wrong.
        Assert.Equal(9, answer.Places.Select(place => place.Split('.')[1]).Distinct().Count());
    }

    [Fact]
    public async Task PlansAndSeatsChangeNowOrLater()
    {
        using var shop = new Shop();
        var fleet = await Places.Fill(shop, "{fleet}");
        var orders = (await shop.Get($"/v1/orders/?subscription_id={fleet}")).TotalCount;
        var more = await Patch(shop, fleet, "{'seats':7,'proration_behavior':'invoice'}");
        Assert.Equal((7, 7 * 2400), ((int)more.Body!["seats"]!, (int)more.Body["amount"]!));
        Assert.Equal(orders + 1, (await shop.Get($"/v1/orders/?subscription_id={fleet}")).TotalCount);
        Assert.Equal("BelowMinimumSeats", (await Patch(shop, fleet, "{'seats':2}")).Error);

        var harbor = await Places.Fill(shop, "{subscription}");
        Assert.Equal("NotASeatBasedSubscription", (await Patch(shop, harbor, "{'seats':3}")).Error);
        var later = await Patch(
            shop,
            harbor,
            $"{{'product_id':'{await shop.Product("Offshore")}','proration_behavior':'next_period'}}"
        );
        Assert.NotNull(later.Body!["pending_update"]);
        Assert.Equal(900, (int)later.Body["amount"]!);
        Assert.Null((await Patch(shop, harbor, "{'pending_update':null}")).Body!["pending_update"]);
        var now = await Patch(shop, harbor, $"{{'product_id':'{await shop.Product("Offshore")}'}}");
        Assert.Equal(2900, (int)now.Body!["amount"]!);
        Assert.Equal(422, (await Patch(shop, harbor, "{'trial_end':'2001-01-01T00:00:00Z'}")).Status);
    }

    [Fact]
    public async Task RefundsCountDown()
    {
        using var shop = new Shop();
        var id = await Places.Fill(shop, "{order}");
        var order = (await shop.Get($"/v1/orders/{id}")).Body!;
        var net = (int)order["net_amount"]!;
        Task<Answer> Refund(int amount, string more = "") =>
            shop.Post(
                "/v1/refunds/",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{'order_id':'{id}','reason':'other','amount':{amount}{more}}}"
                )
            );
        Assert.Equal(["body.amount"], (await Refund(net + 1)).Places);
        Assert.Equal(201, (await Refund(1000)).Status);
        var part = (await shop.Get($"/v1/orders/{id}")).Body!;
        Assert.Equal(("partially_refunded", net - 1000), ((string)part["status"]!, (int)part["refundable_amount"]!));
        Assert.Equal(201, (await Refund(net - 1000, ",'revoke_benefits':true")).Status);
        var whole = (await shop.Get($"/v1/orders/{id}")).Body!;
        Assert.Equal("refunded", (string)whole["status"]!);
        Assert.Equal((int)whole["tax_amount"]!, (int)whole["refunded_tax_amount"]!);
        var refused = await Refund(1);
        Assert.Equal((403, "RefundedAlready"), (refused.Status, refused.Error));
    }

    [Fact]
    public async Task InvoicesAndReceiptsTakeAMoment()
    {
        using var shop = new Shop();
        var id = await Places.Fill(shop, "{order}");
        Assert.Equal("InvoiceDoesNotExist", (await shop.Get($"/v1/orders/{id}/invoice")).Error);
        Assert.Equal(202, (await shop.Send(HttpMethod.Post, $"/v1/orders/{id}/invoice")).Status);
        var invoice = await shop.Get($"/v1/orders/{id}/invoice");
        Assert.Equal(200, invoice.Status);
        var paper = await shop.Get(Text(invoice, "url"));
        Assert.Equal("application/pdf", paper.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal(202, (await shop.Get($"/v1/orders/{id}/receipt")).Status);
        Assert.Equal(200, (await shop.Get($"/v1/orders/{id}/receipt")).Status);
        Assert.Equal(200, (await shop.Patch($"/v1/orders/{id}", "{'billing_name':'Late'}")).Status);
        shop.Emulator.AdvanceClock(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.Forbidden, (await shop.Get(Text(invoice, "url"))).Message.StatusCode);
    }

    [Fact]
    public async Task LicenseKeysHaveTheirLimits()
    {
        using var shop = new Shop();
        var key = (await shop.Get("/v1/license-keys/?status=granted")).Items[0]!;
        var id = (string)key["id"]!;
        string Body(string more, string? text = null) =>
            $"{{'key':'{text ?? (string)key["key"]!}','organization_id':'{shop.Emulator.OrganizationId}'{more}}}";
        var first = await shop.Post("/v1/license-keys/activate", Body(",'label':'one','meta':{'os':'linux'}"));
        Assert.Equal(200, first.Status);
        Assert.Equal(200, (await shop.Post("/v1/license-keys/activate", Body(",'label':'two'"))).Status);
        Assert.Equal(403, (await shop.Post("/v1/license-keys/activate", Body(",'label':'three'"))).Status);
        Assert.Equal(
            204,
            (await shop.Post("/v1/license-keys/deactivate", Body($",'activation_id':'{first.Id}'"))).Status
        );
        Assert.Equal(
            404,
            (await shop.Post("/v1/license-keys/validate", Body($",'activation_id':'{first.Id}'"))).Status
        );
        var valid = await shop.Post("/v1/license-keys/validate", Body(",'increment_usage':499"));
        Assert.Equal((200, 499, 1), (valid.Status, (int)valid.Body!["usage"]!, (int)valid.Body["validations"]!));
        var over = await shop.Post("/v1/license-keys/validate", Body(",'increment_usage':2"));
        Assert.Equal((400, "BadRequest"), (over.Status, over.Error));

        var rotated = await shop.Send(HttpMethod.Post, $"/v1/license-keys/{id}/rotate");
        Assert.Equal(404, (await shop.Post("/v1/license-keys/validate", Body(string.Empty))).Status);
        Assert.Equal(200, (await shop.Post("/v1/license-keys/validate", Body("", Text(rotated, "key")))).Status);
        await shop.Patch($"/v1/license-keys/{id}", "{'status':'revoked'}");
        Assert.Equal(404, (await shop.Post("/v1/license-keys/validate", Body("", Text(rotated, "key")))).Status);
        Assert.Equal("RotateNotPermitted", (await shop.Send(HttpMethod.Post, $"/v1/license-keys/{id}/rotate")).Error);
    }

    [Fact]
    public async Task SeatsAreAssignedClaimedAndRevoked()
    {
        using var shop = new Shop();
        var fleet = await Places.Fill(shop, "{fleet}");
        var before = await shop.Get($"/v1/customer-seats?subscription_id={fleet}");
        Assert.Equal((5, 2), ((int)before.Body!["total_seats"]!, (int)before.Body["available_seats"]!));
        Assert.Equal(400, (await shop.Get("/v1/customer-seats")).Status);
        Task<Answer> Assign(string email) =>
            shop.Post("/v1/customer-seats", $"{{'subscription_id':'{fleet}','email':'{email}'}}");
        var seat = await Assign("a@vindcharter.example");
        Assert.Equal("pending", Text(seat, "status"));
        Assert.Equal("SeatAlreadyAssigned", (await Assign("a@vindcharter.example")).Error);
        await Assign("b@vindcharter.example");
        Assert.Equal("SeatNotAvailable", (await Assign("c@vindcharter.example")).Error);
        Assert.Equal("revoked", Text(await shop.Delete($"/v1/customer-seats/{seat.Id}"), "status"));
        Assert.Equal(200, (await Assign("c@vindcharter.example")).Status);
        shop.Token = null;
        Assert.Equal(404, (await shop.Get("/v1/customer-seats/claim/nothing")).Status);
        var unknown = await shop.Post("/v1/customer-seats/claim", "{'invitation_token':'nothing'}");
        Assert.Equal(400, unknown.Status);
    }

    [Fact]
    public async Task UsageIsCountedOnceAndPaidFor()
    {
        using var shop = new Shop();
        var customer = await shop.Id("customers", "Jonas Brandt");
        var meter = await shop.Id("meters", "Forecast requests");
        async Task<decimal> Consumed() =>
            (decimal)
                (await shop.Get($"/v1/customer-meters/?customer_id={customer}&meter_id={meter}")).Items[0]![
                    "consumed_units"
                ]!;
        var before = await Consumed();
        var batch =
            $"{{'events':[{{'name':'forecast.requested','customer_id':'{customer}','external_id':'e1'}},"
            + "{'name':'forecast.requested','external_customer_id':'crew-1002','external_id':'e2'},"
            + "{'name':'other','external_customer_id':'crew-1002','parent_id':'e1'}]}";
        var first = await shop.Post("/v1/events/ingest", batch);
        Assert.Equal((3, 0), ((int)first.Body!["inserted"]!, (int)first.Body["duplicates"]!));
        var second = await shop.Post("/v1/events/ingest", batch);
        Assert.Equal((1, 2), ((int)second.Body!["inserted"]!, (int)second.Body["duplicates"]!));
        Assert.Equal(before + 2, await Consumed());

        var cursor = await shop.Get("/v1/events/?cursor_pagination=true&limit=2");
        Assert.True((bool)cursor.Body!["pagination"]!["has_next_page"]!);
        var filter = Uri.EscapeDataString(
            "{\"conjunction\":\"and\",\"clauses\":[{\"property\":\"name\",\"operator\":\"eq\",\"value\":\"other\"}]}"
        );
        Assert.Equal(2, (await shop.Get($"/v1/events/?filter={filter}")).TotalCount);
        Assert.Equal(422, (await shop.Get("/v1/events/?query=ab")).Status);
        var future = await shop.Post(
            "/v1/events/ingest",
            $"{{'events':[{{'name':'a','customer_id':'{customer}'}},{{'name':'b','customer_id':'{customer}','timestamp':'2199-01-01T00:00:00Z'}}]}}"
        );
        Assert.Equal(["body.events.1.EventCreateCustomer.timestamp"], future.Places);
        Assert.Equal(422, (await shop.Post("/v1/events/ingest", "{'events':[{'name':'a'}]}")).Status);
    }

    [Fact]
    public async Task FilesAreUploadedInPartsAndChecked()
    {
        using var shop = new Shop();
        byte[][] parts = ["ahoy, "u8.ToArray(), "sailor"u8.ToArray()];
        string Sum(byte[] bytes) => Convert.ToBase64String(SHA256.HashData(bytes));
        var file = await shop.Post(
            "/v1/files/",
            "{'name':'ahoy.txt','mime_type':'text/plain','size':12,'service':'downloadable',"
                + $"'checksum_sha256_base64':'{Sum([.. parts[0], .. parts[1]])}','upload':{{'parts':["
                + $"{{'number':1,'chunk_start':0,'chunk_end':6,'checksum_sha256_base64':'{Sum(parts[0])}'}},"
                + $"{{'number':2,'chunk_start':6,'chunk_end':12,'checksum_sha256_base64':'{Sum(parts[1])}'}}]}}}}"
        );
        Assert.Equal(201, file.Status);
        var before = (await shop.Get("/v1/files/")).TotalCount;
        var upload = file.Body!["upload"]!;
        var tags = new List<string>();
        using var client = new HttpClient(shop.Emulator.CreateHandler());
        for (var i = 0; i < 2; i++)
        {
            var part = upload["parts"]![i]!;
            async Task<HttpResponseMessage> Put(byte[] bytes)
            {
                using var request = new HttpRequestMessage(HttpMethod.Put, (string)part["url"]!)
                {
                    Content = new ByteArrayContent(bytes),
                };
                foreach (var header in part["headers"]!.AsObject())
                {
                    request.Headers.TryAddWithoutValidation(header.Key, (string)header.Value!);
                }

                return await client.SendAsync(request);
            }

            Assert.Equal(HttpStatusCode.BadRequest, (await Put("wrong!"u8.ToArray())).StatusCode);
            var sent = await Put(parts[i]);
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
            tags.Add(sent.Headers.ETag!.Tag);
        }

        string Done(string tag) =>
            new JsonObject
            {
                ["id"] = (string)upload["id"]!,
                ["path"] = (string)upload["path"]!,
                ["parts"] = new JsonArray(
                    new JsonObject
                    {
                        ["number"] = 1,
                        ["checksum_etag"] = tags[0],
                        ["checksum_sha256_base64"] = null,
                    },
                    new JsonObject
                    {
                        ["number"] = 2,
                        ["checksum_etag"] = tag,
                        ["checksum_sha256_base64"] = null,
                    }
                ),
            }.ToJsonString();
        Assert.Equal(422, (await shop.Post($"/v1/files/{file.Id}/uploaded", Done("x"))).Status);
        var read = await shop.Post($"/v1/files/{file.Id}/uploaded", Done(tags[1]));
        Assert.Equal(200, read.Status);
        // The checksum is of the whole, although it came in parts.
        Assert.Equal(Sum("ahoy, sailor"u8.ToArray()), Text(read, "checksum_sha256_base64"));
        Assert.Equal(before + 1, (await shop.Get("/v1/files/")).TotalCount);
        Assert.Equal(404, (await shop.Post($"/v1/files/{file.Id}/uploaded", Done(tags[1]))).Status);
    }

    [Fact]
    public async Task WebhooksAreSignedAndRetried()
    {
        using var shop = new Shop();
        using var listener = new HttpListener();
        var port = new Random().Next(20000, 40000);
        listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        listener.Start();
        var endpoint = await shop.Post(
            "/v1/webhooks/endpoints",
            $"{{'url':'http://127.0.0.1:{port}/hook','format':'raw','events':['customer.created']}}"
        );
        Assert.Equal(201, endpoint.Status);
        var serving = Task.Run(async () =>
        {
            var seen = new List<(string? Id, string? Time, string? Signature, string Body)>();
            foreach (var status in Answers)
            {
                var context = await listener.GetContextAsync();
                using var reader = new System.IO.StreamReader(context.Request.InputStream);
                var headers = context.Request.Headers;
                seen.Add(
                    (
                        headers["webhook-id"],
                        headers["webhook-timestamp"],
                        headers["webhook-signature"],
                        await reader.ReadToEndAsync()
                    )
                );
                context.Response.StatusCode = status;
                context.Response.Close();
            }

            return seen;
        });
        await shop.Post("/v1/customers/", "{'email':'hook@example.com'}");
        await shop.Emulator.DeliverWebhooksAsync();
        shop.Emulator.AdvanceClock(TimeSpan.FromMinutes(1));
        await shop.Emulator.DeliverWebhooksAsync();
        var told = await serving;
        Assert.Equal(told[0].Id, told[1].Id);
        Assert.Equal("customer.created", (string)JsonNode.Parse(told[1].Body)!["type"]!);
        var key = Convert.FromBase64String(Text(endpoint, "secret")["whsec_".Length..]);
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{told[1].Id}.{told[1].Time}.{told[1].Body}"));
        Assert.Equal("v1," + Convert.ToBase64String(signature), told[1].Signature);
        var deliveries = await shop.Get("/v1/webhooks/deliveries");
        Assert.Equal([200, 500], deliveries.Items.Select(item => (int)item!["http_code"]!));
        Assert.Equal(
            422,
            (
                await shop.Post("/v1/webhooks/endpoints", "{'url':'http://example.com/x','format':'raw','events':[]}")
            ).Status
        );
    }

    [Fact]
    public async Task CustomersAreToldApartAndCanGo()
    {
        using var shop = new Shop();
        Assert.Equal(
            ["body.email"],
            (await shop.Post("/v1/customers/", "{'email':'ASTRID.LUND@solveig.example'}")).Places
        );
        Assert.Equal(
            ["body.external_id"],
            (await shop.Post("/v1/customers/", "{'email':'x@example.com','external_id':'crew-1001'}")).Places
        );
        Assert.Equal(
            ["body.billing_address"],
            (await shop.Post("/v1/customers/", "{'email':'x@example.com','tax_id':'FR32123456789'}")).Places
        );
        Assert.Equal(["body.team"], (await shop.Post("/v1/customers/", "{'type':'team','name':'Crew'}")).Places);
        var team = await shop.Post(
            "/v1/customers/",
            "{'type':'team','name':'Crew','owner':{'email':'owner@example.com'}}"
        );
        Assert.Equal((201, "team"), (team.Status, Text(team, "type")));
        var session = await shop.Post("/v1/customer-sessions/", $"{{'customer_id':'{team.Id}'}}");
        Assert.Equal(["body.member_id"], session.Places);
        var single = await shop.Id("customers", "Astrid Lund");
        Assert.Equal(
            "NotPermitted",
            (await shop.Post($"/v1/customers/{single}/members", "{'email':'y@example.com'}")).Error
        );
        Assert.Equal(["body.type"], (await shop.Patch($"/v1/customers/{team.Id}", "{'type':'individual'}")).Places);

        Assert.Equal(204, (await shop.Delete($"/v1/customers/{single}?anonymize=true")).Status);
        Assert.Equal(404, (await shop.Get($"/v1/customers/{single}")).Status);
        Assert.Equal(404, (await shop.Get("/v1/customers/external/crew-1001")).Status);
        var orders = await shop.Get($"/v1/orders/?customer_id={single}");
        Assert.All(orders.Items, order => Assert.Matches("^[0-9a-f]{64}$", (string)order!["customer"]!["name"]!));
        Assert.Equal(0, (await shop.Get($"/v1/subscriptions/?customer_id={single}&active=true")).TotalCount);
    }

    [Fact]
    public async Task ExportsAreTables()
    {
        using var shop = new Shop();
        foreach (var path in Exports)
        {
            var answer = await shop.Get($"/v1/{path}");
            Assert.Equal("text/csv", answer.Message.Content.Headers.ContentType!.MediaType);
            Assert.NotNull(answer.Message.Content.Headers.ContentDisposition);
            var lines = (await answer.Message.Content.ReadAsStringAsync()).Split("\r\n");
            Assert.InRange(lines.Length, 8, 100);
            if (path.StartsWith("orders", StringComparison.Ordinal))
            {
                Assert.Equal("Email,Total", lines[0]);
            }
        }
    }

    private static string Text(Answer answer, string name) => (string)answer.Body![name]!;

    private static Task<Answer> Patch(Shop shop, string id, string body) => shop.Patch($"/v1/subscriptions/{id}", body);
}
