// Long because it has a row for each field that the emulator refuses.
using System.Text.Json.Nodes;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>Bodies that are refused: where, and as what.</summary>
public sealed class ValidationTests
{
    private const string OneTime = "body.ProductCreateOneTime.";
    private const string Recurring = "body.ProductCreateRecurring.";

    [Theory]
    [InlineData("{}", OneTime + "name|" + OneTime + "prices", "missing|missing")]
    [InlineData("{'recurring_interval':'month'}", Recurring + "name|" + Recurring + "prices", "missing|missing")]
    [InlineData("{'name':'ab','prices':[{'amount_type':'free'}]}", OneTime + "name", "string_too_short")]
    [InlineData("{'name':7,'prices':[{'amount_type':'free'}]}", OneTime + "name", "string_type")]
    [InlineData("{'name':null,'prices':[{'amount_type':'free'}]}", OneTime + "name", "string_type")]
    [InlineData("{'name':'Foghorn','prices':[]}", OneTime + "prices", "too_short")]
    [InlineData("{'name':'Foghorn','prices':{}}", OneTime + "prices", "list_type")]
    [InlineData("{'name':'Foghorn','prices':[5]}", OneTime + "prices.0", "model_attributes_type")]
    [InlineData("{'name':'Foghorn','prices':[{}]}", OneTime + "prices.0", "union_tag_not_found")]
    [InlineData("{'name':'Foghorn','prices':[{'amount_type':'gift'}]}", OneTime + "prices.0", "union_tag_invalid")]
    [InlineData("{'name':'Foghorn','prices':[{'amount_type':null}]}", OneTime + "prices.0", "union_tag_invalid")]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'fixed'}]}",
        OneTime + "prices.0.fixed.price_amount",
        "missing"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'fixed','price_amount':-1}]}",
        OneTime + "prices.0.fixed.price_amount",
        "greater_than_equal"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'fixed','price_amount':9.5}]}",
        OneTime + "prices.0.fixed.price_amount",
        "int_from_float"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'fixed','price_amount':'ten'}]}",
        OneTime + "prices.0.fixed.price_amount",
        "int_parsing"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'fixed','price_amount':true}]}",
        OneTime + "prices.0.fixed.price_amount",
        "int_type"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'fixed','price_amount':49}]}",
        OneTime + "prices.0.fixed.price_amount",
        "minimum_price"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'fixed','price_amount':79,'price_currency':'jpy'}]}",
        OneTime + "prices.0.fixed.price_amount",
        "minimum_price"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'fixed','price_amount':100000000}]}",
        OneTime + "prices.0.fixed.price_amount",
        "maximum_price"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'fixed','price_amount':100,'price_currency':'USD'}]}",
        OneTime + "prices.0.fixed.price_currency",
        "enum"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'custom','minimum_amount':10}]}",
        OneTime + "prices.0.custom.minimum_amount",
        "minimum_price"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'seat_based','seat_tiers':{'tiers':[{'min_seats':1,'max_seats':4,'price_per_seat':100},{'min_seats':6,'price_per_seat':90}]}}]}",
        OneTime + "prices.0.seat_based.seat_tiers.tiers",
        "value_error"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'seat_based','seat_tiers':{'tiers':[{'min_seats':1,'price_per_seat':100},{'min_seats':6,'price_per_seat':90}]}}]}",
        OneTime + "prices.0.seat_based.seat_tiers.tiers",
        "value_error"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'unit_based','tiers':{'type':'volume','tiers':[{'bound':9,'unit_amount':'1.5'}]}}]}",
        OneTime + "prices.0.unit_based",
        "value_error"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'unit_based','tiers':{'type':'volume','tiers':[{'bound':9,'unit_amount':100},{'bound':9,'unit_amount':90}]}}]}",
        OneTime + "prices.0.unit_based.tiers.tiers",
        "duplicate_tier_bound"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'unit_based','minimum_units':10,'tiers':{'type':'volume','tiers':[{'bound':9,'unit_amount':100}]}}]}",
        OneTime + "prices.0.unit_based",
        "value_error"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'unit_based','unit_label':{'en':{'=1':'buoy'}},'tiers':{'type':'volume','tiers':[{'unit_amount':100}]}}]}",
        OneTime + "prices.0.unit_based.unit_label",
        "missing_other_plural"
    )]
    [InlineData(
        "{'name':'Foghorn','recurring_interval':'month','prices':[{'amount_type':'metered_unit','meter_id':'{meter}','unit_amount':'0'}]}",
        Recurring + "prices.0.metered_unit.unit_amount",
        "greater_than"
    )]
    [InlineData(
        "{'name':'Foghorn','recurring_interval':'month','prices':[{'amount_type':'metered_unit','meter_id':'{meter}','unit_amount':'0.0000000000001'}]}",
        Recurring + "prices.0.metered_unit.unit_amount",
        "decimal_max_places"
    )]
    [InlineData(
        "{'name':'Foghorn','recurring_interval':'month','prices':[{'amount_type':'metered_unit','meter_id':'{meter}','unit_amount':'123456'}]}",
        Recurring + "prices.0.metered_unit.unit_amount",
        "decimal_whole_digits"
    )]
    [InlineData(
        "{'name':'Foghorn','recurring_interval':'month','prices':[{'amount_type':'metered_unit','meter_id':'0f8fad5b-d9cb-469f-a165-70867728950e','unit_amount':1}]}",
        "body.prices.0.meter_id|body.prices|body.prices",
        "value_error|too_short|value_error"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'metered_unit','meter_id':'{meter}','unit_amount':1}]}",
        "body.prices.0|body.prices|body.prices",
        "value_error|too_short|value_error"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'free'},{'amount_type':'fixed','price_amount':500}]}",
        "body.prices",
        "value_error"
    )]
    [InlineData(
        "{'name':'Foghorn','prices':[{'amount_type':'custom'},{'amount_type':'fixed','price_amount':500}]}",
        "body.prices",
        "value_error"
    )]
    [InlineData(
        "{'name':'Foghorn','recurring_interval':'fortnight','prices':[{'amount_type':'free'}]}",
        Recurring + "recurring_interval",
        "enum"
    )]
    [InlineData(
        "{'name':'Foghorn','recurring_interval':'month','recurring_interval_count':1000,'prices':[{'amount_type':'free'}]}",
        Recurring + "recurring_interval_count",
        "less_than_equal"
    )]
    [InlineData(
        "{'name':'Foghorn','recurring_interval':'month','trial_interval':'day','prices':[{'amount_type':'free'}]}",
        "body.ProductCreateRecurring",
        "missing"
    )]
    [InlineData(
        "{'name':'Foghorn','recurring_interval_count':2,'prices':[{'amount_type':'free'}]}",
        OneTime + "recurring_interval_count",
        "none_required"
    )]
    [InlineData(
        "{'name':'Foghorn','visibility':'hidden','prices':[{'amount_type':'free'}]}",
        OneTime + "visibility",
        "enum"
    )]
    [InlineData(
        "{'name':'Foghorn','medias':['0f8fad5b-d9cb-469f-a165-70867728950e'],'prices':[{'amount_type':'free'}]}",
        "body.medias.0",
        "value_error"
    )]
    [InlineData(
        "{'name':'Foghorn','attached_custom_fields':[{'custom_field_id':'0f8fad5b-d9cb-469f-a165-70867728950e','required':true}],'prices':[{'amount_type':'free'}]}",
        "body.attached_custom_fields.0",
        "value_error"
    )]
    [InlineData("{'name':'Fog\\u0000horn','prices':[{'amount_type':'free'}]}", OneTime + "name", "value_error")]
    [InlineData(
        "{'name':'Foghorn','description':'\\u0000','prices':[{'amount_type':'free'}]}",
        OneTime + "description",
        "value_error"
    )]
    [InlineData(
        "{'name':'Foghorn','metadata':{'a\\u0000':1},'prices':[{'amount_type':'free'}]}",
        OneTime + "metadata.a\0.[key]",
        "value_error"
    )]
    [InlineData(
        "{'name':'Foghorn','metadata':[],'prices':[{'amount_type':'free'}]}",
        OneTime + "metadata",
        "dict_type"
    )]
    [InlineData(
        "{'name':'Foghorn','metadata':null,'prices':[{'amount_type':'free'}]}",
        OneTime + "metadata",
        "dict_type"
    )]
    [InlineData(
        "{'name':'Foghorn','metadata':{'':1},'prices':[{'amount_type':'free'}]}",
        OneTime + "metadata..[key]",
        "string_too_short"
    )]
    [InlineData(
        "{'name':'Foghorn','metadata':{'a':''},'prices':[{'amount_type':'free'}]}",
        OneTime + "metadata.a.constrained-str",
        "string_too_short"
    )]
    [InlineData(
        "{'name':'Foghorn','metadata':{'a':null},'prices':[{'amount_type':'free'}]}",
        OneTime
            + "metadata.a.constrained-str|"
            + OneTime
            + "metadata.a.int|"
            + OneTime
            + "metadata.a.float|"
            + OneTime
            + "metadata.a.bool",
        "string_type|int_type|float_type|bool_type"
    )]
    [InlineData(
        "[]",
        "body.ProductCreateRecurring|body.ProductCreateOneTime",
        "model_attributes_type|model_attributes_type"
    )]
    public async Task Products(string body, string places, string types) =>
        await Refused("/v1/products/", body, places, types);

    [Theory]
    [InlineData(
        "{'payment_processor':'stripe'}",
        "body.CheckoutLinkCreateProductPrice.product_price_id|body.CheckoutLinkCreateProduct.product_id|body.CheckoutLinkCreateProducts.products",
        "missing|missing|missing"
    )]
    [InlineData("{'products':['{product}']}", "body.CheckoutLinkCreateProducts.payment_processor", "missing")]
    [InlineData(
        "{'payment_processor':'paper','products':['{product}']}",
        "body.CheckoutLinkCreateProducts.payment_processor",
        "literal_error"
    )]
    [InlineData(
        "{'payment_processor':'stripe','products':[]}",
        "body.CheckoutLinkCreateProducts.products",
        "too_short"
    )]
    [InlineData(
        "{'payment_processor':'stripe','products':['x','{product}',3]}",
        "body.CheckoutLinkCreateProducts.products.0|body.CheckoutLinkCreateProducts.products.2",
        "uuid_parsing|uuid_type"
    )]
    [InlineData(
        "{'payment_processor':'stripe','product_id':'x'}",
        "body.CheckoutLinkCreateProduct.product_id",
        "uuid_parsing"
    )]
    [InlineData(
        "{'payment_processor':'stripe','product_price_id':'x'}",
        "body.CheckoutLinkCreateProductPrice.product_price_id",
        "uuid_parsing"
    )]
    [InlineData(
        "{'payment_processor':'stripe','products':['0f8fad5b-d9cb-469f-a165-70867728950e']}",
        "body.products.0",
        "value_error"
    )]
    [InlineData(
        "{'payment_processor':'stripe','product_id':'0f8fad5b-d9cb-469f-a165-70867728950e'}",
        "body.products.0",
        "value_error"
    )]
    [InlineData(
        "{'payment_processor':'stripe','product_price_id':'0f8fad5b-d9cb-469f-a165-70867728950e'}",
        "body.product_price_id",
        "value_error"
    )]
    [InlineData("{'payment_processor':'stripe','products':['{archived}']}", "body.products.0", "value_error")]
    [InlineData(
        "{'payment_processor':'stripe','products':['{product}'],'discount_id':'0f8fad5b-d9cb-469f-a165-70867728950e'}",
        "body.discount_id",
        "value_error"
    )]
    [InlineData(
        "{'payment_processor':'stripe','products':['{fleet}'],'discount_id':'{springTide}'}",
        "body.discount_id",
        "value_error"
    )]
    [InlineData("{'payment_processor':'stripe','products':['{product}'],'seats':5}", "body.seats", "value_error")]
    [InlineData("{'payment_processor':'stripe','products':['{fleet}'],'seats':2}", "body.seats", "value_error")]
    [InlineData("{'payment_processor':'stripe','products':['{fleet}'],'units':5}", "body.units", "value_error")]
    [InlineData("{'payment_processor':'stripe','products':['{buoys}'],'units':1}", "body.units", "value_error")]
    [InlineData(
        "{'payment_processor':'stripe','products':['{fleet}'],'seats':10001}",
        "body.CheckoutLinkCreateProducts.seats",
        "less_than_equal"
    )]
    [InlineData(
        "{'payment_processor':'stripe','products':['{product}'],'success_url':'/thanks'}",
        "body.CheckoutLinkCreateProducts.success_url",
        "url_parsing"
    )]
    [InlineData(
        "{'payment_processor':'stripe','products':['{product}'],'return_url':'ftp://northwind.example'}",
        "body.CheckoutLinkCreateProducts.return_url",
        "url_scheme"
    )]
    [InlineData(
        "{'payment_processor':'stripe','products':['{product}'],'trial_interval_count':3}",
        "body.CheckoutLinkCreateProducts",
        "missing"
    )]
    public async Task CheckoutLinks(string body, string places, string types) =>
        await Refused("/v1/checkout-links/", body, places, types);

    [Theory]
    [InlineData("{}", "body", "union_tag_not_found")]
    [InlineData("{'type':'gift'}", "body", "union_tag_invalid")]
    [InlineData("{'type':'percentage','name':'X','duration':'once'}", "body.percentage.basis_points", "missing")]
    [InlineData(
        "{'type':'percentage','name':'','duration':'once','basis_points':10001}",
        "body.percentage.name|body.percentage.basis_points",
        "string_too_short|less_than_equal"
    )]
    [InlineData(
        "{'type':'percentage','name':'X','duration':'twice','basis_points':1}",
        "body.percentage.duration",
        "enum"
    )]
    [InlineData(
        "{'type':'percentage','name':'X','duration':'repeating','basis_points':1}",
        "body.percentage",
        "value_error"
    )]
    [InlineData(
        "{'type':'percentage','name':'X','duration':'once','duration_in_months':2,'basis_points':1}",
        "body.percentage",
        "value_error"
    )]
    [InlineData(
        "{'type':'percentage','name':'X','code':'a b','duration':'once','basis_points':1}",
        "body.percentage.code",
        "value_error"
    )]
    [InlineData(
        "{'type':'percentage','name':'X','code':'ab','duration':'once','basis_points':1}",
        "body.percentage.code",
        "value_error"
    )]
    [InlineData(
        "{'type':'percentage','name':'X','code':'fairwinds','duration':'once','basis_points':1}",
        "body.code",
        "value_error"
    )]
    [InlineData(
        "{'type':'percentage','name':'X','duration':'once','basis_points':1,'starts_at':'2026-02-01T00:00:00Z','ends_at':'2026-01-01T00:00:00Z'}",
        "body.percentage",
        "value_error"
    )]
    [InlineData(
        "{'type':'percentage','name':'X','duration':'once','basis_points':1,'starts_at':'soon'}",
        "body.percentage.starts_at",
        "datetime_from_date_parsing"
    )]
    [InlineData(
        "{'type':'percentage','name':'X','duration':'once','basis_points':1,'max_redemptions':0}",
        "body.percentage.max_redemptions",
        "greater_than_equal"
    )]
    [InlineData(
        "{'type':'percentage','name':'X','duration':'once','basis_points':1,'products':['0f8fad5b-d9cb-469f-a165-70867728950e']}",
        "body.products.0",
        "value_error"
    )]
    [InlineData("{'type':'fixed','name':'X','duration':'once'}", "body.fixed", "value_error")]
    [InlineData(
        "{'type':'fixed','name':'X','duration':'once','amount':1,'amounts':{'usd':1}}",
        "body.fixed",
        "value_error"
    )]
    [InlineData("{'type':'fixed','name':'X','duration':'once','amounts':{}}", "body.fixed.amounts", "too_short")]
    [InlineData(
        "{'type':'fixed','name':'X','duration':'once','amounts':{'gold':1}}",
        "body.fixed.amounts.gold.[key]",
        "enum"
    )]
    [InlineData(
        "{'type':'fixed','name':'X','duration':'once','amounts':{'usd':-1}}",
        "body.fixed.amounts.usd",
        "greater_than_equal"
    )]
    public async Task Discounts(string body, string places, string types) =>
        await Refused("/v1/discounts/", body, places, types);

    [Theory]
    [InlineData("{}", "body", "union_tag_not_found")]
    [InlineData("{'type':'teleport'}", "body", "union_tag_invalid")]
    [InlineData("{'type':'custom'}", "body.custom.description|body.custom.properties", "missing|missing")]
    [InlineData("{'type':'custom','description':'ab','properties':{}}", "body.custom.description", "string_too_short")]
    [InlineData(
        "{'type':'custom','description':'A description that is longer than they may be','properties':{}}",
        "body.custom.description",
        "string_too_long"
    )]
    [InlineData(
        "{'type':'custom','description':'Wave','properties':7}",
        "body.custom.properties",
        "model_attributes_type"
    )]
    [InlineData(
        "{'type':'discord','description':'Wave','properties':{'guild_id':1,'role_id':'2','kick_member':'perhaps'}}",
        "body.discord.properties.guild_id|body.discord.properties.kick_member",
        "string_type|bool_parsing"
    )]
    [InlineData(
        "{'type':'github_repository','description':'Wave','properties':{'repository_owner':'o','repository_name':'n','permission':'all'}}",
        "body.github_repository.properties.permission",
        "literal_error"
    )]
    [InlineData(
        "{'type':'downloadables','description':'Wave','properties':{'files':[]}}",
        "body.downloadables.properties.files",
        "too_short"
    )]
    [InlineData(
        "{'type':'downloadables','description':'Wave','properties':{'files':['0f8fad5b-d9cb-469f-a165-70867728950e']}}",
        "body.properties.files.0",
        "value_error"
    )]
    [InlineData(
        "{'type':'license_keys','description':'Wave','properties':{'expires':{'ttl':0,'timeframe':'week'},'activations':{'limit':0,'enable_customer_admin':true}}}",
        "body.license_keys.properties.expires.ttl|body.license_keys.properties.expires.timeframe|body.license_keys.properties.activations.limit",
        "greater_than|literal_error|greater_than"
    )]
    [InlineData(
        "{'type':'meter_credit','description':'Wave','properties':{'units':1,'rollover':false,'meter_id':'0f8fad5b-d9cb-469f-a165-70867728950e'}}",
        "body.properties.meter_id",
        "value_error"
    )]
    [InlineData(
        "{'type':'slack_shared_channel','description':'Wave','properties':{'slack_integration_id':'x','channel_name_template':''}}",
        "body.slack_shared_channel.properties.slack_integration_id|body.slack_shared_channel.properties.channel_name_template",
        "uuid_parsing|string_too_short"
    )]
    public async Task Benefits(string body, string places, string types) =>
        await Refused("/v1/benefits/", body, places, types);

    [Theory]
    [InlineData("{}", "body.name|body.slug", "missing|missing")]
    [InlineData("{'name':'Gale','slug':'G!'}", "body.slug", "string_too_short")]
    [InlineData("{'name':'Gale','slug':'Gale Force'}", "body.slug", "string_pattern_mismatch")]
    [InlineData("{'name':'Gale','slug':'northwind'}", "body.slug", "value_error")]
    [InlineData("{'name':'Gale','slug':'gale','email':'gale'}", "body.email", "value_error")]
    [InlineData("{'name':'Gale','slug':'gale','country':'RU'}", "body.country", "enum")]
    [InlineData(
        "{'name':'Gale','slug':'gale','socials':[{'platform':'fax','url':'https://x.example'}]}",
        "body.socials.0.platform",
        "enum"
    )]
    [InlineData(
        "{'name':'Gale','slug':'gale','default_presentment_currency':'xyz'}",
        "body.default_presentment_currency",
        "enum"
    )]
    public async Task Organizations(string body, string places, string types)
    {
        using var shop = new Shop();
        shop.Token = shop.Emulator.CreateUserToken();
        var answer = await shop.Post("/v1/organizations/", body);
        Assert.Equal(422, answer.Status);
        Assert.Equal(places, string.Join('|', answer.Places));
        Assert.Equal(types, string.Join('|', answer.Types));
    }

    [Fact]
    public async Task MetadataHasLimits()
    {
        using var shop = new Shop();
        var product = await shop.Product("Harbor");
        async Task<Answer> Try(params (string Key, JsonNode Value)[] members)
        {
            var metadata = new JsonObject();
            foreach (var (key, value) in members)
            {
                metadata[key] = value;
            }

            return await shop.Patch(
                $"/v1/products/{product}",
                new JsonObject { ["metadata"] = metadata }.ToJsonString()
            );
        }

        (string, JsonNode)[] Many(int count) =>
            Enumerable.Range(0, count).Select(i => ($"key{i}", (JsonNode)i)).ToArray();

        Assert.Equal(200, (await Try(Many(50))).Status);
        Assert.Equal(["too_long"], (await Try(Many(51))).Types);
        Assert.Equal(200, (await Try((new string('k', 40), "v"))).Status);
        Assert.Equal(["string_too_long"], (await Try((new string('k', 41), "v"))).Types);
        Assert.Equal(200, (await Try(("k", new string('v', 500)))).Status);
        var tooLong = await Try(("k", new string('v', 501)));
        Assert.Equal(["body.metadata.k.constrained-str"], tooLong.Places);
        Assert.Equal(500, (int)tooLong.Body!["detail"]![0]!["ctx"]!["max_length"]!);
        Assert.Equal(["string_type", "int_type", "float_type", "bool_type"], (await Try(("k", new JsonArray()))).Types);

        var kept = await Try(("text", "a"), ("whole", 3), ("part", 0.25), ("flag", false));
        Assert.Equal(
            "{\"text\":\"a\",\"whole\":3,\"part\":0.25,\"flag\":false}",
            kept.Body!["metadata"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task WhoSendsTheOrganizationDependsOnTheToken()
    {
        using var shop = new Shop();
        const string body = "{'name':'Foghorn','prices':[{'amount_type':'free'}]{more}}";
        string With(string? organization) =>
            body.Replace(
                "{more}",
                organization is null ? string.Empty : $",'organization_id':'{organization}'",
                StringComparison.Ordinal
            );
        var own = shop.Emulator.OrganizationId;

        var redundant = await shop.Post("/v1/products/", With(own));
        Assert.Equal(422, redundant.Status);
        Assert.Equal("PolarRequestValidationError", redundant.Error);
        Assert.Equal(["organization_token"], redundant.Types);
        Assert.Equal(["body.organization_id"], redundant.Places);

        shop.Token = shop.Emulator.CreateUserToken();
        var missing = await shop.Post("/v1/products/", With(null));
        Assert.Equal(["missing"], missing.Types);
        Assert.Equal(["body.organization_id"], missing.Places);
        Assert.Equal(201, (await shop.Post("/v1/products/", With(own))).Status);
        var unknown = await shop.Post("/v1/products/", With("0f8fad5b-d9cb-469f-a165-70867728950e"));
        Assert.Equal(["value_error"], unknown.Types);

        async Task<Answer> Narrowed(string organization) =>
            await shop.Send(
                System.Net.Http.HttpMethod.Post,
                "/v1/products/",
                With(null),
                request => request.Headers.Add("Polar-Organization", organization)
            );
        Assert.Equal(201, (await Narrowed(own)).Status);
        Assert.Equal(403, (await Narrowed("0f8fad5b-d9cb-469f-a165-70867728950e")).Status);
        Assert.Equal(403, (await Narrowed("northwind")).Status);
    }

    [Fact]
    public async Task ValuesAreConvertedAsTheApiDoes()
    {
        using var shop = new Shop();
        var answer = await shop.Post(
            "/v1/products/",
            "{'name':'Foghorn','recurring_interval':'month','recurring_interval_count':'2','surprise':{},"
                + "'prices':[{'amount_type':'metered_unit','meter_id':'{meter}','unit_amount':0.50,'cap_amount':1e3},".Replace(
                    "{meter}",
                    (await shop.Id("meters", "Forecast requests")).ToUpperInvariant(),
                    StringComparison.Ordinal
                )
                + "{'amount_type':'fixed','price_amount':500.0}],'description':''}"
        );
        Assert.Equal(201, answer.Status);
        Assert.Equal(2, (int)answer.Body!["recurring_interval_count"]!);
        Assert.Equal("0.5", (string)answer.Body["prices"]![0]!["unit_amount"]!);
        Assert.Equal(1000, (int)answer.Body["prices"]![0]!["cap_amount"]!);
        Assert.Equal(500, (int)answer.Body["prices"]![1]!["price_amount"]!);
        Assert.Null(answer.Body["description"]);
        Assert.False(answer.Body.AsObject().ContainsKey("surprise"));
    }

    private static async Task Refused(string path, string body, string places, string types)
    {
        using var shop = new Shop();
        var before = (await shop.Get(path)).TotalCount;
        body = body.Replace("{meter}", await shop.Id("meters", "Forecast requests"), StringComparison.Ordinal)
            .Replace("{product}", await shop.Product("Harbor"), StringComparison.Ordinal)
            .Replace("{archived}", await shop.Product("Almanac 2024"), StringComparison.Ordinal)
            .Replace("{fleet}", await shop.Product("Fleet"), StringComparison.Ordinal)
            .Replace("{buoys}", await shop.Product("Buoy Feed"), StringComparison.Ordinal)
            .Replace("{springTide}", await shop.Id("discounts", "Spring tide"), StringComparison.Ordinal);

        var answer = await shop.Post(path, body);

        Assert.Equal(422, answer.Status);
        Assert.Equal(places, string.Join('|', answer.Places));
        Assert.Equal(types, string.Join('|', answer.Types));
        Assert.EndsWith("RequestValidationError", answer.Error, StringComparison.Ordinal);
        Assert.All(answer.Body!["detail"]!.AsArray(), entry => Assert.NotEmpty((string)entry!["msg"]!));
        Assert.Equal(before, (await shop.Get(path)).TotalCount);
    }
}
