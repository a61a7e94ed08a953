using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>Whole documents, today's and older ones: what the JSON says is what the object says, value by value.</summary>
public sealed partial class DocumentTests
{
    /// <summary>File, what it is, and the fields for which there is no property. Today's shape needs none of these.</summary>
    public static TheoryData<string, string, string[]> Documents { get; } =
        new()
        {
            { "product.json", "product", [] },
            { "product-custom-price.json", "product", [] },
            { "product-seat-based.json", "product", [] },
            { "product-unit-based.json", "product", [] },
            { "checkout-link.json", "link", [] },
            { "legacy-checkout-link.json", "link", [] },
            { "discount-fixed.json", "discount", [] },
            { "discount-percentage.json", "discount", [] },
            { "discount-percentage-repeating.json", "discount", [] },
            { "benefits-all-types.json", "benefits", [] },
            { "customer.json", "customer", [] },
            { "customer-state.json", "state", [] },
            { "order.json", "order", [] },
            { "subscription.json", "subscription", [] },
            { "meter.json", "meter", [] },
            { "license-key.json", "key", [] },
            { "event.json", "event", [] },
            { "products-list.json", "products", [] },
            { "products-list-beyond-last-page.json", "products", [] },
        };

    [ExampleTheory]
    [MemberData(nameof(Documents))]
    public async Task EveryValueComesOut(string file, string kind, string[] unknown)
    {
        var mirror = await Read(kind, ExampleFiles.Read(file));

        Assert.Empty(mirror.Differences);
        Assert.Empty(mirror.Misfits);
        Assert.Equal(unknown, mirror.Unknown);
        Assert.Equal(mirror.Expected, mirror.Leaves);
        Assert.Equal(file.Contains("beyond", StringComparison.Ordinal), mirror.Leaves == 0);
    }

    [ExampleFact]
    public async Task ListsSayHowManyThereAre()
    {
        var stub = new Stub(ExampleFiles.Read("products-list-beyond-last-page.json"));

        Assert.Equal(14, await stub.Client.Products.List().CountAsync());
    }

    [ExampleTheory]
    [InlineData("000", "link")]
    [InlineData("003", "product")]
    public async Task OlderPagesRead(string seed, string kind)
    {
        var bodies = JsonBodies(ExampleFiles.Seed(seed)).ToList();
        Assert.Equal(2, bodies.Count);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(bodies[0]), JsonNode.Parse(bodies[1])));

        foreach (var body in bodies)
        {
            var mirror = await Read(kind, body);

            Assert.Empty(mirror.Differences);
            Assert.Empty(mirror.Misfits);
            Assert.Empty(mirror.Unknown);
            Assert.Equal(mirror.Expected, mirror.Leaves);
            Assert.InRange(mirror.Leaves, 60, int.MaxValue);
        }
    }

    [ExampleFact]
    public async Task TheOldestPageReadsAlthoughItsRatesAreNoNumbers()
    {
        var json = WireJson(ExampleFiles.Seed("004"));
        var stub = new Stub(json);

        var link = await stub.Client.CheckoutLinks.GetAsync("<value>");

        var mirror = Mirror.Hold(json, link);
        Assert.Empty(mirror.Differences);
        Assert.Empty(mirror.Unknown);
        // A made-up text stands where a decimal belongs.
        Assert.Equal(["$.product.prices[0].unit_amount", "$.product_price.unit_amount"], mirror.Misfits);
        Assert.Equal(mirror.Expected, mirror.Leaves);
        Assert.InRange(mirror.Leaves, 100, int.MaxValue);

        Assert.Equal("<value>", link.ProductPrice!.UnknownFields()["unit_amount"]);
        Assert.Null(link.ProductPrice.UnitAmount);
        Assert.Null(link.ProductPrice.AmountType);
        Assert.Equal(504226, link.ProductPrice.CapAmount);
        Assert.Equal("<value>", link.ProductPrice.Meter!.Name);
        Assert.Equal("<value>", Assert.Single(link.Product!.Prices!).UnknownFields()["unit_amount"]);
        Assert.Equal(847946, link.Products![0].Prices![0].PriceAmount);
        Assert.Equal(2589.32, link.Product.Benefits![0].Metadata!["key"]);
        Assert.Equal(447811L, link.Products[0].Benefits![0].Metadata!["key"]);
        Assert.Equal(new DateTimeOffset(2025, 9, 22, 20, 17, 2, 127, TimeSpan.Zero), link.CreatedAt);
    }

    [ExampleFact]
    public async Task ValuesHaveThePlainTypesThatAreUsedInScripts()
    {
        var stub = new Stub(ExampleFiles.Read("product.json"));

        var product = await stub.Client.Products.GetAsync("8cabdca5-cf97-4f4e-851c-fddffa691a55");

        Assert.Equal("pro", Assert.IsType<string>(product.Metadata!["tier"]));
        Assert.Equal(2L, Assert.IsType<long>(product.Metadata["rank"]));
        Assert.True(Assert.IsType<bool>(product.Metadata["featured"]));
        Assert.Equal(TimeSpan.Zero, product.CreatedAt!.Value.Offset);
        Assert.Equal(0.0125m, product.Prices![1].UnitAmount);
        Assert.Equal([0.02m, 0.008m], product.Prices[2].Tiers!.Tiers!.Select(tier => tier.UnitAmount!.Value));
        Assert.True(product.Benefits![3].Properties!.Archived!["4c948d10-b184-4b1a-b9ef-a940a0a47641"]);
    }

    [Theory]
    // Python writes decimals that are small, or zero with a scale, with an exponent.
    [InlineData("\"1.0000E-8\"", "0.000000010000")]
    [InlineData("\"0E-12\"", "0.000000000000")]
    [InlineData("\"0.012500000000\"", "0.012500000000")]
    [InlineData("\"79228162514264337593543950335\"", "79228162514264337593543950335")]
    [InlineData("\"-0.5\"", "-0.5")]
    [InlineData("12.50", "12.50")]
    [InlineData("3", "3")]
    public async Task DecimalsKeepEveryDigit(string json, string expected)
    {
        var stub = new Stub($$"""{"prices":[{"unit_amount":{{json}}}]}""");

        var price = (await stub.Client.Products.GetAsync("x")).Prices![0];

        Assert.Equal(expected, price.UnitAmount!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Empty(price.UnknownFields());
    }

    [Theory]
    // A comma may be meant as a decimal point: nobody shall pay a thousand times as much for a guess.
    [InlineData("\"1,000\"")]
    [InlineData("\"\"")]
    [InlineData("\"1e400\"")]
    [InlineData("\"NaN\"")]
    [InlineData("1e400")]
    [InlineData("true")]
    public async Task WhatIsNoDecimalIsKeptAsItIs(string json)
    {
        var stub = new Stub($$"""{"prices":[{"unit_amount":{{json}}}]}""");

        var price = (await stub.Client.Products.GetAsync("x")).Prices![0];

        Assert.Null(price.UnitAmount);
        Assert.Equal("unit_amount", Assert.Single(price.UnknownFields()).Key);
    }

    private static async Task<Mirror> Read(string kind, string json)
    {
        var stub = new Stub(json);
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        switch (kind)
        {
            case "product":
                return Mirror.Hold(root, await stub.Client.Products.GetAsync("x"));
            case "link":
                return Mirror.Hold(root, await stub.Client.CheckoutLinks.GetAsync("x"));
            case "discount":
                return Mirror.Hold(root, JsonSerializer.Deserialize(json, PolarJson.Default.Discount));
            case "customer":
                return Mirror.Hold(root, JsonSerializer.Deserialize(json, PolarJson.Default.Customer));
            case "state":
                return Mirror.Hold(root, JsonSerializer.Deserialize(json, PolarJson.Default.CustomerState));
            case "order":
                return Mirror.Hold(root, JsonSerializer.Deserialize(json, PolarJson.Default.Order));
            case "subscription":
                return Mirror.Hold(root, JsonSerializer.Deserialize(json, PolarJson.Default.Subscription));
            case "meter":
                return Mirror.Hold(root, JsonSerializer.Deserialize(json, PolarJson.Default.Meter));
            case "key":
                return Mirror.Hold(root, JsonSerializer.Deserialize(json, PolarJson.Default.LicenseKey));
            case "event":
                return Mirror.Hold(root, JsonSerializer.Deserialize(json, PolarJson.Default.PolarEvent));
            case "benefits":
                return Mirror.Hold(
                    root,
                    root.EnumerateArray().Select(item => item.Deserialize(PolarJson.Default.Benefit)).ToList()
                );
            default:
                // What lies beyond the last page is asked for with an offset.
                var products = new List<Product>();
                var extent = new ProductQuery
                {
                    First = 4,
                    Skip = root.GetProperty("items").GetArrayLength() == 0 ? 16 : 0,
                };
                await foreach (var product in stub.Client.Products.List(extent))
                {
                    products.Add(product);
                }

                return Mirror.Hold(root.GetProperty("items"), products);
        }
    }

    // The pages are text: a body stands between a line with nothing but an opening brace and the one that closes it.
    private static IEnumerable<string> JsonBodies(string page)
    {
        var lines = page.ReplaceLineEndings("\n").Split('\n');
        for (var start = 0; start < lines.Length; start++)
        {
            if (lines[start] != "{")
            {
                continue;
            }

            var depth = 0;
            var end = start;
            do
            {
                // No text of these pages has a brace in it.
                depth += lines[end].Count(letter => letter == '{') - lines[end].Count(letter => letter == '}');
                end++;
            } while (depth > 0);

            yield return string.Join('\n', lines[start..end]);
            start = end - 1;
        }
    }

    // From the TypeScript of an older library to the JSON that it had read.
    private static string WireJson(string page)
    {
        const string Opening = "let value: CheckoutLink = ";
        var start = page.IndexOf(Opening, StringComparison.Ordinal) + Opening.Length;
        var code = page[start..page.IndexOf("\n};", start, StringComparison.Ordinal)] + "\n}";
        var json = DateLiteral().Replace(code, "$1");
        json = FieldName()
            .Replace(json, match => $"\"{JsonNamingPolicy.SnakeCaseLower.ConvertName(match.Groups[1].Value)}\":");
        return JsonNode
            .Parse(json, documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true })!
            .ToJsonString();
    }

    [GeneratedRegex("""new Date\(("[^"]*")\)""")]
    private static partial Regex DateLiteral();

    [GeneratedRegex("""(?<=^\s*)([a-z][A-Za-z0-9]*):(?= )""", RegexOptions.Multiline)]
    private static partial Regex FieldName();
}
