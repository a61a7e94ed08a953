// Long because each shape that Polar has sent, or may send, is a case.
using System.Collections;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>Answers that are not as expected: whatever Polar changes, nothing throws and nothing is lost.</summary>
public sealed class ToleranceTests
{
    private const string Id = "8cabdca5-cf97-4f4e-851c-fddffa691a55";

    // What may stand where something else is expected.
    private static readonly string[] Replacements =
    [
        "null",
        "\"text\"",
        "\"\"",
        "\"2026-13-45T00:00:00Z\"",
        "7",
        "-1.5",
        "9223372036854775808",
        "79228162514264337593543950336",
        "true",
        "{}",
        """{"zzz":{"a":[1,null]}}""",
        "[]",
        """["zzz",null,{"b":2}]""",
        "[[1]]",
    ];

    // One of each kind: every place takes its turn with each of them.
    private static readonly string[] Kinds =
    [
        "null",
        "\"text\"",
        "7",
        "-1.5",
        "true",
        """{"zzz":{"a":[1,null]}}""",
        "[]",
        """["zzz",null,{"b":2}]""",
    ];

    public static TheoryData<string, string> UnknownFields { get; } = Pairs("product", "link", Replacements);

    [ExampleTheory]
    [MemberData(nameof(UnknownFields))]
    public async Task AnUnknownFieldOnEveryLevelReachesTheUser(string kind, string value)
    {
        var document = Document(kind);
        var objects = 0;
        foreach (var place in Places(document).Where(place => Find(document, place) is JsonObject).ToList())
        {
            Find(document, place)!.AsObject().Add("zzz_new", JsonNode.Parse(value));
            objects++;
        }

        var (mirror, model) = await Read(kind, document);

        Assert.Empty(mirror.Differences);
        Assert.Equal(mirror.Expected, mirror.Leaves);
        Assert.InRange(objects, 20, 100);
        Assert.InRange(mirror.Unknown.Count, 15, objects);
        Assert.All(mirror.Unknown, place => Assert.EndsWith(".zzz_new", place, StringComparison.Ordinal));
        // Only where a dictionary's values have a type can a new key be one that does not fit: then it is kept whole.
        Assert.All(mirror.Misfits, place => Assert.EndsWith(".archived", place, StringComparison.Ordinal));
        Assert.Contains("zzz_new", model.UnknownFields().Keys);
    }

    [ExampleTheory]
    [InlineData("product")]
    [InlineData("link")]
    [InlineData("units")]
    [InlineData("seats")]
    public async Task AWrongTypeAnywhereLosesNothing(string kind)
    {
        var original = Document(kind).ToJsonString();
        var places = Places(JsonNode.Parse(original)!).Where(place => place.Count > 0).ToList();
        Assert.InRange(places.Count, 40, 1000);
        for (var number = 0; number < places.Count; number++)
        {
            var place = places[number];
            // A link is for the most part products again: there the kinds take turns.
            foreach (var replacement in kind == "link" ? [Kinds[number % 8], Kinds[(number + 3) % 8]] : Kinds)
            {
                var document = JsonNode.Parse(original)!;
                Replace(document, place, replacement);
                var path = Text(place);

                var (mirror, model) = await Read(kind, document);

                Assert.True(
                    mirror.Differences.Count == 0 && mirror.Leaves == mirror.Expected,
                    $"{path} = {replacement}: {string.Join("; ", mirror.Differences)}"
                );
                Assert.True(
                    mirror.Misfits.All(misfit => path.StartsWith(misfit, StringComparison.Ordinal)),
                    $"{path} = {replacement} spoils {string.Join(", ", mirror.Misfits)}"
                );
                Assert.All(
                    mirror.Unknown,
                    unknown => Assert.StartsWith(path + ".zzz", unknown, StringComparison.Ordinal)
                );
                ReadAllTexts(model, path + " = " + replacement);
            }
        }
    }

    [ExampleTheory]
    [InlineData("product")]
    [InlineData("link")]
    public async Task AMissingFieldAnywhereIsNull(string kind)
    {
        var original = Document(kind).ToJsonString();
        foreach (var place in Places(JsonNode.Parse(original)!).Where(place => place is [.., string]))
        {
            var document = JsonNode.Parse(original)!;
            Find(document, place.GetRange(0, place.Count - 1))!.AsObject().Remove((string)place[^1]);

            var (mirror, model) = await Read(kind, document);

            Assert.Empty(mirror.Differences);
            Assert.Empty(mirror.Misfits);
            Assert.Empty(mirror.Unknown);
            ReadAllTexts(model, Text(place));
        }
    }

    [ExampleFact]
    public async Task EverythingWrongAtOnceLosesNothingEither()
    {
        var document = Document("link");
        foreach (var place in Places(document).Where(place => Find(document, place) is not (JsonObject or JsonArray)))
        {
            Replace(document, place, """{"wrong":[true]}""");
        }

        var (mirror, model) = await Read("link", document);

        Assert.Empty(mirror.Differences);
        Assert.Equal(mirror.Expected, mirror.Leaves);
        Assert.InRange(mirror.Misfits.Count, 200, 1000);
        ReadAllTexts(model, "everything");
    }

    [Theory]
    [InlineData("amount_type", "auction")]
    [InlineData("price_currency", "xyz")]
    [InlineData("tax_behavior", "inverse")]
    [InlineData("source", "gift")]
    public async Task UnknownKindsOfPricesRead(string field, string value)
    {
        var json = $$"""{"prices":[{"id":"{{Id}}","{{field}}":"{{value}}","bid":{"least":5} }]}""";

        var product = await new Stub(json).Client.Products.GetAsync("x");

        Assert.Empty(Mirror.Hold(json, product).Differences);
        var bid = Assert.IsType<PolarDictionary<object?>>(product.Prices![0].UnknownFields()["bid"]);
        Assert.Equal(5L, bid["least"]);
        ReadAllTexts(product, field);
    }

    [Theory]
    [InlineData("""{"type":"teleport","properties":{"target":"moon","hops":[1,2]}}""")]
    [InlineData("""{"type":"custom","properties":null}""")]
    [InlineData("""{"type":"custom","visibility":"shadow"}""")]
    public async Task UnknownKindsOfBenefitsRead(string benefit)
    {
        var json = $$"""{"benefits":[{{benefit}}],"recurring_interval":"fortnight","visibility":"elsewhere"}""";

        var product = await new Stub(json).Client.Products.GetAsync("x");

        var mirror = Mirror.Hold(json, product);
        Assert.Empty(mirror.Differences);
        Assert.Empty(mirror.Misfits);
        ReadAllTexts(product, benefit);
    }

    [Theory]
    [InlineData("""{"id":"b","name":5}""")]
    [InlineData("""{"id":"b","prices":"none"}""")]
    [InlineData("""{"id":"b","prices":[{"tiers":{"tiers":[{"bound":"x"}]}}]}""")]
    [InlineData("""{"id":"b","metadata":[1]}""")]
    [InlineData("""{"id":"b","created_at":"yesterday","modified_at":{}}""")]
    [InlineData("""{"id":7}""")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task OneOddItemDoesNotSpoilAPage(string odd)
    {
        var items = $$"""[{"id":"a","name":"first"},{{odd}},{"id":"c","name":"third"}]""";
        var stub = new Stub($$"""{"items":{{items}},"pagination":{"total_count":3,"max_page":1} }""");

        var products = new List<Product?>();
        await foreach (var product in stub.Client.Products.List())
        {
            products.Add(product);
        }

        // Null is no item; all others come.
        Assert.Equal(odd == "null" ? 2 : 3, products.Count);
        Assert.Equal("first", products[0]!.Name);
        Assert.Equal("third", products[^1]!.Name);
        if (odd != "null")
        {
            Assert.Empty(Mirror.Hold(items, products).Differences);
        }
    }

    [Fact]
    public async Task APageFullOfOddItemsReads()
    {
        // A field of every item changes its type, and another one, several times each.
        var items = Enumerable
            .Range(0, 100)
            .Select(number =>
                $$$"""
                    {"id":"{{{number}}}","is_archived":"no","trial_interval_count":{"value":1},"prices":[{"price_amount":"12,50",
                    "meter":["m"],"tiers":{"tiers":[{"bound":"x"},{"bound":"y"}]},"seat_tiers":{"tiers":[{"min_seats":"a"},
                    {"min_seats":"b"},{"min_seats":"c"}]}}],"medias":[{"size":"1"},{"size":"2"},{"size":"3"}]}
                    """
            );
        var json = $"[{string.Join(',', items)}]";
        var stub = new Stub($$"""{"items":{{json}},"pagination":{"total_count":100,"max_page":1} }""");

        var products = new List<Product>();
        await foreach (var product in stub.Client.Products.List())
        {
            products.Add(product);
        }

        var mirror = Mirror.Hold(json, products);
        Assert.Empty(mirror.Differences);
        Assert.Equal(mirror.Expected, mirror.Leaves);
        Assert.Equal(1200, mirror.Misfits.Count);
    }

    [Theory]
    // Names that a path of the parser spells in other ways.
    [InlineData("a.b")]
    [InlineData("a b")]
    [InlineData("a'b")]
    [InlineData("a']b")]
    [InlineData("a[0]")]
    [InlineData("a]['b")]
    [InlineData("$")]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("ключ")]
    [InlineData("\\ud83d\\ude00")]
    [InlineData("\\\"")]
    public async Task OddNamesOnTheWayToAMisfitLoseNothing(string name)
    {
        var json = $$"""
            {"name":"kept","prices":[{"unit_label":{"{{name}}":{"other":5},"en":{"{{name}}":[]} },"{{name}}":1}],
            "{{name}}":{"{{name}}":2},"benefits":[{"properties":{"archived":{"{{name}}":"maybe","good":true} } }]}
            """;

        var product = await new Stub(json).Client.Products.GetAsync("x");

        var mirror = Mirror.Hold(json, product);
        Assert.Empty(mirror.Differences);
        Assert.Equal(mirror.Expected, mirror.Leaves);
        Assert.Equal("kept", product.Name);
    }

    [Theory]
    [InlineData("""{"name":"a","name":"b"}""", "b")]
    [InlineData("""{"metadata":{"a":1,"a":2},"name":"b","zzz":{"a":1,"a":2}}""", "b")]
    // What is not even sound JSON may fail, but only in the way that answers fail.
    [InlineData("""{"name":"a","name":"b","is_archived":"no"}""", null)]
    [InlineData("""{"name":"\ud800"}""", null)]
    [InlineData("""{"name":"b","metadata":{"a":"\udc00"}}""", "b")]
    [InlineData("""{"name":"b","zzz":"\udc00"}""", "b")]
    [InlineData("""{"name":"b","zzz":{"\ud800":["\udc00"]}}""", "b")]
    public async Task UnsoundJsonIsReadOrRefused(string json, string? name)
    {
        var client = new Stub(json).Client;

        if (name is null)
        {
            await Assert.ThrowsAsync<PolarResponseException>(() => client.Products.GetAsync("x"));
        }
        else
        {
            var product = await client.Products.GetAsync("x");
            Assert.Equal(name, product.Name);
            Assert.InRange(product.UnknownFields().Count, 0, 1);
        }
    }

    [Fact]
    public async Task BytesThatAreNoTextFailOnlyAsAnswersDo()
    {
        var sound = Encoding.ASCII.GetBytes(
            """{"id":"a","name":"b","metadata":{"c":"d"},"prices":[{"id":"e","unit_label":"f"}],"new":"g","more":{"h":["i"]}}"""
        );
        for (var index = 0; index < sound.Length; index++)
        {
            var body = (byte[])sound.Clone();
            body[index] = 0xFF;
            var stub = new Stub(_ =>
            {
                var answer = Stub.Answer("{}");
                answer.Content = new ByteArrayContent(body);
                answer.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                return answer;
            });

            try
            {
                Assert.NotNull((await stub.Client.Products.GetAsync("x")).UnknownFields());
            }
            catch (PolarResponseException)
            {
                // Refused, and that is all.
            }
        }
    }

    [Fact]
    public async Task NumbersOfAllSizesKeepTheirValue()
    {
        const string Json = """
            {"metadata":{"a":1,"b":-9223372036854775808,"c":9223372036854775808,"d":0.1,"e":1e2,"f":-0.0,"g":2589.32,
            "h":79228162514264337593543950335,"i":79228162514264337593543950336,"j":1e400,"k":12345678901234567.5}}
            """;

        var metadata = (await new Stub(Json).Client.Products.GetAsync("x")).Metadata!;

        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["a"] = 1L,
                ["b"] = long.MinValue,
                ["c"] = 9223372036854775808m,
                ["d"] = 0.1,
                ["e"] = 100.0,
                ["f"] = -0.0,
                ["g"] = 2589.32,
                ["h"] = decimal.MaxValue,
                ["i"] = 79228162514264337593543950336.0,
                ["j"] = double.PositiveInfinity,
                ["k"] = 12345678901234567.5,
            },
            metadata
        );
    }

    [Fact]
    public async Task WhatDidNotFitIsSentUnderItsOwnName()
    {
        var organization = await new Stub(
            """{"subscription_settings":{"proration_behavior":"invoice","benefit_revocation_grace_period":"P3D","zzz_new":1}}"""
        ).Client.Organizations.GetAsync("x");

        var body = new OrganizationUpdate { SubscriptionSettings = organization.SubscriptionSettings }.ToJson();

        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """{"subscription_settings":{"proration_behavior":"invoice","benefit_revocation_grace_period":"P3D","zzz_new":1}}"""
                ),
                JsonNode.Parse(body)
            ),
            body
        );
    }

    /// <summary>Answers that are no document of the kind, and the media type they come with.</summary>
    public static TheoryData<string, string?> Unreadable { get; } =
        new()
        {
            { "", "application/json" },
            { "  \n", "application/json" },
            { "", null },
            { "null", "application/json" },
            { "[]", "application/json" },
            { "[{}]", "application/json" },
            { "\"text\"", "application/json" },
            { "5", "application/json" },
            { "true", "application/json" },
            { "{", "application/json" },
            { "{\"id\":", "application/json" },
            { "{\"id\":\"8cab", "application/json" },
            { "{\"id\":\"a\"} {}", "application/json" },
            { "{\"id\":\"a\",}", "application/json" },
            { "{'id':'a'}", "application/json" },
            { "{\"prices\":[{\"price_amount\":\"x\"", "application/json" },
            { "<!DOCTYPE html><html><body>Welcome to the hotel</body></html>", "text/html" },
            { "OK", "text/plain" },
            { "\u0000\u0001\u0002", "application/octet-stream" },
        };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task WhatCannotBeReadIsAnErrorOfItsOwn(string body, string? type)
    {
        var stub = new Stub(_ => Stub.Answer(body, 200, type));

        var reading = await Assert.ThrowsAsync<PolarResponseException>(() => stub.Client.Products.GetAsync(Id));
        var listing = await Assert.ThrowsAsync<PolarResponseException>(() => stub.Client.Products.List().CountAsync());
        var writes = new List<PolarException>
        {
            await Assert.ThrowsAsync<PolarResponseException>(() => stub.Client.Products.CreateAsync(new())),
            await Assert.ThrowsAsync<PolarResponseException>(() => stub.Client.Products.UpdateAsync(Id, new())),
            await Assert.ThrowsAsync<PolarResponseException>(() => stub.Client.Products.UpdateBenefitsAsync(Id, [])),
            await Assert.ThrowsAsync<PolarResponseException>(() => stub.Client.CheckoutLinks.CreateAsync(new())),
            await Assert.ThrowsAsync<PolarResponseException>(() => stub.Client.CheckoutLinks.UpdateAsync(Id, new())),
            await Assert.ThrowsAsync<PolarResponseException>(() => stub.Client.Organizations.CreateAsync(new())),
            await Assert.ThrowsAsync<PolarResponseException>(() => stub.Client.Organizations.UpdateAsync(Id, new())),
        };

        Assert.False(reading.OutcomeUnknown);
        Assert.False(listing.OutcomeUnknown);
        Assert.Equal("GET", reading.Method);
        Assert.Equal("/v1/products/" + Id, reading.Path);
        Assert.All(
            writes,
            error =>
            {
                Assert.True(error.OutcomeUnknown);
                // Another kind of answer is not Polar's, and tells nothing of the change.
                var isPolars = type is null or "application/json";
                Assert.Contains(isPolars ? "most likely made" : "not known", error.Message, StringComparison.Ordinal);
            }
        );
        Assert.All([reading, listing, .. writes], error => Assert.Equal(200, error.StatusCode));
        if (type == "text/html")
        {
            Assert.Contains("text/html", reading.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"items":null,"pagination":{"total_count":0,"max_page":0}}""")]
    [InlineData("""{"items":"x","pagination":{"total_count":0,"max_page":0}}""")]
    [InlineData("""{"items":{},"pagination":{"total_count":0,"max_page":0}}""")]
    [InlineData("""{"items":[]}""")]
    [InlineData("""{"items":[],"pagination":null}""")]
    [InlineData("""{"items":[],"pagination":[]}""")]
    // Without its extent nobody knows whether a list is at its end.
    [InlineData("""{"items":[{"id":"a"}],"pagination":{}}""")]
    [InlineData("""{"items":[{"id":"a"}],"pagination":{"total_count":5}}""")]
    [InlineData("""{"items":[{"id":"a"}],"pagination":{"total_count":5,"max_page":null}}""")]
    [InlineData("""{"items":[{"id":"a"}],"pagination":{"total_count":"five","max_page":"one"}}""")]
    public async Task WhatIsNoListIsAnErrorInsteadOfAnEmptyList(string body)
    {
        var list = new Stub(body).Client.Products.List();

        await Assert.ThrowsAsync<PolarResponseException>(async () =>
        {
            await foreach (var product in list)
            {
                Assert.NotNull(product);
            }
        });
    }

    [Fact]
    public async Task UnknownFieldsOfAListDoNotMatter()
    {
        var stub = new Stub(
            """{"zzz":[1],"items":[{"id":"a"}],"pagination":{"total_count":1,"max_page":1,"next":{"a":1}},"links":null}"""
        );

        Assert.Equal(1, await stub.Client.Products.List().CountAsync());
    }

    [Fact]
    public async Task AnAnswerWithoutBodyIsFineWhereNoneIsNeeded()
    {
        var stub = new Stub(_ => new System.Net.Http.HttpResponseMessage(HttpStatusCode.NoContent));

        await stub.Client.Products.DeleteAsync(Id);

        Assert.Equal("DELETE", stub.Request.Method);
    }

    [ExampleFact]
    public void TheMirrorItselfNoticesWhatIsLost()
    {
        var json = ExampleFiles.Read("product.json");
        var product = JsonSerializer.Deserialize(json, PolarJson.Default.Product)!;
        Assert.Empty(Mirror.Hold(json, product).Differences);

        product.Prices![0].PriceAmount++;
        product.Prices[1].UnitAmount = 0.01250m;
        product.Benefits!.RemoveAt(2);
        product.Metadata!.Remove("tier");
        product.CreatedAt = product.CreatedAt!.Value.AddTicks(10);
        product.Description = null;
        product.MeterInterval = "day";
        product.Medias![0].Name += " ";

        Assert.Equal(8, Mirror.Hold(json, product).Differences.Count);
    }

    private static TheoryData<string, string> Pairs(string first, string second, string[] values)
    {
        var pairs = new TheoryData<string, string>();
        foreach (var value in values)
        {
            pairs.Add(first, value);
            pairs.Add(second, value);
        }

        return pairs;
    }

    private static JsonNode Document(string kind) =>
        JsonNode.Parse(
            ExampleFiles.Read(
                kind switch
                {
                    "product" => "product.json",
                    "units" => "product-unit-based.json",
                    "seats" => "product-seat-based.json",
                    _ => "checkout-link.json",
                }
            )
        )!;

    private static async Task<(Mirror Mirror, PolarObject Model)> Read(string kind, JsonNode document)
    {
        var json = document.ToJsonString();
        var client = new Stub(json).Client;
        PolarObject model =
            kind == "link" ? await client.CheckoutLinks.GetAsync(Id) : await client.Products.GetAsync(Id);
        return (Mirror.Hold(json, model), model);
    }

    // Where everything is: names of fields and positions in lists, the root first.
    private static IEnumerable<List<object>> Places(JsonNode? node) =>
        node switch
        {
            JsonObject item => item.SelectMany(field => Below(field.Key, field.Value)).Prepend([]),
            JsonArray list => list.SelectMany((value, index) => Below(index, value)).Prepend([]),
            _ =>
            [
                [],
            ],
        };

    private static IEnumerable<List<object>> Below(object step, JsonNode? node) =>
        Places(node).Select(place => (List<object>)[step, .. place]);

    private static JsonNode? Find(JsonNode? node, List<object> place)
    {
        foreach (var step in place)
        {
            node = step is int index ? node![index] : node![(string)step];
        }

        return node;
    }

    private static void Replace(JsonNode root, List<object> place, string json)
    {
        var owner = Find(root, place.GetRange(0, place.Count - 1))!;
        if (place[^1] is int index)
        {
            owner[index] = JsonNode.Parse(json);
        }
        else
        {
            owner[(string)place[^1]] = JsonNode.Parse(json);
        }
    }

    private static string Text(List<object> place) =>
        "$" + string.Concat(place.Select(step => step is int index ? $"[{index}]" : "." + step));

    // What a prompt or a CSV column would show must never be what fails.
    private static void ReadAllTexts(object? value, string context)
    {
        switch (value)
        {
            case PolarObject item:
                Assert.True(item.ToString() is not null, context);
                foreach (var property in item.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
                {
                    ReadAllTexts(property.GetValue(item), context);
                }

                if (item is Discount discount)
                {
                    Assert.NotNull(discount.DescribeReduction());
                }

                break;
            case PolarMetadata metadata:
                Assert.NotNull(metadata.ToString());
                break;
            case IList list:
                Assert.NotNull(list.ToString());
                foreach (var item in list)
                {
                    ReadAllTexts(item, context);
                }

                break;
        }
    }
}
