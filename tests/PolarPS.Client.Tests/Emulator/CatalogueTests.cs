using System.Text.Json.Nodes;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>What is particular to products and discounts.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public async Task FreeBecomesFixedZero()
    {
        using var shop = new Shop();
        var product = await shop.Post("/v1/products/", "{'name':'Foghorn','prices':[{'amount_type':'free'}]}");
        var price = product.Body!["prices"]![0]!;
        Assert.Equal("fixed", (string)price["amount_type"]!);
        Assert.Equal(0, (int)price["price_amount"]!);
        Assert.Equal("usd", (string)price["price_currency"]!);
        Assert.Equal(product.Id, (string)price["product_id"]!);
    }

    [Fact]
    public async Task PricesAreKeptArchivedAndAdded()
    {
        using var shop = new Shop();
        var id = await shop.Product("Offshore");
        var before = await shop.Get($"/v1/products/{id}");
        var kept = (string)before.Body!["prices"]![1]!["id"]!;
        var dropped = (string)before.Body["prices"]![0]!["id"]!;

        var after = await shop.Patch(
            $"/v1/products/{id}",
            $"{{'prices':[{{'id':'{kept}'}},{{'amount_type':'fixed','price_amount':3100}}]}}"
        );
        Assert.Equal(200, after.Status);
        Assert.Equal(2, after.Body!["prices"]!.AsArray().Count);
        Assert.Equal(kept, (string)after.Body["prices"]![0]!["id"]!);
        Assert.Equal(3100, (int)after.Body["prices"]![1]!["price_amount"]!);
        Assert.NotNull(after.Body["modified_at"]);

        // What is gone cannot be kept, and nobody else's price can.
        var again = await shop.Patch($"/v1/products/{id}", $"{{'prices':[{{'id':'{dropped}'}}]}}");
        // And nothing is left then, not even in the shop's own currency.
        Assert.Equal(["body.prices.0", "body.prices", "body.prices"], again.Places);
        Assert.Equal(["value_error", "too_short", "value_error"], again.Types);
        var foreign = await shop.Patch(
            $"/v1/products/{await shop.Product("Harbor")}",
            $"{{'prices':[{{'id':'{kept}'}}]}}"
        );
        Assert.Equal(["body.prices.0", "body.prices", "body.prices"], foreign.Places);
        Assert.Equal(["too_short", "value_error"], (await shop.Patch($"/v1/products/{id}", "{'prices':[]}")).Types);
        Assert.Equal(
            ["body.prices.0.ExistingProductPrice.id"],
            (await shop.Patch($"/v1/products/{id}", "{'prices':[{'id':'x'}]}")).Places
        );
    }

    [Theory]
    [InlineData("{'name':null}", "body.name")]
    [InlineData("{'visibility':null}", "body.visibility")]
    [InlineData("{'metadata':null}", "body.metadata")]
    [InlineData("{'is_archived':null}", "body.is_archived")]
    [InlineData("{'prices':null}", "body.prices")]
    [InlineData("{'recurring_interval':'year'}", "body.recurring_interval")]
    [InlineData("{'recurring_interval':null}", "body.recurring_interval")]
    [InlineData("{'recurring_interval_count':3}", "body.recurring_interval_count")]
    [InlineData("{'trial_interval':'week'}", "body")]
    [InlineData("{'recurring_interval':'month'}", "body.recurring_interval")]
    public async Task WhatAProductCannotBecome(string body, string place)
    {
        using var shop = new Shop();
        var id = await shop.Product("Harbor");
        var answer = await shop.Patch($"/v1/products/{id}", body);
        Assert.Equal(422, answer.Status);
        Assert.Equal([place], answer.Places);
        Assert.Null((await shop.Get($"/v1/products/{id}")).Body!["modified_at"]);
    }

    [Fact]
    public async Task AnUpdateChangesWhatItMentions()
    {
        using var shop = new Shop();
        var id = await shop.Product("Offshore");
        var before = (await shop.Get($"/v1/products/{id}")).Body!.AsObject();
        var after = (
            await shop.Patch(
                $"/v1/products/{id}",
                "{'description':null,'trial_interval':null,'trial_interval_count':null,'metadata':{'only':1},'recurring_interval':'month','recurring_interval_count':1}"
            )
        ).Body!.AsObject();
        Assert.Null(after["description"]);
        Assert.Null(after["trial_interval"]);
        Assert.Equal("{\"only\":1}", after["metadata"]!.ToJsonString());
        foreach (
            var name in new[]
            {
                "name",
                "prices",
                "benefits",
                "medias",
                "attached_custom_fields",
                "created_at",
                "visibility",
            }
        )
        {
            Assert.True(JsonNode.DeepEquals(before[name], after[name]), name);
        }
    }

    [Fact]
    public async Task BenefitsOfAProductAreReplacedInOrder()
    {
        using var shop = new Shop();
        var id = await shop.Product("Deckhand");
        var benefits = (await shop.Get("/v1/benefits/")).Texts("id").Take(3).Reverse().ToArray();
        var answer = await shop.Post(
            $"/v1/products/{id}/benefits",
            new JsonObject
            {
                ["benefits"] = new JsonArray([.. benefits.Select(benefit => (JsonNode)benefit)]),
            }.ToJsonString()
        );
        Assert.Equal(200, answer.Status);
        Assert.Equal(benefits, answer.Body!["benefits"]!.AsArray().Select(benefit => (string)benefit!["id"]!));

        var unknown = await shop.Post(
            $"/v1/products/{id}/benefits",
            "{'benefits':['0f8fad5b-d9cb-469f-a165-70867728950e']}"
        );
        Assert.Equal(["body.benefits.0"], unknown.Places);
    }

    [Fact]
    public async Task AProductInUseCannotBeDeleted()
    {
        using var shop = new Shop();
        var id = await shop.Product("Baltic Summer Pass");
        Assert.True((bool)(await shop.Get($"/v1/products/{id}")).Body!["is_deletable"]!);
        var discount = await shop.Post(
            "/v1/discounts/",
            $"{{'type':'percentage','name':'Pass','duration':'once','basis_points':100,'products':['{id}']}}"
        );
        Assert.False((bool)(await shop.Get($"/v1/products/{id}")).Body!["is_deletable"]!);
        var refused = await shop.Delete($"/v1/products/{id}");
        Assert.Equal(409, refused.Status);
        Assert.Equal("ProductNotDeletable", refused.Error);

        await shop.Delete($"/v1/discounts/{discount.Id}");
        Assert.True((bool)(await shop.Get($"/v1/products/{id}")).Body!["is_deletable"]!);
        Assert.Equal(204, (await shop.Delete($"/v1/products/{id}")).Status);
        Assert.Equal(404, (await shop.Get($"/v1/products/{id}")).Status);

        // The link that offered it offers the rest, and one that offered nothing else is gone.
        var link = await shop.Get($"/v1/checkout-links/{await shop.Id("checkout-links", "Bulletin, May", "label")}");
        Assert.Equal(2, link.Body!["products"]!.AsArray().Count);
        await shop.Delete($"/v1/products/{await shop.Product("Voyage Credits")}");
        Assert.DoesNotContain("Credits from the app", (await shop.Get("/v1/checkout-links/")).Texts("label"));
    }

    [Fact]
    public async Task WhatIsShownElsewhereIsShownAsItIsNow()
    {
        using var shop = new Shop();
        var harbor = await shop.Product("Harbor");
        var link = await shop.Id("checkout-links", "Pricing page", "label");
        var tide = await shop.Id("discounts", "Spring tide");
        var hotline = await shop.Id("benefits", "Call the duty forecaster", "description");
        await shop.Get($"/v1/checkout-links/{link}");
        await shop.Get($"/v1/discounts/{tide}");
        await shop.Get("/v1/products/");

        await shop.Patch($"/v1/products/{harbor}", "{'name':'Haven'}");
        await shop.Patch($"/v1/benefits/{hotline}", "{'type':'custom','description':'Wake the forecaster'}");
        await shop.Patch($"/v1/discounts/{tide}", "{'name':'Neap tide'}");

        var shown = (await shop.Get($"/v1/checkout-links/{link}")).Body!;
        var product = shown["products"]!.AsArray().First(item => (string)item!["id"]! == harbor)!;
        Assert.Equal("Haven", (string)product["name"]!);
        Assert.Contains(
            product["benefits"]!.AsArray(),
            benefit => (string)benefit!["description"]! == "Wake the forecaster"
        );
        Assert.Equal("Neap tide", (string)shown["discount"]!["name"]!);
        Assert.Contains(
            "Haven",
            (await shop.Get($"/v1/discounts/{tide}")).Body!["products"]!
                .AsArray()
                .Select(item => (string)item!["name"]!)
        );

        await shop.Delete($"/v1/benefits/{hotline}");
        Assert.Single((await shop.Get($"/v1/products/{harbor}")).Body!["benefits"]!.AsArray());
        await shop.Delete($"/v1/discounts/{tide}");
        shown = (await shop.Get($"/v1/checkout-links/{link}")).Body!;
        // A link keeps a discount that was deleted, and ignores it.
        Assert.Equal(tide, (string)shown["discount_id"]!);
    }

    [Fact]
    public async Task DiscountsKnowBothWaysToSayAnAmount()
    {
        using var shop = new Shop();
        var old = await shop.Post(
            "/v1/discounts/",
            "{'type':'fixed','name':'Old way','duration':'once','amount':300,'currency':'eur'}"
        );
        Assert.Equal("{\"eur\":300}", old.Body!["amounts"]!.ToJsonString());
        var current = await shop.Post(
            "/v1/discounts/",
            "{'name':'New way','duration':'repeating','duration_in_months':6,'amounts':{'eur':300,'usd':350}}"
        );
        Assert.Equal("fixed", (string)current.Body!["type"]!);
        Assert.Equal("usd", (string)current.Body["currency"]!);
        Assert.Equal(350, (int)current.Body["amount"]!);
        var changed = await shop.Patch($"/v1/discounts/{current.Id}", "{'amounts':{'gbp':200},'code':'NEWWAY'}");
        Assert.Equal("gbp", (string)changed.Body!["currency"]!);
        Assert.Equal(200, (await shop.Patch($"/v1/discounts/{current.Id}", "{'code':''}")).Status);
        Assert.Null((await shop.Get($"/v1/discounts/{current.Id}")).Body!["code"]);
        Assert.Equal(
            ["body.duration"],
            (await shop.Patch($"/v1/discounts/{current.Id}", "{'duration':'once'}")).Places
        );
    }

    [Theory]
    [InlineData("First season", "{'type':'fixed'}", "body.type")]
    [InlineData("First season", "{'duration':'repeating','duration_in_months':null}", "body.duration_in_months")]
    [InlineData("First season", "{'code':'SpringTide'}", "body.code")]
    [InlineData("First season", "{'name':null}", "body.name")]
    [InlineData("First season", "{'basis_points':0}", "body.basis_points")]
    [InlineData("Spring tide", "{'basis_points':2500}", "body.basis_points")]
    [InlineData("Spring tide", "{'duration':'forever'}", "body.duration")]
    [InlineData("First season", "{'starts_at':'2026-02-01T00:00:00Z','ends_at':'2026-01-01T00:00:00Z'}", "body")]
    [InlineData("First season", "{'amount':1,'amounts':{'usd':1}}", "body")]
    public async Task WhatADiscountCannotBecome(string name, string body, string place)
    {
        using var shop = new Shop();
        var answer = await shop.Patch($"/v1/discounts/{await shop.Id("discounts", name)}", body);
        Assert.Equal(422, answer.Status);
        Assert.Equal([place], answer.Places);
    }
}
