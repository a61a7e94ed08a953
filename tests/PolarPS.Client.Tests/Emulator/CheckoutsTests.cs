using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>What is particular to checkout links.</summary>
public sealed class CheckoutsTests
{
    [Fact]
    public async Task LinksShowWhatTheWorldMaySee()
    {
        using var shop = new Shop();
        var link = await shop.Get($"/v1/checkout-links/{await shop.Id("checkout-links", "Sailing school", "label")}");
        var product = link.Body!["products"]![1]!.AsObject();
        Assert.False(product.ContainsKey("attached_custom_fields"));
        Assert.False(product.ContainsKey("is_deletable"));
        Assert.All(
            product["benefits"]!.AsArray(),
            benefit => Assert.False(benefit!.AsObject().ContainsKey("metadata"))
        );
        var credit = product["benefits"]!.AsArray().First(benefit => (string)benefit!["type"]! == "meter_credit")!;
        Assert.Equal(["units", "meter_id"], credit["properties"]!.AsObject().Select(member => member.Key));
        Assert.False(link.Body["discount"]!.AsObject().ContainsKey("products"));
    }

    [Fact]
    public async Task LinksAreMadeInThreeWays()
    {
        using var shop = new Shop();
        var id = await shop.Product("Harbor");
        var price = (string)(await shop.Get($"/v1/products/{id}")).Body!["prices"]![0]!["id"]!;
        foreach (
            var what in new[] { $"'products':['{id}','{id}']", $"'product_id':'{id}'", $"'product_price_id':'{price}'" }
        )
        {
            var link = await shop.Post("/v1/checkout-links/", $"{{'payment_processor':'stripe',{what}}}");
            Assert.Equal(201, link.Status);
            Assert.Equal([id], link.Body!["products"]!.AsArray().Select(product => (string)product!["id"]!));
            Assert.True((bool)link.Body["allow_discount_codes"]!);
            Assert.Matches("^polar_cl_[A-Za-z0-9]{43}$", (string)link.Body["client_secret"]!);
        }
    }

    [Fact]
    public async Task LinksAreChanged()
    {
        using var shop = new Shop();
        var id = await shop.Id("checkout-links", "Pricing page", "label");
        var fleet = await shop.Product("Fleet");
        var cleared = await shop.Patch(
            $"/v1/checkout-links/{id}",
            "{'discount_id':null,'label':null,'success_url':null,'metadata':{}}"
        );
        Assert.Equal(200, cleared.Status);
        Assert.Null(cleared.Body!["discount_id"]);
        Assert.Null(cleared.Body["label"]);

        var seats = await shop.Patch($"/v1/checkout-links/{id}", $"{{'products':['{fleet}'],'seats':3}}");
        Assert.Equal(3, (int)seats.Body!["seats"]!);
        // Seats that do not go with the new product are dropped; seats that are asked for have to.
        var harbor = await shop.Product("Harbor");
        Assert.Equal(
            ["body.seats"],
            (await shop.Patch($"/v1/checkout-links/{id}", $"{{'products':['{harbor}'],'seats':3}}")).Places
        );
        var dropped = await shop.Patch($"/v1/checkout-links/{id}", $"{{'products':['{harbor}']}}");
        Assert.Equal(200, dropped.Status);
        Assert.Null(dropped.Body!["seats"]);
        await shop.Patch($"/v1/checkout-links/{id}", $"{{'products':['{fleet}'],'seats':3}}");
        Assert.Equal(["body.products"], (await shop.Patch($"/v1/checkout-links/{id}", "{'products':null}")).Places);

        // What ceases to fit afterwards is no reason to refuse another change.
        var tiers = "{'amount_type':'seat_based','seat_tiers':{'tiers':[{'min_seats':9,'price_per_seat':100}]}}";
        Assert.Equal(200, (await shop.Patch($"/v1/products/{fleet}", $"{{'prices':[{tiers}]}}")).Status);
        Assert.Equal(200, (await shop.Patch($"/v1/checkout-links/{id}", "{'label':'Still here'}")).Status);
    }
}
