// Long because each test is one subscription's life with every amount written out.
using System.Text.Json.Nodes;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>
/// Points 1 to 8 of what is known of Polar's server: what is billed, when, and what becomes of what is too much or too little.
/// Every sum is worked out by hand beside it.
/// </summary>
public sealed class MoneyOverTimeTests
{
    private const string Thirty = "{'amount_type':'fixed','price_amount':3000}";
    private const string Half = "'type':'percentage'";

    [Fact]
    public async Task Point1TheCreditOfADowngradePaysWhatComesLater()
    {
        using var till = new Till();
        var (large, small) = (await till.Product(Thirty), await till.Product());
        var discount = await till.Discount(Half);
        var bought = await till.Buy(large, more: $",'discount_id':'{discount}'");
        till.MoveTo("2026-01-11");

        await till.Change(bought, $"{{'product_id':'{small}','proration_behavior':'invoice'}}");
        till.MoveTo("2026-03-01");

        // 21 of 31 days are left. Half of 30.00 was paid: -1500 × 21/31 = -1016.1. Half of 10.00 is charged: 500 × 21/31 = 338.7.
        // Together -677, which is kept. February: 1000 - 500 = 500, all from the balance; March: the 177 that are left of it.
        Assert.Equal(
            [
                "3000 off 1500 due 1500 paid",
                "-1016+339 due 0 paid",
                "1000 off 500 balance -500 due 0 paid",
                "1000 off 500 balance -177 due 323 paid",
            ],
            await till.Bills(bought)
        );
        var reasons = (await till.Orders(bought)).Select(order => (string)order["billing_reason"]!);
        Assert.Equal(
            ["subscription_create", "subscription_update", "subscription_cycle", "subscription_cycle"],
            reasons
        );
    }

    [Fact]
    public async Task Point1ProratedItemsComeWithTheNextOrder()
    {
        using var till = new Till();
        var (large, small) = (await till.Product(Thirty), await till.Product());
        var discount = await till.Discount(Half);
        var bought = await till.Buy(large, more: $",'discount_id':'{discount}'");
        till.MoveTo("2026-01-11");

        await till.Change(bought, $"{{'product_id':'{small}','proration_behavior':'prorate'}}");
        Assert.Single(await till.Orders(bought));
        till.MoveTo("2026-03-01");

        // The discount is taken off the renewal only: -1016 + 339 + 1000 = 323, less 500, is -177.
        Assert.Equal(
            [
                "3000 off 1500 due 1500 paid",
                "-1016+339+1000 off 500 due 0 paid",
                "1000 off 500 balance -177 due 323 paid",
            ],
            await till.Bills(bought)
        );
    }

    [Theory]
    // 20.5 days of 31 are left: -1000 × 20.5/31 = -661.3; 3000 × 20.5/31 = 1983.9.
    [InlineData("invoice", "2026-01-11T12:00", "-661+1984 due 1323 paid", "2026-02-01")]
    // On the last day: 12 hours of 31 days. -1000 / 62 = -16.1; 3000 / 62 = 48.4; 32 is too little to be charged, see point 2.
    [InlineData("invoice", "2026-01-31T12:00", "-16+48 due 32 paid", "2026-02-01")]
    // Reset: nothing is credited, a whole period begins.
    [InlineData("reset", "2026-01-11T12:00", "3000 due 3000 paid", "2026-02-11")]
    public async Task Point1UpgradesAreChargedAtOnce(string behavior, string at, string bill, string periodEnd)
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product());
        till.MoveTo(at);

        var changed = await till.Change(
            bought,
            $"{{'product_id':'{await till.Product(Thirty)}','proration_behavior':'{behavior}'}}"
        );

        Assert.Equal(["1000 due 1000 paid", bill], await till.Bills(bought));
        Assert.Equal(3000, (int)changed.Body!["amount"]!);
        Assert.Equal(periodEnd, Day(changed.Body, "current_period_end"));
    }

    [Fact]
    public async Task Point1AChangeForTheNextPeriodCostsNothingBefore()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product());
        till.MoveTo("2026-01-11");

        await till.Change(
            bought,
            $"{{'product_id':'{await till.Product(Thirty)}','proration_behavior':'next_period'}}"
        );
        Assert.Equal(1000, (int)(await till.Subscription(bought))["amount"]!);
        till.MoveTo("2026-02-01");

        Assert.Equal(["1000 due 1000 paid", "3000 due 3000 paid"], await till.Bills(bought));
    }

    [Fact]
    public async Task Point1AnotherRhythmBeginsAtOnce()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product());
        var yearly = await till.Product("{'amount_type':'fixed','price_amount':12000}", "'recurring_interval':'year'");
        till.MoveTo("2026-01-11");

        // Although it is prorated: 1000 × 21/31 = 677.4 are credited, and a whole year is charged.
        await till.Change(bought, $"{{'product_id':'{yearly}','proration_behavior':'prorate'}}");

        Assert.Equal(["1000 due 1000 paid", "-677+12000 due 11323 paid"], await till.Bills(bought));
        Assert.Equal("2027-01-11", Day(await till.Subscription(bought), "current_period_end"));
    }

    [Fact]
    public async Task Point1CreditsTakeTheirTaxBack()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product(Thirty), Till.Germany);
        var small = await till.Product();
        till.MoveTo("2026-01-11");

        await till.Change(bought, $"{{'product_id':'{small}','proration_behavior':'invoice'}}");
        till.MoveTo("2026-02-01");

        // 3000 × 19/119 = 478.99. -3000 × 21/31 = -2032.3 and 1000 × 21/31 = 677.4: -1355, of which -1355 × 19/119 = -216.3 is tax.
        // 1000 × 19/119 = 159.7; the balance pays it all.
        Assert.Equal(
            [
                "3000 net 2521 tax 479 due 3000 paid",
                "-2032+677 net -1139 tax -216 due 0 paid",
                "1000 net 840 tax 160 balance -1000 due 0 paid",
            ],
            await till.Bills(bought)
        );
    }

    [Theory]
    // Five seats at 10.00; 21 of 31 days are left. Two more: 2000 × 21/31 = 1354.8; two fewer: -1354.8. Cut off, both ways.
    [InlineData("seat_based", "seats", 7, "1354 due 1354 paid")]
    [InlineData("seat_based", "seats", 3, "-1354 due 0 paid")]
    [InlineData("unit_based", "units", 7, "1354 due 1354 paid")]
    [InlineData("unit_based", "units", 3, "-1354 due 0 paid")]
    public async Task Point1SeatsAndUnitsAreSettled(string type, string name, int wanted, string bill)
    {
        using var till = new Till();
        var tiers =
            type == "seat_based"
                ? "'seat_tiers':{'tiers':[{'min_seats':1,'price_per_seat':1000}]}"
                : "'tiers':{'type':'volume','tiers':[{'bound':null,'unit_amount':'1000'}]}";
        var product = await till.Product($"{{'amount_type':'{type}',{tiers}}}");
        var bought = await till.Buy(product, more: $",'{name}':5");
        till.MoveTo("2026-01-11");

        var changed = await till.Change(
            bought,
            string.Create(CultureInfo.InvariantCulture, $"{{'{name}':{wanted},'proration_behavior':'invoice'}}")
        );

        Assert.Equal(["5000 due 5000 paid", bill], await till.Bills(bought));
        Assert.Equal((wanted, wanted * 1000), ((int)changed.Body![name]!, (int)changed.Body["amount"]!));
    }

    [Fact]
    public async Task Point2WhatIsTooLittleComesWithTheNextOrder()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product());
        var little = await till.Product("{'amount_type':'fixed','price_amount':1040}");
        till.MoveTo("2026-01-11");

        await till.Change(bought, $"{{'product_id':'{little}','proration_behavior':'invoice'}}");
        till.MoveTo("2026-02-01");

        // -1000 × 21/31 = -677.4; 1040 × 21/31 = 704.5: 28 cents, less than the 50 that can be charged.
        Assert.Equal(
            ["1000 due 1000 paid", "-677+705 due 28 paid", "1040 balance 28 due 1068 paid"],
            await till.Bills(bought)
        );
        var payments = (await till.Get($"/v1/payments/?customer_id={bought.Customer}")).Items;
        Assert.Equal([1068, 1000], payments.Select(payment => (int)payment!["amount"]!));
    }

    [Theory]
    // 29.00, a fifth off: 23.20. Inclusive 2320 × 19/119 = 370.4; exclusive 2320 × 4 % = 92.8.
    [InlineData(Till.Germany, null, "2900 off 580 net 1950 tax 370 due 2320 paid")]
    [InlineData(Till.NewYork, null, "2900 off 580 net 2320 tax 93 due 2413 paid")]
    [InlineData(Till.Nowhere, null, "2900 off 580 due 2320 paid")]
    // What the price says itself goes before: 2320 × 19 % = 440.8; 2320 × 4/104 = 89.2.
    [InlineData(Till.Germany, "exclusive", "2900 off 580 net 2320 tax 441 due 2761 paid")]
    [InlineData(Till.NewYork, "inclusive", "2900 off 580 net 2231 tax 89 due 2320 paid")]
    public async Task Point3TaxFollowsTheBuyer(string address, string? behavior, string bill)
    {
        using var till = new Till();
        var price = behavior is null
            ? "{'amount_type':'fixed','price_amount':2900}"
            : $"{{'amount_type':'fixed','price_amount':2900,'tax_behavior':'{behavior}'}}";
        var discount = await till.Discount("'basis_points':2000".Insert(0, "'code':null,"));
        var bought = await till.Buy(await till.Product(price), address, $",'discount_id':'{discount}'");
        till.MoveTo("2026-02-01");

        // A renewal is taxed as the first bill was.
        Assert.Equal([bill, bill], await till.Bills(bought));
        // The checkout told the same.
        var (checkout, order) = (
            (await till.Get($"/v1/checkouts/{bought.Checkout}")).Body!,
            (await till.Orders(bought))[0]
        );
        foreach (var name in new[] { "discount_amount", "net_amount", "tax_amount", "total_amount" })
        {
            Assert.Equal((int)order[name]!, (int)checkout[name]!);
        }

        Assert.Equal(2900, (int)order["items"]![0]!["amount"]!);
    }

    [Fact]
    public async Task Point3ABusinessWithANumberSettlesItItself()
    {
        using var till = new Till();
        var bought = await till.Buy(
            await till.Product(),
            "{'country':'DE','line1':'Kai 1','city':'Kiel','postal_code':'24103'}",
            ",'customer_tax_id':'DE123456789','is_business_customer':true,'customer_billing_name':'Ahoi GmbH'"
        );

        Assert.Equal(["1000 due 1000 paid"], await till.Bills(bought));
    }

    [Theory]
    // 840 and 160 of tax: 100 × 160/840 = 19.05; 21 × 160/840 = 4 exactly.
    [InlineData(Till.Germany, 100, 19, 740, 141)]
    [InlineData(Till.Germany, 21, 4, 819, 156)]
    [InlineData(Till.Germany, 840, 160, 0, 0)]
    // 1000 and 40 of tax: 12 × 4 % = 0.48; 13 × 4 % = 0.52.
    [InlineData(Till.NewYork, 12, 0, 988, 40)]
    [InlineData(Till.NewYork, 13, 1, 987, 39)]
    public async Task Point3RefundsTakeTheirTaxAlong(string address, int amount, int tax, int left, int leftTax)
    {
        using var till = new Till();
        var bought = await till.Buy(await till.OneTime(), address);
        var order = (string)(await till.Orders(bought))[0]["id"]!;

        var refund = await till.Post(
            "/v1/refunds/",
            string.Create(CultureInfo.InvariantCulture, $"{{'order_id':'{order}','reason':'other','amount':{amount}}}")
        );

        Assert.Equal((amount, tax), ((int)refund.Body!["amount"]!, (int)refund.Body["tax_amount"]!));
        var refunded = (await till.Get($"/v1/orders/{order}")).Body!;
        Assert.Equal(
            (left, leftTax, left == 0 ? "refunded" : "partially_refunded"),
            ((int)refunded["refundable_amount"]!, (int)refunded["refundable_tax_amount"]!, (string)refunded["status"]!)
        );
        // What is left goes back with the tax that is left.
        if (left > 0)
        {
            var rest = await till.Post(
                "/v1/refunds/",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{'order_id':'{order}','reason':'other','amount':{left}}}"
                )
            );
            Assert.Equal(leftTax, (int)rest.Body!["tax_amount"]!);
        }
    }

    [Fact]
    public async Task Point4UsageIsBilledByWhenItArrives()
    {
        using var till = new Till();
        var meter = await till.Meter("ping");
        var bought = await till.Buy(
            await till.Product($"{Till.Ten},{{'amount_type':'metered_unit','meter_id':'{meter}','unit_amount':'2.5'}}")
        );
        await till.Use(bought.Customer, "ping", 3);
        till.MoveTo("2026-02-02");
        // It tells a time in January and is on March's bill all the same.
        await till.Use(bought.Customer, "ping", 10, "2026-01-20T00:00:00Z");
        till.MoveTo("2026-03-01");

        // 3 × 2.5 = 7.5, half up; 10 × 2.5.
        Assert.Equal(["1000 due 1000 paid", "1000+8 due 1008 paid", "1000+25 due 1025 paid"], await till.Bills(bought));
    }

    [Fact]
    public async Task Point4WhereNothingIsDueThereIsNoOrder()
    {
        using var till = new Till();
        var meter = await till.Meter("ping");
        var bought = await till.Buy(
            await till.Product($"{{'amount_type':'metered_unit','meter_id':'{meter}','unit_amount':'40'}}")
        );
        till.MoveTo("2026-02-15");
        Assert.Equal([" due 0 paid"], await till.Bills(bought));

        await till.Use(bought.Customer, "ping", 2);
        till.MoveTo("2026-03-01");
        Assert.Equal([" due 0 paid", "80 due 80 paid"], await till.Bills(bought));
    }

    [Fact]
    public async Task Point4OnlyTheEarliestSubscriptionPaysForAMeter()
    {
        using var till = new Till();
        await till.Patch(
            $"/v1/organizations/{till.Organization}",
            "{'subscription_settings':{'allow_multiple_subscriptions':true,'proration_behavior':'prorate',"
                + "'benefit_revocation_grace_period':0,'prevent_trial_abuse':false,'allow_customer_updates':true}}"
        );
        var meter = await till.Meter("ping");
        var metered = $"{{'amount_type':'metered_unit','meter_id':'{meter}','unit_amount':'40'}}";
        var first = await till.Buy(await till.Product($"{Till.Ten},{metered}"), email: "both@example.com");
        till.MoveTo("2026-01-02");
        var second = await till.Buy(await till.Product($"{Thirty},{metered}"), email: "both@example.com");
        await till.Use(first.Customer, "ping", 5);
        till.MoveTo("2026-02-02");

        Assert.Equal(first.Customer, second.Customer);
        Assert.Equal(
            ["1000 due 1000 paid", "3000 due 3000 paid", "1000+200 due 1200 paid", "3000 due 3000 paid"],
            await till.Bills(first)
        );
    }

    [Fact]
    public async Task Point4UsageBeforeASwitchGoesWithItsPrice()
    {
        using var till = new Till();
        var meter = await till.Meter("ping");
        var dear = await till.Product(
            $"{Till.Ten},{{'amount_type':'metered_unit','meter_id':'{meter}','unit_amount':'40'}}"
        );
        var cheap = await till.Product(
            $"{Till.Ten},{{'amount_type':'metered_unit','meter_id':'{meter}','unit_amount':'10'}}"
        );
        var bought = await till.Buy(dear);
        await till.Use(bought.Customer, "ping", 5);
        till.MoveTo("2026-01-16T12:00");
        await till.Change(bought, $"{{'product_id':'{cheap}','proration_behavior':'prorate'}}");
        await till.Use(bought.Customer, "ping", 7);
        till.MoveTo("2026-02-01");

        // Half of the period is left: 500 back, 500 again. Seven at 0.10 are billed; the price of the five before is gone.
        Assert.Equal(["1000 due 1000 paid", "-500+500+1000+70 due 1070 paid"], await till.Bills(bought));
    }

    [Fact]
    public async Task Point5CreditsComeAfterThePaymentAndGoWithTheBenefit()
    {
        using var till = new Till();
        var meter = await till.Meter("ping");
        var benefit = await till.Post(
            "/v1/benefits/",
            $"{{'type':'meter_credit','description':'Pings','properties':{{'units':10,'rollover':false,'meter_id':'{meter}'}}}}"
        );
        var product = await till.Product(
            $"{Till.Ten},{{'amount_type':'metered_unit','meter_id':'{meter}','unit_amount':'40'}}"
        );
        await till.Post($"/v1/products/{product}/benefits", $"{{'benefits':['{benefit.Id}']}}");
        var bought = await till.Buy(product, token: "ctoken_decline");
        await till.Use(bought.Customer, "ping", 4);
        async Task<string> Balance()
        {
            var meters = await till.Get($"/v1/customer-meters/?customer_id={bought.Customer}");
            var row = meters.Items.Single()!;
            return $"{row["consumed_units"]} of {row["credited_units"]}, {row["balance"]}";
        }

        Assert.Equal("4 of 10, 6", await Balance());

        // The renewal is not paid: the meter begins anew, the credits do not come, and the benefit goes with what it gave.
        till.MoveTo("2026-02-01");
        Assert.Equal("past_due", (string)(await till.Subscription(bought))["status"]!);
        Assert.Equal("0 of 0, 0", await Balance());
        var credits = (await till.Get($"/v1/events/?name=meter.credited&customer_id={bought.Customer}")).Items;
        Assert.Equal([-10, 10], credits.Select(entry => (int)entry!["metadata"]!["units"]!));
    }

    [Theory]
    [InlineData("month", "'duration':'once'", "500 1000 1000 1000")]
    [InlineData("month", "'duration':'repeating','duration_in_months':1", "500 1000 1000 1000")]
    [InlineData("month", "'duration':'repeating','duration_in_months':3", "500 500 500 1000")]
    [InlineData("month", "'duration':'forever'", "500 500 500 500")]
    // One month of a weekly plan is its first week, two months are those weeks that begin within one month of it.
    [InlineData("week", "'duration':'repeating','duration_in_months':1", "500 1000 1000 1000")]
    [InlineData("week", "'duration':'repeating','duration_in_months':2", "500 500 500 500 500 1000")]
    [InlineData("year", "'duration':'repeating','duration_in_months':12", "500 1000")]
    [InlineData("year", "'duration':'repeating','duration_in_months':13", "500 500 1000")]
    public async Task Point6DiscountsLast(string interval, string duration, string dues)
    {
        using var till = new Till();
        var discount = await till.Discount(duration);
        var bought = await till.Buy(
            await till.Product(more: $"'recurring_interval':'{interval}'"),
            more: $",'discount_id':'{discount}'"
        );
        var expected = dues.Split(' ').Select(due => int.Parse(due, CultureInfo.InvariantCulture)).ToArray();
        for (var i = 1; i < expected.Length; i++)
        {
            till.MoveTo(((string)(await till.Subscription(bought))["current_period_end"]!)[..19]);
        }

        Assert.Equal(expected, (await till.Orders(bought)).Select(order => (int)order["due_amount"]!));
        Assert.Equal(expected[^1], (int)(await till.Subscription(bought))["amount"]!);
    }

    [Fact]
    public async Task Point6MonthsCountFromTheFirstBilledPeriod()
    {
        using var till = new Till();
        var discount = await till.Discount("'duration':'repeating','duration_in_months':2");
        var product = await till.Product(
            more: "'recurring_interval':'month','trial_interval':'month','trial_interval_count':1"
        );
        var bought = await till.Buy(product, more: $",'discount_id':'{discount}'");
        till.MoveTo("2026-04-01");

        Assert.Equal(
            ["0 due 0 paid", "1000 off 500 due 500 paid", "1000 off 500 due 500 paid", "1000 due 1000 paid"],
            await till.Bills(bought)
        );
    }

    [Fact]
    public async Task Point6AFixedDiscountIsNoMoreThanThePrice()
    {
        using var till = new Till();
        var discount = (
            await till.Post(
                "/v1/discounts/",
                "{'name':'A lot','type':'fixed','amounts':{'usd':300,'eur':250},'duration':'forever'}"
            )
        ).Id;
        var bought = await till.Buy(
            await till.Product("{'amount_type':'fixed','price_amount':200}"),
            more: $",'discount_id':'{discount}'"
        );
        till.MoveTo("2026-02-01");

        Assert.Equal(["200 off 200 due 0 paid", "200 off 200 due 0 paid"], await till.Bills(bought));
        Assert.Equal(0, (int)(await till.Subscription(bought))["amount"]!);
    }

    [Fact]
    public async Task Point6ADeletedDiscountGoesOnForWhoHasIt()
    {
        using var till = new Till();
        var discount = await till.Discount(Half);
        var product = await till.Product();
        var bought = await till.Buy(product, more: $",'discount_id':'{discount}'");
        Assert.Equal(204, (await till.Shop.Delete($"/v1/discounts/{discount}")).Status);
        till.MoveTo("2026-02-01");

        Assert.Equal(["1000 off 500 due 500 paid", "1000 off 500 due 500 paid"], await till.Bills(bought));
        Assert.Equal(404, (await till.Shop.Get($"/v1/discounts/{discount}")).Status);
        var late = await till.Shop.Post("/v1/checkouts/", $"{{'products':['{product}'],'discount_id':'{discount}'}}");
        Assert.Equal(["body.discount_id"], late.Places);
    }

    [Fact]
    public async Task Point6ADiscountOfASubscriptionHasToFit()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product());
        var other = await till.Product();
        var good = await till.Discount("'max_redemptions':1");
        var forOthers = await till.Discount($"'products':['{other}']");
        var inEuros = (
            await till.Post(
                "/v1/discounts/",
                "{'name':'Euros','type':'fixed','amounts':{'eur':250},'duration':'forever'}"
            )
        ).Id;
        var over = await till.Discount("'ends_at':'2026-01-05T00:00:00Z'");
        var early = await till.Discount("'starts_at':'2026-02-05T00:00:00Z'");
        till.MoveTo("2026-01-11");
        foreach (var id in new[] { forOthers, inEuros, over, early, Places.Nobody })
        {
            var refused = await till.Try(bought, $"{{'discount_id':'{id}','metadata':{{'kept':'no'}}}}");
            Assert.Equal((422, "body.discount_id"), (refused.Status, refused.Places.Single()));
        }

        var changed = await till.Change(bought, $"{{'discount_id':'{good}'}}");
        Assert.Equal(500, (int)changed.Body!["amount"]!);
        Assert.Empty(changed.Body["metadata"]!.AsObject());
        Assert.Equal(1, (int)(await till.Get($"/v1/discounts/{good}")).Body!["redemptions_count"]!);

        // The same again is refused, and so is a discount that is used up.
        Assert.Equal(["body.discount_id"], (await till.Try(bought, $"{{'discount_id':'{good}'}}")).Places);
        var second = await till.Buy(other);
        Assert.Equal(["body.discount_id"], (await till.Try(second, $"{{'discount_id':'{good}'}}")).Places);

        // It counts for the bills to come, and can be taken away.
        till.MoveTo("2026-02-01");
        Assert.Equal(["1000 due 1000 paid", "1000 off 500 due 500 paid"], await till.Bills(bought));
        Assert.Equal(1000, (int)(await till.Change(bought, "{'discount_id':null}")).Body!["amount"]!);
    }

    [Fact]
    public async Task Point6WhatADiscountIsCannotBeChanged()
    {
        using var till = new Till();
        var product = await till.Product();
        var discount = await till.Discount($"'code':'AHOI','products':['{product}']");
        var path = $"/v1/discounts/{discount}";
        Assert.Equal(["body.duration"], (await till.Shop.Patch(path, "{'duration':'once'}")).Places);
        Assert.Equal(["body.type"], (await till.Shop.Patch(path, "{'type':'fixed'}")).Places);

        // Null says nothing of the products, an empty list says all.
        var kept = await till.Patch(path, "{'products':null,'name':'Ahoi'}");
        Assert.Single(kept.Body!["products"]!.AsArray());
        Assert.Empty((await till.Patch(path, "{'products':[]}")).Body!["products"]!.AsArray());
        Assert.Equal(discount, (await till.Get("/v1/discounts/?query=aho")).Texts("id").Single());
    }

    [Theory]
    [InlineData("2026-01-31", "month", 1, "2026-02-28 2026-03-31 2026-04-30 2026-05-31")]
    [InlineData("2028-01-31", "month", 1, "2028-02-29 2028-03-31")]
    [InlineData("2026-08-30", "month", 3, "2026-11-30 2027-02-28 2027-05-30")]
    [InlineData("2028-02-29", "year", 1, "2029-02-28 2030-02-28 2031-02-28 2032-02-29")]
    [InlineData("2026-01-31", "week", 2, "2026-02-14 2026-02-28")]
    [InlineData("2026-02-27", "day", 2, "2026-03-01 2026-03-03")]
    public async Task Point7RenewalsKeepTheirDay(string start, string interval, int count, string ends)
    {
        using var till = new Till(start);
        var bought = await till.Buy(
            await till.Product(
                more: string.Create(
                    CultureInfo.InvariantCulture,
                    $"'recurring_interval':'{interval}','recurring_interval_count':{count}"
                )
            )
        );
        var renewals = 0;
        foreach (var end in ends.Split(' '))
        {
            Assert.Equal(end, Day(await till.Subscription(bought), "current_period_end"));
            Assert.Equal(++renewals, (await till.Orders(bought)).Length);
            till.MoveTo(end);
        }
    }

    [Fact]
    public async Task Point8ATrialBeginsWithAnOrderOfNothing()
    {
        using var till = new Till("2026-01-31");
        var product = await till.Product(
            more: "'recurring_interval':'month','trial_interval':'day','trial_interval_count':14"
        );
        var bought = await till.Buy(product, Till.Germany);

        Assert.Equal(["0 due 0 paid"], await till.Bills(bought));
        Assert.Equal("subscription_create", (string)(await till.Orders(bought))[0]["billing_reason"]!);
        Assert.Equal("trialing", (string)(await till.Subscription(bought))["status"]!);

        // The trial ends on the 14th, and the 14th is the day from then on.
        till.MoveTo("2026-03-14");
        Assert.Equal(
            ["0 due 0 paid", "1000 net 840 tax 160 due 1000 paid", "1000 net 840 tax 160 due 1000 paid"],
            await till.Bills(bought)
        );
        var subscription = await till.Subscription(bought);
        Assert.Equal(
            ("active", "2026-04-14"),
            ((string)subscription["status"]!, Day(subscription, "current_period_end"))
        );
    }

    private static string Day(JsonNode row, string name) => ((string)row[name]!)[..10];

    [Fact]
    public async Task Point2TheMinimumItselfIsCharged()
    {
        using var till = new Till();
        var discount = await till.Discount("'metadata':{}");
        var bought = await till.Buy(
            await till.Product("{'amount_type':'fixed','price_amount':100}"),
            more: $",'discount_id':'{discount}'"
        );
        till.MoveTo("2026-03-01");

        // Half of 1.00 is 0.50, which is the least that can be charged: nothing is left for the next order.
        Assert.Equal(Enumerable.Repeat("100 off 50 due 50 paid", 3), await till.Bills(bought));
    }

    [Fact]
    public async Task Point1CreditComesBackAndNeverBecomesADebt()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product(), token: "ctoken_decline");
        var core = till.Shop.Emulator.Core;
        var customer = core.Customers.Documents.Find(bought.Customer)!;
        lock (core.Store.Gate)
        {
            core.Balances.Add(customer, "usd", 300);
        }

        till.MoveTo("2026-02-01");
        Assert.Equal("1000 balance -300 due 700 pending", (await till.Bills(bought))[1]);
        Assert.Equal(0, core.Balances.Of(customer, "usd"));

        // The order is given up, and its 3.00 are there again.
        await till.Change(bought, "{'revoke':true}");
        Assert.Equal("1000 balance -300 due 700 void", (await till.Bills(bought))[1]);
        Assert.Equal(300, core.Balances.Of(customer, "usd"));

        // 1.00 of it goes with a refund; of 5.00, only the 2.00 that are left.
        lock (core.Store.Gate)
        {
            core.Balances.Reduce(customer, "usd", 100);
            Assert.Equal(200, core.Balances.Of(customer, "usd"));
            core.Balances.Reduce(customer, "usd", 500);
        }

        Assert.Equal(0, core.Balances.Of(customer, "usd"));
    }

    [Fact]
    public async Task Point5CreditsAreUsedUpBeforeUsageIsBilled()
    {
        using var till = new Till();
        var meter = await till.Meter("ping");
        var benefit = await till.Post(
            "/v1/benefits/",
            $"{{'type':'meter_credit','description':'Pings','properties':{{'units':10,'rollover':false,'meter_id':'{meter}'}}}}"
        );
        var product = await till.Product(
            $"{Till.Ten},{{'amount_type':'metered_unit','meter_id':'{meter}','unit_amount':'100'}}"
        );
        await till.Post($"/v1/products/{product}/benefits", $"{{'benefits':['{benefit.Id}']}}");
        var bought = await till.Buy(product);
        await till.Use(bought.Customer, "ping", 12);
        till.MoveTo("2026-02-01");

        // 12 were used, 10 of them on credit: 2 × 1.00.
        var order = (await till.Orders(bought))[1];
        Assert.Contains(order["items"]!.AsArray(), item => (int)item!["amount"]! == 200);
        Assert.Equal(1200, (int)order["total_amount"]!);
    }
}
