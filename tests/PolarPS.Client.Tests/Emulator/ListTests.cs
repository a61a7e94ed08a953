using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>Paging, narrowing and sorting.</summary>
public sealed class ListTests
{
    [Theory]
    [InlineData("", 10, 266, 27)]
    [InlineData("limit=100", 100, 266, 3)]
    [InlineData("limit=1000", 100, 266, 3)]
    [InlineData("limit=100&page=3", 66, 266, 3)]
    [InlineData("limit=100&page=4", 0, 266, 3)]
    [InlineData("limit=100&page=2147483647", 0, 266, 3)]
    [InlineData("limit=1&page=266", 1, 266, 266)]
    [InlineData("page=1&page=27", 6, 266, 27)]
    [InlineData("query=no+such+product", 0, 0, 0)]
    public async Task PagesAreCut(string query, int items, int total, int pages)
    {
        using var shop = new Shop(new EmulatorOptions { ProductCount = 250 });
        var answer = await shop.Get("/v1/products/?" + query);
        Assert.Equal(200, answer.Status);
        Assert.Equal(items, answer.Items.Count);
        Assert.Equal(total, answer.TotalCount);
        Assert.Equal(pages, answer.MaxPage);
    }

    [Theory]
    [InlineData("astrid.lund@solveig.example", 1)]
    [InlineData("ASTRID.Lund@Solveig.example", 1)]
    [InlineData("astrid.lund", 0)]
    public async Task AnEmailAddressIsFoundWholeAndInAnyCase(string email, int count)
    {
        using var shop = new Shop();
        Assert.Equal(count, (await shop.Get("/v1/customers/?email=" + email)).TotalCount);
    }

    [Theory]
    [InlineData("fairwinds", 1)]
    [InlineData("Fair", 1)]
    [InlineData("fair wi", 0)]
    public async Task ADiscountIsFoundByItsCodeInAnyCaseAndByItsNameAsWritten(string text, int count)
    {
        using var shop = new Shop();
        Assert.Equal(count, (await shop.Get("/v1/discounts/?query=" + text)).TotalCount);
    }

    [Fact]
    public async Task PagesTogetherAreTheWholeList()
    {
        using var shop = new Shop(new EmulatorOptions { ProductCount = 250 });
        foreach (var sorting in new[] { "created_at", "-created_at", "name", "price_amount" })
        {
            var seen = new HashSet<string>();
            for (var page = 1; page <= 10; page++)
            {
                var answer = await shop.Get(
                    string.Create(CultureInfo.InvariantCulture, $"/v1/products/?limit=30&page={page}&sorting={sorting}")
                );
                Assert.All(answer.Texts("id"), id => Assert.True(seen.Add(id)));
            }

            Assert.Equal(266, seen.Count);
        }
    }

    [Theory]
    [InlineData("page=0", "query.page", "greater_than")]
    [InlineData("page=-1", "query.page", "greater_than")]
    [InlineData("page=first", "query.page", "int_parsing")]
    [InlineData("limit=0", "query.limit", "greater_than")]
    [InlineData("limit=2.5", "query.limit", "int_parsing")]
    [InlineData("is_archived=perhaps", "query.is_archived", "bool_parsing")]
    [InlineData("is_recurring=", "query.is_recurring", "bool_parsing")]
    [InlineData("id=5", "query.id", "uuid_parsing")]
    [InlineData("visibility=secret", "query.visibility", "enum")]
    [InlineData("query=%00", "query.query", "value_error")]
    [InlineData("metadata[a]=%00", "query.metadata", "value_error")]
    [InlineData("sorting=weight", "query.sorting", "enum")]
    [InlineData("sorting=name&sorting=--name", "query.sorting", "enum")]
    [InlineData("sorting=name,created_at", "query.sorting", "enum")]
    public async Task NonsenseIsRefused(string query, string place, string type)
    {
        using var shop = new Shop();
        var answer = await shop.Get("/v1/products/?" + query);
        Assert.Equal(422, answer.Status);
        Assert.Equal([place], answer.Places);
        Assert.Equal([type], answer.Types);
    }

    [Fact]
    public async Task EveryMistakeIsTold()
    {
        using var shop = new Shop();
        var answer = await shop.Get("/v1/products/?page=0&limit=none&is_archived=2&id=a&id=b");
        Assert.Equal(["query.page", "query.limit", "query.id", "query.id", "query.is_archived"], answer.Places);
    }

    [Theory]
    [InlineData("products", "query=offshore", "Offshore Annual|Offshore")]
    [InlineData("products", "query=OFFSHORE&query=annual", "Offshore Annual|Harbor Annual")]
    [InlineData("products", "is_archived=true", "Almanac 2024")]
    [InlineData("products", "is_archived=1", "Almanac 2024")]
    [InlineData("products", "visibility=draft", "Night Watch")]
    [InlineData("products", "visibility=draft&visibility=private", "Night Watch")]
    [InlineData("products", "metadata[plan]=harbor", "Harbor Annual|Harbor")]
    [InlineData("products", "metadata%5Bplan%5D=harbor&metadata%5Bplan%5D=fleet", "Fleet|Harbor Annual|Harbor")]
    [InlineData("products", "metadata[plan]=offshore&metadata[featured]=true", "Offshore")]
    [InlineData("products", "metadata[rank]=3", "Fleet")]
    [InlineData("products", "metadata[rank]=three", "")]
    [InlineData("products", "is_recurring=false&query=atlas", "Atlas of the North Sea")]
    [InlineData("products", "unknown=parameter&query=fleet", "Fleet")]
    [InlineData("discounts", "query=sal", "Old salt")]
    [InlineData("discounts", "query=SAL", "")]
    [InlineData("discounts", "query=fairW", "Fair winds")]
    [InlineData("meters", "is_archived=true", "Chart tiles")]
    [InlineData("meters", "metadata[team]=routing", "Routing tokens")]
    [InlineData("custom-fields", "type=text&type=date", "Start of season|Vessel name")]
    [InlineData("custom-fields", "query=home_", "Home waters")]
    [InlineData("organizations", "slug=northwind", "Northwind")]
    [InlineData("organizations", "slug=southwind", "")]
    public async Task FiltersNarrow(string collection, string query, string expected)
    {
        using var shop = new Shop();
        var answer = await shop.Get($"/v1/{collection}/?{query}");
        Assert.Equal(200, answer.Status);
        Assert.Equal(expected, string.Join('|', answer.Texts("name")));
    }

    [Fact]
    public async Task RelationsNarrow()
    {
        using var shop = new Shop();
        var hotline = await shop.Id("benefits", "Call the duty forecaster", "description");
        var plugin = await shop.Id("benefits", "Source of the plotter plugin", "description");
        var harbor = await shop.Product("Harbor");
        var fleet = await shop.Product("Fleet");

        var with = await shop.Get($"/v1/products/?benefit_id={hotline}");
        Assert.Equal(5, with.TotalCount);
        Assert.Equal(["Offshore Annual"], (await shop.Get($"/v1/products/?benefit_id={plugin}")).Texts("name"));
        Assert.Equal(
            ["Fleet", "Harbor"],
            (await shop.Get($"/v1/products/?id={harbor}&id={fleet.ToUpperInvariant()}")).Texts("name")
        );
        Assert.Equal(
            ["Pricing page", "Charter companies", "Sailing school"],
            (await shop.Get($"/v1/checkout-links/?product_id={harbor}&product_id={fleet}")).Texts("label")
        );
        Assert.Equal(
            ["custom"],
            (await shop.Get($"/v1/benefits/?id={hotline}&id={plugin}&exclude_id={plugin}")).Texts("type")
        );
        Assert.Equal(
            ["meter_credit", "license_keys"],
            (await shop.Get("/v1/benefits/?type=meter_credit&type=license_keys")).Texts("type")
        );
        Assert.Equal(16, (await shop.Get($"/v1/products/?organization_id={shop.Emulator.OrganizationId}")).TotalCount);
    }

    [Theory]
    [InlineData("products", "limit=3", "Night Watch|Almanac 2024|Keep the Lighthouse Lit")]
    [InlineData("products", "limit=3&sorting=created_at", "Deckhand|Harbor|Harbor Annual")]
    [InlineData("products", "limit=3&sorting=-name", "Voyage Credits|Skipper's Course|Seto Inland Sea Pilot")]
    [InlineData("products", "limit=2&sorting=price_amount&is_recurring=true", "Deckhand|Harbor")]
    [InlineData(
        "products",
        "limit=2&sorting=price_amount_type&sorting=-name",
        "Keep the Lighthouse Lit|Voyage Credits"
    )]
    [InlineData("checkout-links", "limit=2", "Pricing page|Bulletin, May")]
    [InlineData(
        "checkout-links",
        "limit=2&sorting=allow_discount_codes&sorting=label",
        "Bulletin, May|Charter companies"
    )]
    [InlineData("checkout-links", "sorting=success_url&limit=2", "Pricing page|Credits from the app")]
    [InlineData("discounts", "limit=2", "Fair winds|First season")]
    [InlineData("discounts", "limit=2&sorting=-redemptions_count", "Boat show 2025|Spring tide")]
    [InlineData("discounts", "sorting=ends_at&limit=1", "Boat show 2025")]
    [InlineData("discounts", "sorting=-code&limit=2", "Old salt|Spring tide")]
    [InlineData("meters", "", "Chart tiles|Forecast requests|Routing tokens")]
    [InlineData("custom-fields", "limit=2", "Bulletin|Crew size")]
    public async Task ListsAreSorted(string collection, string query, string expected)
    {
        using var shop = new Shop();
        var answer = await shop.Get($"/v1/{collection}/?{query}");
        Assert.Equal(200, answer.Status);
        Assert.Equal(expected, string.Join('|', answer.Texts(collection == "checkout-links" ? "label" : "name")));
    }

    [Fact]
    public async Task ListsShowWhatIsThereNow()
    {
        using var shop = new Shop();
        Assert.Equal(16, (await shop.Get("/v1/products/")).TotalCount);
        var made = await shop.Post("/v1/products/", "{'name':'Foghorn','prices':[{'amount_type':'free'}]}");
        var list = await shop.Get("/v1/products/");
        Assert.Equal(17, list.TotalCount);
        Assert.Equal(made.Id, list.Texts("id").First());

        await shop.Patch($"/v1/products/{made.Id}", "{'name':'Bell buoy'}");
        Assert.Equal("Bell buoy", (await shop.Get("/v1/products/")).Texts("name").First());

        await shop.Delete($"/v1/products/{made.Id}");
        Assert.Equal(16, (await shop.Get("/v1/products/")).TotalCount);
    }

    [Fact]
    public async Task AnEmptyShopHasOnlyItsOrganization()
    {
        using var shop = new Shop(new EmulatorOptions { Empty = true });
        foreach (var collection in new[] { "products", "checkout-links", "discounts", "benefits", "meters" })
        {
            var list = await shop.Get($"/v1/{collection}/");
            Assert.Empty(list.Items);
            Assert.Equal(0, list.TotalCount);
            Assert.Equal(0, list.MaxPage);
        }

        Assert.Equal(1, (await shop.Get("/v1/organizations/")).TotalCount);
    }
}
