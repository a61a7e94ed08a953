// Long because it has a row for everything that a request can carry.
using System.Reflection;
using System.Text.Json.Nodes;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>What each method sends: method, path, query and body, to the letter.</summary>
public sealed class RequestTests
{
    private const string Id = "8cabdca5-cf97-4f4e-851c-fddffa691a55";

    // Reads as an object and as a list.
    private const string AnyAnswer = """{"id":"x","items":[],"pagination":{"total_count":0,"max_page":0}}""";

    private static readonly Dictionary<string, Call> Calls = new()
    {
        ["products.get"] = new("GET", $"/v1/products/{Id}", client => client.Products.GetAsync(Id)),
        ["products.create"] = new("POST", "/v1/products/", client => client.Products.CreateAsync(Bodies.Product()))
        {
            Body = Bodies.ProductJson,
            Repeatable = false,
        },
        ["products.update"] = new(
            "PATCH",
            $"/v1/products/{Id}",
            client => client.Products.UpdateAsync(Id, new ProductUpdate { Name = "Sextant" })
        )
        {
            Body = """{"name":"Sextant"}""",
        },
        ["products.update, prices kept"] = new(
            "PATCH",
            $"/v1/products/{Id}",
            client => client.Products.UpdateAsync(Id, new ProductUpdate { Prices = [PriceInput.Keep("p1")] })
        )
        {
            Body = """{"prices":[{"id":"p1"}]}""",
        },
        ["products.update, a new price"] = new(
            "PATCH",
            $"/v1/products/{Id}",
            client =>
                client.Products.UpdateAsync(
                    Id,
                    new ProductUpdate
                    {
                        Prices = [PriceInput.Keep("p1"), new PriceInput { AmountType = "fixed", PriceAmount = 0 }],
                    }
                )
        )
        {
            Body = """{"prices":[{"id":"p1"},{"amount_type":"fixed","price_amount":0}]}""",
            // A second call would make the price a second time.
            Repeatable = false,
        },
        ["products.delete"] = new("DELETE", $"/v1/products/{Id}", client => client.Products.DeleteAsync(Id)),
        ["products.benefits"] = new(
            "POST",
            $"/v1/products/{Id}/benefits",
            client => client.Products.UpdateBenefitsAsync(Id, ["b2", "b1"])
        )
        {
            Body = """{"benefits":["b2","b1"]}""",
        },
        ["products.benefits, none"] = new(
            "POST",
            $"/v1/products/{Id}/benefits",
            client => client.Products.UpdateBenefitsAsync(Id, [])
        )
        {
            Body = """{"benefits":[]}""",
        },
        ["products.list"] = new("GET", "/v1/products/?page=1&limit=100", client => Read(client.Products.List())),
        ["products.count"] = new("GET", "/v1/products/?page=1&limit=1", client => client.Products.List().CountAsync()),
        ["links.get"] = new("GET", $"/v1/checkout-links/{Id}", client => client.CheckoutLinks.GetAsync(Id)),
        ["links.create"] = new(
            "POST",
            "/v1/checkout-links/",
            client => client.CheckoutLinks.CreateAsync(Bodies.CheckoutLink())
        )
        {
            Body = Bodies.CheckoutLinkJson,
            Repeatable = false,
        },
        ["links.update"] = new(
            "PATCH",
            $"/v1/checkout-links/{Id}",
            client => client.CheckoutLinks.UpdateAsync(Id, Bodies.CheckoutLinkChange())
        )
        {
            Body = Bodies.CheckoutLinkChangeJson,
        },
        ["links.delete"] = new("DELETE", $"/v1/checkout-links/{Id}", client => client.CheckoutLinks.DeleteAsync(Id)),
        ["links.list"] = new(
            "GET",
            "/v1/checkout-links/?page=1&limit=100",
            client => Read(client.CheckoutLinks.List())
        ),
        ["organizations.get"] = new("GET", $"/v1/organizations/{Id}", client => client.Organizations.GetAsync(Id)),
        ["organizations.create"] = new(
            "POST",
            "/v1/organizations/",
            client => client.Organizations.CreateAsync(Bodies.Organization())
        )
        {
            Body = Bodies.OrganizationJson,
            Repeatable = false,
        },
        ["organizations.update"] = new(
            "PATCH",
            $"/v1/organizations/{Id}",
            client => client.Organizations.UpdateAsync(Id, Bodies.OrganizationChange())
        )
        {
            Body = Bodies.OrganizationChangeJson,
        },
        ["organizations.list"] = new(
            "GET",
            "/v1/organizations/?page=1&limit=100",
            client => Read(client.Organizations.List())
        ),
        ["raw, no body"] = new(
            "DELETE",
            "/v1/x?a=%2F&b=c%20d",
            client => client.SendAsync("DELETE", "/v1/x?a=%2F&b=c%20d")
        ),
        ["raw, with body"] = new("POST", "/v1/x/", client => client.SendAsync("POST", "/v1/x/", """{"a":"ü"}"""))
        {
            Body = """{"a":"ü"}""",
            Repeatable = false,
        },
        ["raw, put"] = new("PUT", "/v1/x/", client => client.SendAsync("PUT", "/v1/x/", "{}")) { Body = "{}" },
        ["raw, patch"] = new("PATCH", "/v1/x/", client => client.SendAsync("PATCH", "/v1/x/", "{}"))
        {
            Body = "{}",
            Repeatable = false,
        },
    };

    public static TheoryData<string> CallNames { get; } = [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(CallNames))]
    public async Task EachMethodSendsOneRequest(string name)
    {
        var call = Calls[name];
        var stub = new Stub(AnyAnswer);

        await call.Send(stub.Client);

        var request = stub.Request;
        Assert.Equal(call.Method, request.Method);
        Assert.Equal(call.Target, request.Target);
        Assert.Equal("https://polar.test", request.Address.GetLeftPart(UriPartial.Authority));
        AssertSameJson(call.Body, request.Body);
        Assert.Equal(call.Body is null ? null : "application/json", request.ContentType);
        Assert.Equal(call.Repeatable, request.Repeatable);
    }

    [Theory]
    [MemberData(nameof(CallNames))]
    public async Task ABodyStateItsLengthAndNoBodyIsNone(string name)
    {
        long? length = -1;
        var stub = new Stub(request =>
        {
            length = request.Content?.Headers.ContentLength;
            Assert.NotEqual(true, request.Headers.TransferEncodingChunked);
            return PolarLike.Fit(request, Stub.Answer(AnyAnswer));
        });

        await Calls[name].Send(stub.Client);

        var body = stub.Request.Body;
        Assert.Equal(body is null ? null : System.Text.Encoding.UTF8.GetByteCount(body), length);
    }

    [Fact]
    public void TheBodiesOfTheTableHaveEveryProperty()
    {
        foreach (
            var body in new RequestBody[]
            {
                Bodies.Product(),
                Bodies.ProductChange(),
                Bodies.CheckoutLink(),
                Bodies.CheckoutLinkChange(),
                Bodies.Organization(),
                Bodies.OrganizationChange(),
            }
        )
        {
            var missing = Properties(body.GetType()).Where(property => property.GetValue(body) is null);
            // The two older ways to name a product exclude the usual one.
            Assert.Empty(missing.Select(property => property.Name).Except(["ProductId", "ProductPriceId"]));
        }
    }

    [Fact]
    public void AProductChangeHasEveryField() =>
        AssertSameJson(Bodies.ProductChangeJson, Bodies.ProductChange().ToJson());

    [Fact]
    public void TheOlderWaysToNameAProductAreSent() =>
        AssertSameJson(
            """{"payment_processor":"stripe","product_id":"a","product_price_id":"b"}""",
            new CheckoutLinkCreate { ProductId = "a", ProductPriceId = "b" }.ToJson()
        );

    /// <summary>Every kind of body that can be made.</summary>
    public static TheoryData<Type> BodyTypes { get; } =
    [
        .. typeof(RequestBody)
            .Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(RequestBody))),
    ];

    [Theory]
    [MemberData(nameof(BodyTypes))]
    public void ExactlyWhatIsSetToNullIsSentAsNull(Type type)
    {
        foreach (var property in Properties(type))
        {
            var body = (RequestBody)Activator.CreateInstance(type)!;
            // Some bodies begin with what makes them what they are.
            var before = JsonNode.Parse(body.ToJson())!.AsObject();
            var field = SnakeCase(property.Name);

            property.SetValue(body, null);

            var after = JsonNode.Parse(body.ToJson())!.AsObject();
            Assert.True(after.ContainsKey(field), property.Name);
            Assert.Null(after[field]);
            Assert.Equal(before.ContainsKey(field) ? before.Count : before.Count + 1, after.Count);
            Assert.Contains(field, body.FieldNames());
            Assert.False(body.IsEmpty());
            Assert.Null(property.GetValue(body));
        }
    }

    [Fact]
    public void NothingSetIsNothingSent()
    {
        foreach (
            var body in new RequestBody[]
            {
                new ProductCreate(),
                new ProductUpdate(),
                new CheckoutLinkUpdate(),
                new OrganizationCreate(),
                new OrganizationUpdate(),
                new PriceInput(),
                new ProductBenefitsUpdate(),
            }
        )
        {
            Assert.True(body.IsEmpty());
            Assert.Equal("{}", body.ToJson());
        }

        Assert.Equal("""{"payment_processor":"stripe"}""", new CheckoutLinkCreate().ToJson());
    }

    [Theory]
    [InlineData("0.0125", "\"0.0125\"")]
    [InlineData("0.10", "\"0.10\"")]
    [InlineData("0.000000000001", "\"0.000000000001\"")]
    [InlineData("12345678901234567.123456789012", "\"12345678901234567.123456789012\"")]
    [InlineData("79228162514264337593543950335", "\"79228162514264337593543950335\"")]
    [InlineData("-1", "\"-1\"")]
    [InlineData("0", "\"0\"")]
    public void DecimalsAreSentAsTextWithAllDigits(string value, string json)
    {
        var number = decimal.Parse(value, CultureInfo.InvariantCulture);
        using var culture = new Culture("de-DE");

        Assert.Equal($"{{\"unit_amount\":{json}}}", new PriceInput { UnitAmount = number }.ToJson());
        var tier = new PriceTierInput { UnitAmount = number };
        Assert.Equal($"{{\"unit_amount\":{json}}}", tier.ToJson());
        Assert.Equal(number, tier.UnitAmount);
    }

    /// <summary>Values of metadata and of fields, and how they are sent.</summary>
    public static TheoryData<string, object?, string> Values { get; } =
        new()
        {
            {
                "text",
                "Ünïcödé ✓ 😀 \"quoted\" \\ / <b>&amp;'",
                "\"Ünïcödé ✓ \\uD83D\\uDE00 \\\"quoted\\\" \\\\ / <b>&amp;'\""
            },
            { "control characters", "a\u0000\u001f\n\t\u007f\u2028b", "\"a\\u0000\\u001F\\n\\t\\u007F\\u2028b\"" },
            { "empty text", "", "\"\"" },
            // UTF-8 has no form for half a character.
            { "half a character", "a\ud800b", "\"a\\uFFFDb\"" },
            { "letter", 'x', "\"x\"" },
            { "true", true, "true" },
            { "false", false, "false" },
            { "null", null, "null" },
            { "int", -5, "-5" },
            { "long", long.MinValue, "-9223372036854775808" },
            { "ulong", ulong.MaxValue, "18446744073709551615" },
            { "byte", (byte)7, "7" },
            { "short", (short)-7, "-7" },
            { "uint", uint.MaxValue, "4294967295" },
            { "double", 0.1, "0.1" },
            { "whole double", 3.0, "3" },
            { "great double", 1e300, "1E+300" },
            { "float", 0.5f, "0.5" },
            { "decimal", 1.10m, "1.10" },
            { "guid", Guid.Parse(Id), $"\"{Id}\"" },
            { "address", new Uri("https://example.org/ä b"), "\"https://example.org/ä b\"" },
            { "relative address", new Uri("a/b?c", UriKind.Relative), "\"a/b?c\"" },
            {
                "time",
                new DateTimeOffset(2026, 10, 5, 10, 12, 44, 301, TimeSpan.FromHours(2)).AddTicks(8220),
                "\"2026-10-05T08:12:44.301822Z\""
            },
            { "whole second", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), "\"2026-01-01T00:00:00Z\"" },
            { "utc", new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), "\"2026-01-01T00:00:00Z\"" },
            { "known value", UriKind.Absolute, "\"Absolute\"" },
            { "list", new object?[] { 1, "a", null, new[] { true } }, "[1,\"a\",null,[true]]" },
            {
                "dictionary",
                new Dictionary<string, object?> { ["b"] = 1, ["a"] = null },
                "{\"b\":1,\"a\":null}"
            },
            {
                "hash table",
                new System.Collections.Hashtable { [5] = "five" },
                "{\"5\":\"five\"}"
            },
            { "body", PriceInput.Keep("p"), "{\"id\":\"p\"}" },
            {
                "model",
                new LicenseKeyExpiration { Ttl = 1 },
                "{\"ttl\":1}"
            },
            { "element", System.Text.Json.JsonDocument.Parse("{\"a\":[1.50]}").RootElement, "{\"a\":[1.50]}" },
        };

    [Theory]
    [MemberData(nameof(Values))]
    public void ValuesAreSentAsTheyAre(string what, object? value, string json)
    {
        using var culture = new Culture("de-DE");
        var body = new ProductUpdate();
        body.SetField("zzz_nested", new Dictionary<string, object?> { ["key"] = value });
        body.SetField("zzz_new", value);

        Assert.Equal($"{{\"zzz_nested\":{{\"key\":{json}}},\"zzz_new\":{json}}}", body.ToJson());
        Assert.True(JsonNode.Parse(body.ToJson())!["zzz_new"] is null == value is null, what);
    }

    /// <summary>Values that have no form in JSON.</summary>
    public static TheoryData<string> Unsendable { get; } =
    ["nan", "infinite", "float nan", "object", "list of itself", "dictionary of itself", "body of itself"];

    [Theory]
    [MemberData(nameof(Unsendable))]
    public async Task WhatHasNoFormInJsonIsRefusedBeforeAnythingIsSent(string what)
    {
        var list = new List<object?>();
        list.Add(list);
        var dictionary = new Dictionary<string, object?>();
        dictionary["self"] = dictionary;
        var body = new ProductUpdate();
        body.SetField(
            "zzz",
            what switch
            {
                "nan" => double.NaN,
                "infinite" => double.NegativeInfinity,
                "float nan" => float.NaN,
                "object" => new System.Text.StringBuilder("x"),
                "list of itself" => list,
                "dictionary of itself" => dictionary,
                _ => body,
            }
        );
        var stub = new Stub(AnyAnswer);

        await Assert.ThrowsAsync<ArgumentException>(() => stub.Client.Products.UpdateAsync(Id, body));

        Assert.Empty(stub.Requests);
    }

    [Fact]
    public void AFieldWithoutPropertyIsSentUnderItsOwnName()
    {
        var body = new ProductUpdate { Name = "first", Description = "kept" };
        body.SetField("zzz_new", new List<int> { 1, 2 });
        body.SetField("camelCase", true);
        body.SetField("name", "second");

        Assert.Equal("""{"name":"second","description":"kept","zzz_new":[1,2],"camelCase":true}""", body.ToJson());
        Assert.Equal("second", body.Name);
        Assert.Equal(["name", "description", "zzz_new", "camelCase"], body.FieldNames());
        Assert.Throws<ArgumentException>(() => body.SetField("", 1));
        Assert.Throws<ArgumentException>(() => body.SetField(null!, 1));
    }

    [Fact]
    public void TheLastValueOfAPropertyCounts()
    {
        var body = new ProductUpdate { Name = "first", IsArchived = true };
        body.Name = null;
        body.IsArchived = null;
        body.IsArchived = false;

        Assert.Equal("""{"name":null,"is_archived":false}""", body.ToJson());
    }

    [Fact]
    public async Task WhatWasReadCanBeSentBack()
    {
        const string Settings = """
            {"allow_multiple_subscriptions":true,"proration_behavior":"invoice","benefit_revocation_grace_period":3,
            "prevent_trial_abuse":false,"allow_customer_updates":true,"zzz_new":{"a":[1,null,2.50]}}
            """;
        var organization = await new Stub(
            $$"""{"subscription_settings":{{Settings}},"socials":[{"platform":"x","url":"https://x.com/nw"}]}"""
        ).Client.Organizations.GetAsync("x");
        organization.SubscriptionSettings!.PreventTrialAbuse = true;

        var json = new OrganizationUpdate
        {
            SubscriptionSettings = organization.SubscriptionSettings,
            Socials = organization.Socials,
        }.ToJson();

        AssertSameJson(
            $$"""
            {"subscription_settings":{{Settings.Replace("_abuse\":false", "_abuse\":true", StringComparison.Ordinal)}},
            "socials":[{"platform":"x","url":"https://x.com/nw"}]}
            """,
            json
        );
    }

    [Theory]
    [InlineData("fixed", """{"amount_type":"fixed","price_currency":"eur","tax_behavior":null,"price_amount":1999}""")]
    [InlineData("custom", """{"amount_type":"custom","minimum_amount":0,"maximum_amount":null,"preset_amount":500}""")]
    [InlineData(
        "metered_unit",
        """{"amount_type":"metered_unit","meter_id":"m","unit_amount":"0.0125","cap_amount":50000}"""
    )]
    [InlineData(
        "metered_tiers",
        """
            {"amount_type":"metered_tiers","meter_id":"m","tiers":{"type":"graduated","tiers":[
            {"bound":1000,"unit_amount":"0.02"},{"bound":null,"unit_amount":"0.008"}]}}
            """
    )]
    [InlineData(
        "unit_based",
        """
            {"amount_type":"unit_based","minimum_units":5,"unit_label":{"en":{"=1":"pack","other":"packs"}},
            "tiers":{"type":"volume","tiers":[{"bound":50,"unit_amount":"300"}]}}
            """
    )]
    [InlineData(
        "seat_based",
        """
            {"amount_type":"seat_based","seat_tiers":{"seat_tier_type":"volume","tiers":[
            {"min_seats":1,"max_seats":9,"price_per_seat":1500},{"min_seats":10,"max_seats":null,"price_per_seat":1200}]}}
            """
    )]
    public void PricesOfEveryKind(string kind, string json)
    {
        var price = kind switch
        {
            "fixed" => new PriceInput
            {
                PriceCurrency = "eur",
                TaxBehavior = null,
                PriceAmount = 1999,
            },
            "custom" => new PriceInput
            {
                MinimumAmount = 0,
                MaximumAmount = null,
                PresetAmount = 500,
            },
            "metered_unit" => new PriceInput
            {
                MeterId = "m",
                UnitAmount = 0.0125m,
                CapAmount = 50000,
            },
            "metered_tiers" => new PriceInput
            {
                MeterId = "m",
                Tiers = new PriceTiersInput
                {
                    Type = "graduated",
                    Tiers =
                    [
                        new PriceTierInput { Bound = 1000, UnitAmount = 0.02m },
                        new PriceTierInput { Bound = null, UnitAmount = 0.008m },
                    ],
                },
            },
            "unit_based" => new PriceInput
            {
                MinimumUnits = 5,
                UnitLabel = new Dictionary<string, IDictionary<string, string>>
                {
                    ["en"] = new Dictionary<string, string> { ["=1"] = "pack", ["other"] = "packs" },
                },
                Tiers = new PriceTiersInput
                {
                    Type = "volume",
                    Tiers = [new PriceTierInput { Bound = 50, UnitAmount = 300 }],
                },
            },
            _ => new PriceInput
            {
                SeatTiers = new SeatTiersInput
                {
                    SeatTierType = "volume",
                    Tiers =
                    [
                        new SeatTierInput
                        {
                            MinSeats = 1,
                            MaxSeats = 9,
                            PricePerSeat = 1500,
                        },
                        new SeatTierInput
                        {
                            MinSeats = 10,
                            MaxSeats = null,
                            PricePerSeat = 1200,
                        },
                    ],
                },
            },
        };
        price.AmountType = kind;

        AssertSameJson(json, price.ToJson());
    }

    private static readonly Dictionary<string, (Func<PolarClient, Task> Read, string Query)> Queries = new()
    {
        ["every filter of products"] = (
            client =>
                Read(
                    client.Products.List(
                        new ProductQuery
                        {
                            Id = ["i1", "i2"],
                            OrganizationId = ["o1", "o2"],
                            Query = "two words & more",
                            IsArchived = false,
                            IsRecurring = true,
                            BenefitId = ["b1", "b2"],
                            Visibility = ["public", "draft"],
                            Metadata = new Dictionary<string, object?>
                            {
                                ["tier"] = "pro",
                                ["rank"] = new object[] { 1, 2L, 0.5, 1.50m },
                                ["featured"] = true,
                            },
                            Sorting = ["-created_at", "name"],
                            PageSize = 20,
                        }
                    )
                ),
            "id=i1 id=i2 organization_id=o1 organization_id=o2 query=two_words_&_more is_archived=false is_recurring=true "
                + "benefit_id=b1 benefit_id=b2 visibility=public visibility=draft metadata[tier]=pro metadata[rank]=1 "
                + "metadata[rank]=2 metadata[rank]=0.5 metadata[rank]=1.50 metadata[featured]=true sorting=-created_at "
                + "sorting=name page=1 limit=20"
        ),
        ["every filter of links"] = (
            client =>
                Read(
                    client.CheckoutLinks.List(
                        new CheckoutLinkQuery
                        {
                            OrganizationId = ["o"],
                            ProductId = ["p1", "p2"],
                            Sorting = ["label"],
                        }
                    )
                ),
            "organization_id=o product_id=p1 product_id=p2 sorting=label page=1 limit=100"
        ),
        ["every filter of organizations"] = (
            client =>
                Read(client.Organizations.List(new OrganizationQuery { Slug = "northwind", Sorting = ["-name"] })),
            "slug=northwind sorting=-name page=1 limit=100"
        ),
        ["nothing"] = (
            client =>
                Read(
                    client.Products.List(
                        new ProductQuery
                        {
                            Id = [],
                            Metadata = new Dictionary<string, object?>(),
                            Sorting = [],
                        }
                    )
                ),
            "page=1 limit=100"
        ),
        ["the count has the filters"] = (
            client =>
                client
                    .Products.List(
                        new ProductQuery
                        {
                            IsArchived = true,
                            First = 7,
                            Skip = 50,
                        }
                    )
                    .CountAsync(),
            "is_archived=true page=1 limit=1"
        ),
    };

    public static TheoryData<string> QueryNames { get; } = [.. Queries.Keys];

    [Theory]
    [MemberData(nameof(QueryNames))]
    public async Task QueriesHaveTheFormsThatPolarReads(string name)
    {
        using var culture = new Culture("de-DE");
        var stub = new Stub(AnyAnswer);

        await Queries[name].Read(stub.Client);

        Assert.Equal(
            Queries[name].Query,
            string.Join(' ', stub.Request.Query.Select(pair => $"{pair.Key}={pair.Value.Replace(' ', '_')}"))
        );
        Assert.DoesNotContain('[', stub.Request.Target);
        Assert.DoesNotContain('+', stub.Request.Target);
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1/products/")]
    [InlineData("https://elsewhere.test/v1/")]
    [InlineData("//elsewhere.test/v1/")]
    [InlineData("/\\elsewhere.test/v1/")]
    [InlineData("\\\\elsewhere.test/v1/")]
    [InlineData("\\/elsewhere.test/v1/")]
    [InlineData("/\t/elsewhere.test/v1/")]
    [InlineData("/\n\\elsewhere.test/v1/")]
    [InlineData(" //elsewhere.test/v1/")]
    [InlineData("?a=b")]
    [InlineData("#")]
    [InlineData(null)]
    public async Task ARawPathCannotLeaveTheHost(string? path)
    {
        var stub = new Stub(AnyAnswer);

        try
        {
            await stub.Client.SendAsync("GET", path!);
        }
        catch (ArgumentException) { }

        Assert.All(stub.Requests, request => Assert.Equal("polar.test", request.Address.Host));
        if (path is null || path.Length == 0 || path[0] != '/')
        {
            Assert.Empty(stub.Requests);
        }
    }

    [Fact]
    public async Task ARawAnswerComesAsItIs()
    {
        var stub = new Stub(_ => Stub.Answer("a,b\r\n\"ü\",2\r\n", 202, "text/csv; charset=utf-8"));

        var answer = await stub.Client.SendAsync("GET", "/v1/orders/export");

        Assert.Equal((202, "text/csv", "a,b\r\n\"ü\",2\r\n"), (answer.StatusCode, answer.MediaType, answer.Text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/csv")]
    public async Task ARawAnswerWithoutBodyIsEmpty(string? type)
    {
        var stub = new Stub(_ => Stub.Answer(type is null ? null : "", 204, type));

        var answer = await stub.Client.SendAsync("DELETE", "/v1/x");

        Assert.Equal((204, type, ""), (answer.StatusCode, answer.MediaType, answer.Text));
    }

    private static async Task Read<T>(PagedList<T> list)
        where T : class
    {
        await foreach (var item in list)
        {
            Assert.NotNull(item);
        }
    }

    private static void AssertSameJson(string? expected, string? actual)
    {
        if (expected is null || actual is null)
        {
            Assert.Equal(expected, actual);
            return;
        }

        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)),
            $"Expected {expected}\nbut got  {actual}"
        );
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true });

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((letter, index) => char.IsUpper(letter) && index > 0 ? "_" + letter : $"{letter}"))
            .ToLowerInvariant();

    private sealed record Call(string Method, string Target, Func<PolarClient, Task> Send)
    {
        public string? Body { get; init; }

        public bool Repeatable { get; init; } = true;
    }
}
