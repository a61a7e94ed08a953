using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>The store as a whole: the same from the same seed, apart from others, and whole under load.</summary>
public sealed class StoreTests
{
    [Fact]
    public async Task TheSameSeedGivesTheSameShop()
    {
        using var one = new Shop(new EmulatorOptions { Seed = 42, ProductCount = 5 });
        using var two = new Shop(new EmulatorOptions { Seed = 42, ProductCount = 5 });
        using var other = new Shop(new EmulatorOptions { Seed = 43, ProductCount = 5 });
        Assert.Equal(one.Emulator.AccessToken, two.Emulator.AccessToken);
        Assert.NotEqual(one.Emulator.AccessToken, other.Emulator.AccessToken);
        foreach (var collection in new[] { "products", "checkout-links", "benefits", "discounts", "organizations" })
        {
            var path = $"/v1/{collection}/?limit=100";
            var first = (await one.Get(path)).Body!.ToJsonString();
            Assert.Equal(first, (await two.Get(path)).Body!.ToJsonString());
            Assert.NotEqual(first, (await other.Get(path)).Body!.ToJsonString());
        }
    }

    [Fact]
    public async Task EmulatorsShareNothing()
    {
        using var one = new Shop();
        using var two = new Shop();
        var id = await one.Product("Harbor");
        await one.Patch($"/v1/products/{id}", "{'name':'Haven'}");
        await one.Post("/v1/products/", "{'name':'Foghorn','prices':[{'amount_type':'free'}]}");
        one.Emulator.Faults.Add(new FaultRule { Status = 500 });

        Assert.Equal("Harbor", (string)(await two.Get($"/v1/products/{id}")).Body!["name"]!);
        Assert.Equal(16, (await two.Get("/v1/products/")).TotalCount);
        Assert.NotEqual(one.Emulator.RequestCount, two.Emulator.RequestCount);

        // The same seed makes the same tokens, but a token made later is known only where it was made.
        two.Token = one.Emulator.CreateAccessToken("meters:read");
        Assert.Equal(401, (await two.Get("/v1/meters/")).Status);
    }

    [Fact]
    public async Task NoUpdateIsLost()
    {
        using var shop = new Shop();
        var id = await shop.Product("Harbor");
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i =>
                    Task.Run(() =>
                        i % 2 == 0
                            ? shop.Patch(
                                $"/v1/products/{id}",
                                string.Create(CultureInfo.InvariantCulture, $"{{'metadata':{{'writer':{i}}}}}")
                            )
                            : shop.Post(
                                "/v1/products/",
                                string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"{{'name':'Parallel {i}','prices':[{{'amount_type':'free'}}]}}"
                                )
                            )
                    )
                )
        );

        Assert.All(answers, answer => Assert.InRange(answer.Status, 200, 201));
        var updates = answers.Where(answer => answer.Status == 200).ToArray();
        Assert.Equal(50, updates.Select(answer => (int)answer.Body!["metadata"]!["writer"]!).Distinct().Count());
        Assert.Equal(50, updates.Select(answer => (string)answer.Body!["modified_at"]!).Distinct().Count());

        // What is there is what the last one wrote.
        var last = updates.MaxBy(answer => (string)answer.Body!["modified_at"]!, StringComparer.Ordinal)!;
        Assert.Equal(last.Body!.ToJsonString(), (await shop.Get($"/v1/products/{id}")).Body!.ToJsonString());
        Assert.Equal(50, (await shop.Get("/v1/products/?query=parallel")).TotalCount);
        Assert.Equal(66, (await shop.Get("/v1/products/")).TotalCount);
    }

    [Fact]
    public async Task TheClockStampsWhatHappens()
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2));
        using var shop = new Shop(new EmulatorOptions { Clock = () => now });
        var first = await shop.Post("/v1/products/", "{'name':'Foghorn','prices':[{'amount_type':'free'}]}");
        var second = await shop.Post("/v1/products/", "{'name':'Bell buoy','prices':[{'amount_type':'free'}]}");
        Assert.Equal("2026-03-01T10:00:00.000000Z", (string)first.Body!["created_at"]!);
        Assert.Equal("2026-03-01T10:00:00.000001Z", (string)second.Body!["created_at"]!);
        Assert.Null(second.Body["modified_at"]);
        now = now.AddDays(1);
        var changed = await shop.Patch($"/v1/products/{first.Id}", "{'name':'Foghorns'}");
        Assert.Equal("2026-03-02T10:00:00.000000Z", (string)changed.Body!["modified_at"]!);
    }

    [Fact]
    public async Task ProductsCanBeAddedLater()
    {
        using var shop = new Shop();
        shop.Emulator.AddProducts(30);
        var list = await shop.Get("/v1/products/?metadata[generated]=true&limit=100");
        Assert.Equal(30, list.TotalCount);
        Assert.Equal(30, list.Texts("id").Distinct().Count());
    }

    [Fact]
    public async Task TheShopHasOneOfEverything()
    {
        using var shop = new Shop();
        var products = (await shop.Get("/v1/products/?limit=100")).Items;
        var prices = products.SelectMany(product => product!["prices"]!.AsArray()).ToArray();
        Assert.Equal(
            ["custom", "fixed", "metered_tiers", "metered_unit", "seat_based", "unit_based"],
            prices.Select(price => (string)price!["amount_type"]!).Distinct().Order()
        );
        Assert.Equal(
            ["eur", "jpy", "usd"],
            prices.Select(price => (string)price!["price_currency"]!).Distinct().Order()
        );
        Assert.Contains(prices, price => (int?)price!["price_amount"] == 0);
        Assert.Contains(products, product => (bool)product!["is_archived"]!);
        Assert.Contains(products, product => (string)product!["visibility"]! != "public");
        Assert.Contains(products, product => (int?)product!["trial_interval_count"] == 14);
        Assert.Contains(products, product => product!["medias"]!.AsArray().Count > 0);
        Assert.Contains(products, product => product!["attached_custom_fields"]!.AsArray().Count > 2);
        Assert.Contains(products, product => (string?)product!["meter_interval"] == "month");
        Assert.Equal(8, (await shop.Get("/v1/benefits/")).Texts("type").Distinct().Count());

        var discounts = (await shop.Get("/v1/discounts/")).Items;
        Assert.Equal(
            ["forever", "once", "repeating"],
            discounts.Select(discount => (string)discount!["duration"]!).Distinct().Order()
        );
        Assert.Contains(discounts, discount => discount!["amounts"]?.AsObject().Count == 3);
        var links = (await shop.Get("/v1/checkout-links/")).Items;
        Assert.Contains(links, link => link!["products"]!.AsArray().Count > 2);
        Assert.All(
            links,
            link => Assert.Equal("https://buy.polar.sh/" + (string)link!["client_secret"]!, (string)link["url"]!)
        );
    }
}
