using System.Text.Json;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>What would not change is not sent; what goes with a change is told.</summary>
public class UpdateComparisonTests
{
    private const string Id = "8cabdca5-cf97-4f4e-851c-fddffa691a55";
    private const string First = "11111111-0a5b-4c0f-8e1d-ba9876543210";
    private const string Second = "22222222-0a5b-4c0f-8e1d-ba9876543210";

    private const string ProductJson = $$"""
        {
          "id": "{{Id}}", "name": "Harbor", "description": null, "visibility": "public", "is_archived": false,
          "recurring_interval": "month", "recurring_interval_count": 1, "trial_interval": null, "trial_interval_count": null,
          "metadata": { "Plan-Name": "pro", "rank": 2, "ratio": 0.1, "on": true },
          "medias": [{ "id": "{{First}}", "name": "a.png" }, { "id": "{{Second}}", "name": "b.png" }],
          "benefits": [{ "id": "{{First}}", "description": "Atlas" }, { "id": "{{Second}}", "description": "Discord" }],
          "attached_custom_fields": [
            { "custom_field_id": "{{First}}", "order": 0, "required": true, "custom_field": { "id": "{{First}}", "name": "Vessel" } }
          ],
          "prices": [
            { "id": "{{First}}", "amount_type": "fixed", "price_currency": "usd", "price_amount": 1999, "tax_behavior": null, "is_archived": false, "source": "catalog" },
            { "id": "{{Second}}", "amount_type": "fixed", "price_currency": "eur", "price_amount": 1800, "tax_behavior": "inclusive", "is_archived": false, "source": "catalog" }
          ],
          "added_later": "x"
        }
        """;

    private const string BenefitJson = $$"""
        {
          "id": "{{Id}}", "type": "license_keys", "description": "Key", "visibility": "public", "metadata": {},
          "properties": {
            "prefix": "PLOT", "expires": { "ttl": 1, "timeframe": "year" },
            "activations": { "limit": 3, "enable_customer_admin": true }, "limit_usage": 500
          }
        }
        """;

    private static readonly Dictionary<string, (Func<ProductUpdate> Make, bool IsChanged)> Updates = new()
    {
        ["name"] = (() => new ProductUpdate { Name = "Harbor" }, false),
        ["another name"] = (() => new ProductUpdate { Name = "Harbour" }, true),
        ["name in capitals"] = (() => new ProductUpdate { Name = "HARBOR" }, true),
        ["no description"] = (() => new ProductUpdate { Description = null }, false),
        ["empty description"] = (() => new ProductUpdate { Description = "" }, false),
        ["blank description"] = (() => new ProductUpdate { Description = " " }, true),
        ["visibility"] = (() => new ProductUpdate { Visibility = "public" }, false),
        ["no visibility"] = (() => new ProductUpdate { Visibility = null }, true),
        ["archived"] = (() => new ProductUpdate { IsArchived = true }, true),
        ["not archived"] = (() => new ProductUpdate { IsArchived = false }, false),
        ["trial"] = (() => new ProductUpdate { TrialInterval = "week", TrialIntervalCount = 2 }, true),
        ["no trial"] = (() => new ProductUpdate { TrialInterval = null, TrialIntervalCount = null }, false),
        ["interval"] = (() => new ProductUpdate { RecurringInterval = "month", RecurringIntervalCount = 1 }, false),
        ["interval count"] = (() => new ProductUpdate { RecurringIntervalCount = 2 }, true),
        ["metadata"] = (() => Metadata(("rank", 2), ("Plan-Name", "pro"), ("ratio", 0.1), ("on", true)), false),
        ["metadata, a key in another case"] = (
            () => Metadata(("rank", 2), ("plan-name", "pro"), ("ratio", 0.1), ("on", true)),
            true
        ),
        ["metadata, a number as text"] = (
            () => Metadata(("rank", "2"), ("Plan-Name", "pro"), ("ratio", 0.1), ("on", true)),
            true
        ),
        ["metadata, true as text"] = (
            () => Metadata(("rank", 2), ("Plan-Name", "pro"), ("ratio", 0.1), ("on", "true")),
            true
        ),
        ["metadata, the last digit"] = (
            () => Metadata(("rank", 2), ("Plan-Name", "pro"), ("ratio", 0.10000000000000002), ("on", true)),
            true
        ),
        ["metadata, fewer"] = (() => Metadata(("rank", 2)), true),
        ["metadata, more"] = (
            () => Metadata(("rank", 2), ("Plan-Name", "pro"), ("ratio", 0.1), ("on", true), ("new", 1)),
            true
        ),
        ["no metadata"] = (() => Metadata(), true),
        ["medias"] = (() => new ProductUpdate { Medias = [First, Second] }, false),
        ["medias in capitals"] = (
            () => new ProductUpdate { Medias = [First.ToUpperInvariant(), Second.ToUpperInvariant()] },
            false
        ),
        ["medias in another order"] = (() => new ProductUpdate { Medias = [Second, First] }, true),
        ["one media"] = (() => new ProductUpdate { Medias = [First] }, true),
        ["custom field"] = (() => Field(required: true), false),
        ["custom field, not required"] = (() => Field(required: false), true),
        ["no custom field"] = (() => new ProductUpdate { AttachedCustomFields = [] }, true),
        ["prices by id"] = (() => Prices(PriceInput.Keep(First), PriceInput.Keep(Second)), false),
        ["prices by id, in another order"] = (() => Prices(PriceInput.Keep(Second), PriceInput.Keep(First)), false),
        ["one price by id"] = (() => Prices(PriceInput.Keep(First)), true),
        ["an equal new price, and one by id"] = (() => Prices(Fixed(1999, null), PriceInput.Keep(Second)), false),
        ["equal new prices"] = (() => Prices(Fixed(1999, "usd"), Fixed(1800, "eur", "inclusive")), false),
        ["equal new prices, one twice"] = (
            () => Prices(Fixed(1999, "usd"), Fixed(1999, "usd"), PriceInput.Keep(Second)),
            true
        ),
        ["an equal price of another tax"] = (() => Prices(Fixed(1999, "usd"), Fixed(1800, "eur")), true),
        ["another amount"] = (() => Prices(Fixed(2199, "usd"), PriceInput.Keep(Second)), true),
        ["another currency"] = (() => Prices(Fixed(1999, "cad"), PriceInput.Keep(Second)), true),
        ["a price of another product"] = (
            () => Prices(PriceInput.Keep(First), PriceInput.Keep(Second), PriceInput.Keep(Id)),
            true
        ),
        ["no prices"] = (() => Prices(), true),
        ["a field of tomorrow"] = (() => Later("unheard_of", 1), true),
        ["a field that came later, as it is"] = (() => Later("added_later", "x"), false),
        ["a field that came later, changed"] = (() => Later("added_later", "y"), true),
        ["one that changes among those that do not"] = (
            () => new ProductUpdate { Name = "Harbor", Description = "New" },
            true
        ),
    };

    public static TheoryData<string> UpdateNames => [.. Updates.Keys];

    [Theory]
    [MemberData(nameof(UpdateNames))]
    public async Task AProductThatWouldNotChangeIsNotSent(string name)
    {
        var (make, isChanged) = Updates[name];
        var stub = new Stub(ProductJson);

        var product = await stub.Client.Products.UpdateIfChangedAsync(Id, make());

        Assert.Equal("Harbor", product.Name);
        string[] expected = isChanged ? ["GET", "PATCH"] : ["GET"];
        Assert.Equal(expected, stub.Requests.Select(request => request.Method));
        Assert.Equal(!isChanged, UpdateComparison.Of(product, make()).ChangesNothing);
    }

    [Fact]
    public async Task WhatIsSentIsWhatWasSet()
    {
        var stub = new Stub(ProductJson);

        await stub.Client.Products.UpdateIfChangedAsync(
            Id,
            new ProductUpdate { Name = "Harbor", Prices = [Fixed(1999, "usd"), Fixed(900, "gbp")] }
        );

        Assert.Equal(
            $$"""{"name":"Harbor","prices":[{"id":"{{First}}"},{"amount_type":"fixed","price_amount":900,"price_currency":"gbp"}]}""",
            stub.Requests[1].Body
        );
    }

    [Fact]
    public async Task BenefitsOfAProductAreSetOnlyWhereTheyDiffer()
    {
        var stub = new Stub(ProductJson);

        await stub.Client.Products.UpdateBenefitsIfChangedAsync(Id, [First, Second]);
        Assert.Single(stub.Requests);

        await stub.Client.Products.UpdateBenefitsIfChangedAsync(Id, [Second, First]);
        Assert.Equal("POST", stub.Requests[^1].Method);
    }

    [Theory]
    [InlineData("PLOT", 1, "year", 3, true, 500, false)]
    [InlineData("PLOT", 1, "year", 3, true, null, true)]
    [InlineData("PLOT", 2, "year", 3, true, 500, true)]
    [InlineData("PLOT", 1, "year", 4, true, 500, true)]
    [InlineData("PLOT", 1, "year", 3, false, 500, true)]
    [InlineData("plot", 1, "year", 3, true, 500, true)]
    [InlineData(null, 1, "year", 3, true, 500, true)]
    public async Task ABenefitThatWouldNotChangeIsNotSent(
        string? prefix,
        int ttl,
        string timeframe,
        int limit,
        bool admin,
        int? usage,
        bool isChanged
    )
    {
        var stub = new Stub(BenefitJson);

        await stub.Client.Benefits.UpdateIfChangedAsync(
            Id,
            new BenefitUpdate
            {
                Type = "license_keys",
                Properties = new BenefitPropertiesInput
                {
                    Prefix = prefix,
                    Expires = new LicenseKeyExpiration { Ttl = ttl, Timeframe = timeframe },
                    Activations = new LicenseKeyActivationLimit { Limit = limit, EnableCustomerAdmin = admin },
                    LimitUsage = usage,
                },
            }
        );

        Assert.Equal(isChanged ? 2 : 1, stub.Requests.Count);
    }

    [Fact]
    public async Task PropertiesThatAreLeftOutWouldBeLostAndCountAsAChange()
    {
        var benefit = await new Stub(BenefitJson).Client.Benefits.GetAsync(Id);
        var comparison = UpdateComparison.Of(
            benefit,
            new BenefitUpdate { Properties = new BenefitPropertiesInput { Prefix = "PLOT" } }
        );

        Assert.False(comparison.ChangesNothing);
        Assert.Equal(["Expires", "Activations", "LimitUsage"], comparison.Lost("properties").Cast<string>());
    }

    [Fact]
    public async Task WhatGoesIsTold()
    {
        var product = await new Stub(ProductJson).Client.Products.GetAsync(Id);
        string[] Lost(ProductUpdate update, string field) =>
            [.. UpdateComparison.Of(product, update).Lost(field).Select(item => item.ToString()!)];

        Assert.Equal(["Plan-Name", "ratio", "on"], Lost(Metadata(("rank", 3)), "metadata"));
        Assert.Empty(Lost(Metadata(("rank", 3)), "name"));
        Assert.Equal(["b.png"], Lost(new ProductUpdate { Medias = [First] }, "medias"));
        Assert.Equal(["Vessel"], Lost(new ProductUpdate { AttachedCustomFields = [] }, "attached_custom_fields"));
        Assert.Empty(Lost(Field(required: false), "attached_custom_fields"));
        Assert.Equal(["€18.00"], Lost(Prices(Fixed(1999, "usd")), "prices"));
        Assert.Equal(
            ["Atlas", "Discord"],
            UpdateComparison
                .Of(product, new ProductBenefitsUpdate { Benefits = [] })
                .Lost("benefits")
                .Select(item => item.ToString())
        );
    }

    [Fact]
    public async Task PricesAreAddedAndTakenAwayBesideTheOthers()
    {
        var product = await new Stub(ProductJson).Client.Products.GetAsync(Id);

        var change = PriceChange.Modify(product, [Fixed(900, "gbp"), Fixed(1999, "usd")], [Second.ToUpperInvariant()]);

        Assert.Equal(["$19.99"], change.Kept.Select(price => price.ToString()));
        Assert.Equal(["£9.00"], change.Added.Select(price => price.ToString()));
        Assert.Equal(["€18.00"], change.Archived.Select(price => price.ToString()));
        Assert.Equal([First, null], change.Prices.Select(price => price.Id));
        Assert.True(PriceChange.Modify(product, [Fixed(1999, "usd")], []).ChangesNothing);
        var problem = Assert.Throws<ArgumentException>(() => PriceChange.Modify(product, [], [Id]));
        Assert.Contains("$19.99", problem.Message);
    }

    [Fact]
    public void AStepMakesADifference()
    {
        ProductPrice price = JsonSerializer.Deserialize(
            """{"id":"x","amount_type":"unit_based","price_currency":"usd","minimum_units":5,"tiers":{"type":"volume","tiers":[{"bound":50,"unit_amount":"300"},{"bound":null,"unit_amount":"250"}]},"unit_label":{"en":{"=1":"pack","other":"packs"}},"maximum_units":null}""",
            PolarJson.Default.ProductPrice
        )!;
        var product = new Product { Prices = [price] };

        Assert.True(PriceChange.Replace(product, [Steps(50, 300, "packs")]).ChangesNothing);
        Assert.False(PriceChange.Replace(product, [Steps(51, 300, "packs")]).ChangesNothing);
        Assert.False(PriceChange.Replace(product, [Steps(50, 301, "packs")]).ChangesNothing);
        Assert.False(PriceChange.Replace(product, [Steps(50, 300, "boxes")]).ChangesNothing);

        static PriceInput Steps(long bound, decimal amount, string label) =>
            new()
            {
                AmountType = "unit_based",
                MinimumUnits = 5,
                Tiers = new PriceTiersInput
                {
                    Type = "volume",
                    Tiers =
                    [
                        new PriceTierInput { Bound = bound, UnitAmount = amount },
                        new PriceTierInput { Bound = null, UnitAmount = 250 },
                    ],
                },
                UnitLabel = new Dictionary<string, IDictionary<string, string>>
                {
                    ["en"] = new Dictionary<string, string> { ["=1"] = "pack", ["other"] = label },
                },
            };
    }

    private static ProductUpdate Metadata(params (string Key, object? Value)[] entries) =>
        new() { Metadata = entries.ToDictionary(entry => entry.Key, entry => entry.Value) };

    private static ProductUpdate Prices(params PriceInput[] prices) => new() { Prices = prices };

    private static ProductUpdate Field(bool required) =>
        new() { AttachedCustomFields = [new AttachedCustomFieldInput { CustomFieldId = First, Required = required }] };

    private static ProductUpdate Later(string name, object value)
    {
        var update = new ProductUpdate();
        update.SetField(name, value);
        return update;
    }

    private static PriceInput Fixed(long amount, string? currency, string? tax = null)
    {
        var price = new PriceInput { AmountType = "fixed", PriceAmount = amount };
        if (currency is not null)
        {
            price.PriceCurrency = currency;
        }

        if (tax is not null)
        {
            price.TaxBehavior = tax;
        }

        return price;
    }
}
