// Long because it has a row for each refusal in Polar's words.
using System.Net.Http;
using System.Text.Json.Nodes;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>Points 11 to 18 of what is known of Polar's server: what is refused, what is not, and what follows from what.</summary>
public sealed class RefusalTests
{
    private const string Seats =
        "{'amount_type':'seat_based','seat_tiers':{'tiers':[{'min_seats':2,'max_seats':9,'price_per_seat':1000}]}}";

    private const string License = "{'type':'license_keys','description':'A key','properties':{props}}";

    [Fact]
    public async Task Point11WhatIsToEndIsLeftAlone()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product(Seats), more: ",'seats':3");
        var other = await till.Product(Seats);
        await till.Change(bought, "{'cancel_at_period_end':true}");
        foreach (
            var body in new[]
            {
                "{'cancel_at_period_end':true}",
                $"{{'product_id':'{other}'}}",
                "{'seats':4}",
                "{'current_billing_period_end':'2026-02-15T00:00:00Z'}",
            }
        )
        {
            var refused = await till.Try(bought, body);
            Assert.Equal((403, "AlreadyCanceledSubscription"), (refused.Status, refused.Error));
        }

        // It can be ended at once, though.
        Assert.Equal("canceled", (string)(await till.Change(bought, "{'revoke':true}")).Body!["status"]!);
    }

    [Fact]
    public async Task Point11APauseIsPlannedOnce()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product());
        Assert.Equal("NoScheduledPause", (await till.Try(bought, "{'pause_at_period_end':false}")).Error);
        await till.Change(bought, "{'pause_at_period_end':true}");
        var twice = await till.Try(bought, "{'pause_at_period_end':true}");
        Assert.Equal((409, "CannotPauseSubscription"), (twice.Status, twice.Error));
        await till.Change(bought, "{'pause_at_period_end':false}");
        var early = await till.Try(bought, "{'pause_at_period_end':true,'resumes_at':'2026-01-20T00:00:00Z'}");
        Assert.Equal(["body.resumes_at"], early.Places);
    }

    [Fact]
    public async Task Point11APeriodMayEndEarlierAndATrialNot()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product());
        var moved = await till.Change(bought, "{'current_billing_period_end':'2026-01-20T00:00:00Z'}");
        Assert.StartsWith("2026-01-20", (string)moved.Body!["current_period_end"]!, StringComparison.Ordinal);
        Assert.Equal(["body.trial_end"], (await till.Try(bought, "{'trial_end':'2026-01-20T00:00:00Z'}")).Places);
        Assert.Equal(["body.trial_end"], (await till.Try(bought, "{'trial_end':'now'}")).Places);
        var trial = await till.Change(bought, "{'trial_end':'2026-01-21T00:00:00Z'}");
        Assert.Equal("trialing", (string)trial.Body!["status"]!);
        // Renewals keep the day that the period was moved to.
        till.MoveTo("2026-01-21");
        var renewed = await till.Subscription(bought);
        Assert.StartsWith("2026-02-21", (string)renewed["current_period_end"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Point11NotEveryProductFits()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product(Seats), more: ",'seats':3");
        var custom = await till.Product("{'amount_type':'custom'}");
        var once = await till.OneTime();
        var plain = await till.Product();
        await till.Patch($"/v1/products/{plain}", "{'visibility':'private'}");
        foreach (var product in new[] { custom, once, plain, Places.Nobody })
        {
            var refused = await till.Try(bought, $"{{'product_id':'{product}','metadata':{{'kept':'no'}}}}");
            Assert.Equal((422, "body.product_id"), (refused.Status, refused.Places.Single()));
        }

        Assert.Empty((await till.Subscription(bought))["metadata"]!.AsObject());
        Assert.Equal((400, "BelowMinimumSeats"), Said(await till.Try(bought, "{'seats':1}")));
        Assert.Equal((400, "AboveMaximumSeats"), Said(await till.Try(bought, "{'seats':10}")));
        var single = await till.Buy(await till.Product());
        Assert.Equal((400, "NotASeatBasedSubscription"), Said(await till.Try(single, "{'seats':3}")));
        Assert.Equal((400, "NotAUnitBasedSubscription"), Said(await till.Try(single, "{'units':3}")));
        Assert.Equal((409, "NotPausedSubscription"), Said(await till.Try(single, "{'resume':true}")));
        Assert.Equal(["body.pending_update"], (await till.Try(single, "{'pending_update':null}")).Places);
    }

    [Fact]
    public async Task Point11FewerSeatsThanAreTakenAreRefused()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product(Seats), more: ",'seats':3");
        foreach (var name in new[] { "bob", "eve" })
        {
            await till.Post(
                "/v1/customer-seats",
                $"{{'subscription_id':'{bought.Subscription}','email':'{name}@example.com'}}"
            );
        }

        Assert.Equal((400, "SeatsAlreadyAssigned"), Said(await till.Try(bought, "{'seats':2}")));
    }

    [Fact]
    public async Task Point11WhoIsBehindMayChangeTheProduct()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product(), token: "ctoken_decline");
        var other = await till.Product("{'amount_type':'fixed','price_amount':3000}");
        till.MoveTo("2026-02-02");
        Assert.Equal("past_due", (string)(await till.Subscription(bought))["status"]!);

        var changed = await till.Change(bought, $"{{'product_id':'{other}','proration_behavior':'prorate'}}");

        Assert.Equal((other, 3000), ((string)changed.Body!["product_id"]!, (int)changed.Body["amount"]!));
    }

    [Fact]
    public async Task Point11WhatIsInForceDropsWhatIsPending()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product(Seats), more: ",'seats':3");
        async Task<JsonNode?> Pending(string body) => (await till.Change(bought, body)).Body!["pending_update"];
        const string later = "{'seats':5,'proration_behavior':'next_period'}";
        Assert.Equal(5, (int)(await Pending(later))!["seats"]!);
        Assert.Null(await Pending("{'seats':3}"));
        await Pending(later);
        Assert.Null(await Pending("{'seats':4,'proration_behavior':'prorate'}"));
        await Pending(later);
        Assert.Null(await Pending("{'pending_update':null}"));
    }

    [Fact]
    public async Task Point12WhatACheckoutIsMadeOfHasToFit()
    {
        using var till = new Till();
        var (product, other, draft) = (await till.Product(), await till.Product(), await till.Product());
        await till.Patch($"/v1/products/{draft}", "{'visibility':'draft'}");
        var discount = await till.Discount($"'products':['{other}']");
        var euros = (
            await till.Post(
                "/v1/discounts/",
                "{'name':'Euros','type':'fixed','amounts':{'eur':250},'duration':'forever'}"
            )
        ).Id;
        async Task<string> Place(string more) =>
            (await till.Shop.Post("/v1/checkouts/", $"{{'products':['{product}'],{more}}}")).Places.Single();
        Assert.Equal("body.discount_id", await Place($"'discount_id':'{discount}'"));
        Assert.Equal("body.discount_id", await Place($"'discount_id':'{euros}'"));
        Assert.Equal("body.products.0", await Place("'currency':'eur'"));
        Assert.Equal("body.seats", await Place("'seats':3"));
        Assert.Equal(
            "body.customer_tax_id",
            await Place($"'customer_billing_address':{Till.Germany},'customer_tax_id':'nonsense'")
        );
        Assert.Equal("body.customer_billing_address", await Place("'customer_tax_id':'DE123456789'"));
        Assert.Equal(
            ["body.products.0"],
            (await till.Shop.Post("/v1/checkouts/", $"{{'products':['{draft}']}}")).Places
        );

        // A discount that fits one of the products goes with the other.
        var open = await till.Post(
            "/v1/checkouts/",
            $"{{'products':['{other}','{product}'],'discount_id':'{discount}'}}"
        );
        Assert.Equal(500, (int)open.Body!["total_amount"]!);
        var path = $"/v1/checkouts/{open.Id}";
        Assert.Equal(["body.discount_id"], (await till.Shop.Patch(path, $"{{'discount_id':'{euros}'}}")).Places);
        var moved = await till.Patch(path, $"{{'product_id':'{product}'}}");
        Assert.Null(moved.Body!["discount_id"]);
        Assert.Equal(1000, (int)moved.Body["total_amount"]!);
    }

    [Fact]
    public async Task Point12TheOldNameOfAnExternalIdIsUnderstood()
    {
        using var till = new Till();
        var customer = await till.Post("/v1/customers/", "{'email':'ada@example.com','external_id':'crew-1'}");
        var checkout = await till.Post(
            "/v1/checkouts/",
            $"{{'products':['{await till.Product()}'],'customer_external_id':'crew-1'}}"
        );
        Assert.Equal(customer.Id, (string)checkout.Body!["customer_id"]!);
        Assert.Equal("crew-1", (string)checkout.Body["external_customer_id"]!);
    }

    [Fact]
    public async Task Point13WhoIsFoundByAddressGetsNoSession()
    {
        using var till = new Till();
        await till.Post("/v1/customers/", "{'email':'ada@example.com','metadata':{'a':1,'b':2}}");
        var product = await till.Product();
        async Task<JsonNode> Confirm(string more)
        {
            var checkout = await till.Post(
                "/v1/checkouts/",
                $"{{'products':['{product}'],'customer_billing_address':{Till.Nowhere},'customer_metadata':{{'b':3,'c':4}},{more}}}"
            );
            return (
                await till.Post(
                    $"/v1/checkouts/client/{checkout.Body!["client_secret"]}/confirm",
                    "{'confirmation_token_id':'ctoken_good'}"
                )
            ).Body!;
        }

        Assert.Null((await Confirm("'customer_email':'Ada@example.com'"))["customer_session_token"]);
        var ada = (await till.Get("/v1/customers/?email=ada@example.com")).Items.Single()!;
        // What the checkout says of the customer is added to what is known of it.
        Assert.Equal("{\"a\":1,\"b\":3,\"c\":4}", ada["metadata"]!.ToJsonString());
        Assert.NotNull((await Confirm("'customer_email':'new@example.com'"))["customer_session_token"]);
    }

    [Fact]
    public async Task Point13OneSubscriptionBlocksASecond()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product(), token: "ctoken_decline", email: "ada@example.com");
        till.MoveTo("2026-02-02");
        // It is behind with its payment, and blocks all the same.
        Assert.Equal("past_due", (string)(await till.Subscription(bought))["status"]!);
        var checkout = await till.Post("/v1/checkouts/", $"{{'products':['{await till.Product()}']}}");
        var secret = checkout.Body!["client_secret"];
        var refused = await till.Shop.Post(
            $"/v1/checkouts/client/{secret}/confirm",
            $"{{'customer_email':'ada@example.com','customer_billing_address':{Till.Nowhere},'confirmation_token_id':'x'}}"
        );
        Assert.Equal((403, "AlreadyActiveSubscriptionError"), Said(refused));

        await till.Shop.Delete($"/v1/subscriptions/{bought.Subscription}");
        await till.Buy(await till.Product(), email: "ada@example.com");
    }

    [Theory]
    [InlineData("{'country':'US'}", "state line1 city postal_code")]
    [InlineData("{'country':'US','state':'NY','line1':'1 Pier','city':'New York'}", "postal_code")]
    [InlineData("{'country':'CA'}", "state")]
    [InlineData("{'country':'NO'}", "")]
    public async Task Point13AddressesAreCompleteWhereTheTaxNeedsIt(string address, string missing)
    {
        using var till = new Till();
        var checkout = await till.Post(
            "/v1/checkouts/",
            $"{{'products':['{await till.Product()}'],'customer_email':'ada@example.com'}}"
        );

        var answer = await till.Shop.Post(
            $"/v1/checkouts/client/{checkout.Body!["client_secret"]}/confirm",
            $"{{'customer_billing_address':{address},'confirmation_token_id':'ctoken_good'}}"
        );

        Assert.Equal(
            missing.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            answer.Status == 200
                ? []
                : answer.Places.Select(place =>
                    place.Replace("body.customer_billing_address.", string.Empty, StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public async Task Point13AllAnswersThatAreMissingAreNamed()
    {
        using var till = new Till();
        async Task<string> Field(string slug) =>
            (
                await till.Post(
                    "/v1/custom-fields/",
                    $"{{'type':'text','slug':'{slug}','name':'{slug}','properties':{{}}}}"
                )
            ).Id;
        var fields = new[] { await Field("vessel"), await Field("home-port") };
        var product = await till.Product(
            more: "'recurring_interval':'month','attached_custom_fields':["
                + string.Join(',', fields.Select(id => $"{{'custom_field_id':'{id}','required':true}}"))
                + "]"
        );
        var checkout = await till.Post("/v1/checkouts/", $"{{'products':['{product}']}}");

        var refused = await till.Shop.Post(
            $"/v1/checkouts/client/{checkout.Body!["client_secret"]}/confirm",
            $"{{'customer_email':'ada@example.com','customer_billing_address':{Till.Nowhere},'confirmation_token_id':'x'}}"
        );

        Assert.Equal(["body.custom_field_data.vessel", "body.custom_field_data.home-port"], refused.Places);
    }

    [Fact]
    public async Task Point15ABillKeepsItsCountry()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.OneTime(), Till.Germany);
        var path = $"/v1/orders/{(string)(await till.Orders(bought))[0]["id"]!}";
        Assert.Equal(
            ["body.billing_address.country"],
            (await till.Shop.Patch(path, "{'billing_address':{'country':'FR'},'billing_name':'Grace'}")).Places
        );
        Assert.Equal(
            ["body.billing_address.state"],
            (await till.Shop.Patch(path, "{'billing_address':{'country':'DE','state':'SH'}}")).Places
        );
        Assert.NotEqual("Grace", (string?)(await till.Get(path)).Body!["billing_name"]);
        await till.Patch(path, "{'billing_address':{'country':'DE','line1':'Kai 1'},'billing_name':'Ada'}");

        // The name may change after an invoice was made, and another is made then.
        Assert.Equal(202, (await till.Shop.Send(HttpMethod.Post, path + "/invoice")).Status);
        Assert.Equal(200, (await till.Shop.Get(path + "/invoice")).Status);
        await till.Patch(path, "{'billing_name':'Ada Lovelace'}");
        await till.Listen("order.updated");
        Assert.Equal(202, (await till.Shop.Send(HttpMethod.Post, path + "/invoice")).Status);
        await till.Get(path);
        Assert.True((bool)(await till.Told()).Single().Data["is_invoice_generated"]!);
    }

    [Fact]
    public async Task Point15DraftsHaveOneFixedPriceThatCanBeCharged()
    {
        using var till = new Till();
        var product = await till.OneTime();
        var bought = await till.Buy(await till.Product());
        async Task<Answer> Draft(string id, string more = "") =>
            await till.Shop.Post("/v1/orders/", $"{{'customer_id':'{bought.Customer}','product_id':'{id}'{more}}}");
        var custom = await till.OneTime("{'amount_type':'custom'}");
        var seats = await till.OneTime(Seats);
        foreach (var id in new[] { custom, seats, await till.Product() })
        {
            Assert.Equal(["body.product_id"], (await Draft(id)).Places);
        }

        Assert.Equal(["body.amount"], (await Draft(product, ",'amount':49")).Places);
        var draft = await Draft(product, ",'amount':50");
        Assert.Equal(("draft", 50), ((string)draft.Body!["status"]!, (int)draft.Body["total_amount"]!));

        var path = $"/v1/orders/{draft.Id}/finalize";
        var unknown = await till.Shop.Post(path, $"{{'payment_method_id':'{Places.Nobody}'}}");
        Assert.Equal((402, "PaymentFailed"), Said(unknown));
        // Without a card being named, the customer's first is charged.
        var done = await till.Shop.Send(HttpMethod.Post, path);
        Assert.Equal((200, "paid"), (done.Status, (string)done.Body!["status"]!));
        Assert.Equal((412, "OrderNotDraft"), Said(await till.Shop.Send(HttpMethod.Post, path)));
    }

    [Fact]
    public async Task Point16KeysFollowTheirBenefit()
    {
        using var till = new Till();
        var benefit = await till.Post(
            "/v1/benefits/",
            License.Replace(
                "{props}",
                "{'expires':{'ttl':1,'timeframe':'month'},'activations':{'limit':2,'enable_customer_admin':true},'limit_usage':5}",
                StringComparison.Ordinal
            )
        );
        var (plan, book) = (await till.Product(), await till.OneTime());
        foreach (var product in new[] { plan, book })
        {
            await till.Post($"/v1/products/{product}/benefits", $"{{'benefits':['{benefit.Id}']}}");
        }

        await till.Buy(plan);
        await till.Buy(book);
        async Task<JsonNode[]> Keys() => (await till.Get("/v1/license-keys/")).Items.Select(key => key!).ToArray();
        var keys = await Keys();
        // The oldest first; that of a subscription lasts as long as it.
        Assert.Null(keys[0]["expires_at"]);
        Assert.StartsWith("2026-02-01", (string)keys[1]["expires_at"]!, StringComparison.Ordinal);
        Assert.Equal((2, 5), ((int)keys[0]["limit_activations"]!, (int)keys[0]["limit_usage"]!));

        await till.Patch(
            $"/v1/benefits/{benefit.Id}",
            "{'type':'license_keys','properties':{'activations':null,'limit_usage':9}}"
        );
        keys = await Keys();
        Assert.All(
            keys,
            key =>
                Assert.Equal((null, 9, null), (key["limit_activations"], (int)key["limit_usage"]!, key["expires_at"]))
        );

        Assert.Equal(204, (await till.Shop.Delete($"/v1/benefits/{benefit.Id}")).Status);
        Assert.All(await Keys(), key => Assert.Equal("revoked", (string)key["status"]!));
        Assert.Equal(404, (await till.Shop.Get($"/v1/benefits/{benefit.Id}")).Status);
        var grants = (await till.Get("/v1/benefit-grants/")).Items;
        Assert.All(grants, grant => Assert.True((bool)grant!["is_revoked"]! && (bool)grant["benefit"]!["is_deleted"]!));
    }

    [Fact]
    public async Task Point16ARevokedKeyTakesItsGrantAlong()
    {
        using var till = new Till();
        var benefit = await till.Post("/v1/benefits/", License.Replace("{props}", "{}", StringComparison.Ordinal));
        var product = await till.Product();
        await till.Post($"/v1/products/{product}/benefits", $"{{'benefits':['{benefit.Id}']}}");
        await till.Buy(product);
        var path = $"/v1/license-keys/{(await till.Get("/v1/license-keys/")).Texts("id").Single()}";
        async Task<bool> IsGranted() => (bool)(await till.Get("/v1/benefit-grants/")).Items.Single()!["is_granted"]!;
        foreach (var name in new[] { "limit_usage", "limit_activations" })
        {
            Assert.Equal(["greater_than"], (await till.Shop.Patch(path, $"{{'{name}':0}}")).Types);
        }

        await till.Patch(path, "{'status':'revoked'}");
        Assert.False(await IsGranted());
        await till.Patch(path, "{'status':'granted'}");
        Assert.True(await IsGranted());
        await till.Patch(path, "{'status':'disabled'}");
        Assert.True(await IsGranted());
    }

    [Fact]
    public async Task Point17WhoHasTheProductGetsWhatIsNewWithIt()
    {
        using var till = new Till();
        async Task<string> Benefit(string name) =>
            (await till.Post("/v1/benefits/", $"{{'type':'custom','description':'{name}','properties':{{}}}}")).Id;
        var (berth, towel) = (await Benefit("A berth"), await Benefit("A towel"));
        foreach (var product in new[] { await till.Product(), await till.OneTime() })
        {
            await till.Post($"/v1/products/{product}/benefits", $"{{'benefits':['{berth}']}}");
            var bought = await till.Buy(product);
            async Task<string> Granted() =>
                string.Join(
                    ',',
                    (await till.Get($"/v1/benefit-grants/?customer_id={bought.Customer}&is_granted=true"))
                        .Items.Select(grant => (string)grant!["benefit"]!["description"]!)
                        .Order(StringComparer.Ordinal)
                );
            Assert.Equal("A berth", await Granted());
            await till.Post($"/v1/products/{product}/benefits", $"{{'benefits':['{berth}','{towel}']}}");
            Assert.Equal("A berth,A towel", await Granted());
            await till.Post($"/v1/products/{product}/benefits", $"{{'benefits':['{towel}']}}");
            Assert.Equal("A towel", await Granted());
        }
    }

    [Fact]
    public async Task Point17WhatIsArchivedIsInNoLink()
    {
        using var till = new Till();
        var (one, two) = (await till.Product(), await till.Product());
        async Task<string> Link(string products) =>
            (await till.Post("/v1/checkout-links/", $"{{'payment_processor':'stripe','products':[{products}]}}")).Id;
        var (both, single) = (await Link($"'{one}','{two}'"), await Link($"'{one}'"));

        await till.Patch($"/v1/products/{one}", "{'is_archived':true}");

        Assert.Equal(404, (await till.Shop.Get($"/v1/checkout-links/{single}")).Status);
        Assert.Equal(
            two,
            (string)(await till.Get($"/v1/checkout-links/{both}")).Body!["products"]!.AsArray().Single()!["id"]!
        );
    }

    [Fact]
    public async Task Point17AFreePlanCanBeUpgraded()
    {
        using var till = new Till();
        var free = await till.Product("{'amount_type':'free'}");
        var benefit = await till.Post("/v1/benefits/", "{'type':'custom','description':'A berth','properties':{}}");
        await till.Post($"/v1/products/{free}/benefits", $"{{'benefits':['{benefit.Id}']}}");
        var customer = await till.Post("/v1/customers/", "{'email':'ada@example.com'}");
        var made = await till.Post(
            "/v1/subscriptions/",
            $"{{'product_id':'{free}','customer_id':'{customer.Id}','metadata':{{'from':'app'}}}}"
        );
        Assert.Equal(1, (await till.Get($"/v1/benefit-grants/?customer_id={customer.Id}&is_granted=true")).TotalCount);
        var paid = await till.Product();
        var refused = await till.Shop.Post(
            "/v1/subscriptions/",
            $"{{'product_id':'{paid}','customer_id':'{customer.Id}'}}"
        );
        Assert.Equal(["body.product_id"], refused.Places);

        till.MoveTo("2026-01-10");
        var bought = await till.Buy(
            paid,
            more: $",'subscription_id':'{made.Id}','metadata':{{'by':'checkout'}}",
            email: "ada@example.com"
        );

        Assert.Equal(made.Id, bought.Subscription);
        var upgraded = await till.Subscription(bought);
        Assert.Equal("{\"from\":\"app\",\"by\":\"checkout\"}", upgraded["metadata"]!.ToJsonString());
        Assert.Equal((1000, "2026-02-10"), ((int)upgraded["amount"]!, ((string)upgraded["current_period_end"]!)[..10]));
        Assert.Equal("subscription_update", (string)(await till.Orders(bought))[0]["billing_reason"]!);
    }

    [Theory]
    [InlineData("needs_response", 200)]
    [InlineData("under_review", 409)]
    [InlineData("won", 409)]
    [InlineData("lost", 409)]
    public async Task Point18OnlyWhatNeedsAnAnswerIsAccepted(string status, int expected)
    {
        using var till = new Till();
        var bought = await till.Buy(await till.OneTime());
        var core = till.Shop.Emulator.Core;
        var order = core.Orders.Documents.Find((string)(await till.Orders(bought))[0]["id"]!)!;
        string id;
        lock (core.Store.Gate)
        {
            id = core.Disputes.Open(order, status, "fraudulent").Id;
        }

        var answer = await till.Shop.Send(HttpMethod.Post, $"/v1/disputes/{id}/accept");

        Assert.Equal(expected, answer.Status);
        if (expected == 200)
        {
            Assert.Equal("lost", (string)answer.Body!["status"]!);
        }
    }

    [Fact]
    public async Task Point18AMeterThatCountsStaysAsItIs()
    {
        using var till = new Till();
        var meter = await till.Meter("ping");
        var path = $"/v1/meters/{meter}";
        const string sum = "{'aggregation':{'func':'sum','property':'units'}}";
        await till.Patch(path, sum);
        var product = await till.Product(
            $"{Till.Ten},{{'amount_type':'metered_unit','meter_id':'{meter}','unit_amount':'4'}}"
        );
        var bought = await till.Buy(product);
        await till.Use(bought.Customer, "ping", 1);

        // Not even to what it is.
        var refused = await till.Shop.Patch(path, sum);
        Assert.Equal(("forbidden", "body.aggregation"), (refused.Types.Single(), refused.Places.Single()));
        Assert.Equal(["body.is_archived"], (await till.Shop.Patch(path, "{'is_archived':true}")).Places);
        await till.Patch($"/v1/products/{product}", "{'is_archived':true}");
        Assert.NotNull((await till.Patch(path, "{'is_archived':true}")).Body!["archived_at"]);
        await till.Patch(path, "{'is_archived':false}");
        await till.Post(
            "/v1/benefits/",
            $"{{'type':'meter_credit','description':'Pings','properties':{{'units':10,'rollover':false,'meter_id':'{meter}'}}}}"
        );
        Assert.Equal(["body.is_archived"], (await till.Shop.Patch(path, "{'is_archived':true}")).Places);
    }

    private static (int, string?) Said(Answer answer) => (answer.Status, answer.Error);
}
