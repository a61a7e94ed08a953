using System.Text;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>Whatever an id or a filter holds, it stays what it is: it cannot become another path, or another parameter.</summary>
public sealed class PathTests
{
    private const string AnyAnswer = """{"id":"x","items":[],"pagination":{"total_count":0,"max_page":0}}""";

    // Everything that means something in an address, is written in more than one way, or cannot be written at all.
    private static readonly string[] Pieces =
    [
        .. "/?#%&=+.:;@,\\ \t\r\n\0\u0001\u001f\u007f\u0085\u00a0\u2028\u3000\ufeff\uffff'\"<>[]{}|^`~!*()-_$aZ09äßकあ".Select(
            letter => letter.ToString()
        ),
        "😀",
        "\U0010ffff",
        "\ud800",
        "\udc00",
        "..",
        "../",
        "..\\",
        "%2e%2e",
        "%2F",
        "%00",
        "%",
        "%zz",
        "//",
        "https://elsewhere.test/",
        "metadata[x]",
        "&page=9",
        "e\u0301",
        "8cabdca5-cf97-4f4e-851c-fddffa691a55",
    ];

    private static readonly (string Before, string After, Func<PolarClient, string, Task> Send)[] Operations =
    [
        ("/v1/products/", "", (client, id) => client.Products.GetAsync(id)),
        ("/v1/products/", "", (client, id) => client.Products.UpdateAsync(id, new ProductUpdate())),
        ("/v1/products/", "", (client, id) => client.Products.DeleteAsync(id)),
        ("/v1/products/", "/benefits", (client, id) => client.Products.UpdateBenefitsAsync(id, [])),
        ("/v1/checkout-links/", "", (client, id) => client.CheckoutLinks.GetAsync(id)),
        ("/v1/checkout-links/", "", (client, id) => client.CheckoutLinks.UpdateAsync(id, new CheckoutLinkUpdate())),
        ("/v1/checkout-links/", "", (client, id) => client.CheckoutLinks.DeleteAsync(id)),
        ("/v1/organizations/", "", (client, id) => client.Organizations.GetAsync(id)),
        ("/v1/organizations/", "", (client, id) => client.Organizations.UpdateAsync(id, new OrganizationUpdate())),
    ];

    [Fact]
    public async Task NoIdChangesThePath()
    {
        var random = new Random(20261122);
        var stub = new Stub(AnyAnswer);
        for (var round = 0; round < 4000; round++)
        {
            var id = Text(random);
            var (before, after, send) = Operations[round % Operations.Length];
            if (id is "." or ".." || string.IsNullOrWhiteSpace(id))
            {
                await Assert.ThrowsAsync<ArgumentException>(() => send(stub.Client, id));
                continue;
            }

            await send(stub.Client, id);

            AssertIsOneSegment(before, id, after, stub.Requests[^1].Address);
        }

        Assert.InRange(stub.Requests.Count, 3000, 4000);
    }

    [Fact]
    public async Task EachPieceByItselfIsAnIdOrRefused()
    {
        foreach (var (before, after, send) in Operations)
        {
            foreach (var piece in Pieces)
            {
                var stub = new Stub(AnyAnswer);
                if (piece is "." or ".." || string.IsNullOrWhiteSpace(piece))
                {
                    await Assert.ThrowsAsync<ArgumentException>(() => send(stub.Client, piece));
                    Assert.Empty(stub.Requests);
                }
                else
                {
                    await send(stub.Client, piece);
                    AssertIsOneSegment(before, piece, after, stub.Request.Address);
                }
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\r\n")]
    [InlineData("\u00a0\u3000\u2028")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task WhatCannotBeAnIdIsRefusedBeforeAnythingIsSent(string? id)
    {
        var stub = new Stub(AnyAnswer);
        foreach (var (_, _, send) in Operations)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => send(stub.Client, id!));
        }

        Assert.Empty(stub.Requests);
    }

    [Theory]
    [InlineData("...", "...")]
    [InlineData(". ", ".%20")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a\\b", "a%5Cb")]
    [InlineData("../../etc", "..%2F..%2Fetc")]
    [InlineData("a?b#c", "a%3Fb%23c")]
    [InlineData("ü", "%C3%BC")]
    [InlineData("\0", "%00")]
    public async Task SomeIdsAsTheyGoOntoTheWire(string id, string segment)
    {
        var stub = new Stub(AnyAnswer);

        await stub.Client.Products.UpdateBenefitsAsync(id, []);

        Assert.Equal($"/v1/products/{segment}/benefits", stub.Request.Target);
    }

    [Fact]
    public async Task VeryLongIdsAndFiltersAreSentWhole()
    {
        var text = string.Concat(Enumerable.Repeat("ä/", 40_000));
        var stub = new Stub(AnyAnswer);

        await stub.Client.Products.GetAsync(text);
        await stub.Client.Products.List(new ProductQuery { Query = text }).CountAsync();

        AssertIsOneSegment("/v1/products/", text, "", stub.Requests[0].Address);
        Assert.Equal(text, stub.Requests[1].Query[0].Value);
    }

    [Fact]
    public async Task NoFilterAddsAParameterOrLosesACharacter()
    {
        var random = new Random(1122);
        for (var round = 0; round < 2000; round++)
        {
            var stub = new Stub(AnyAnswer);
            var query = new ProductQuery
            {
                Id = [Text(random), Text(random)],
                Query = Text(random),
                Visibility = [Text(random)],
                Sorting = [Text(random)],
                Metadata = new Dictionary<string, object?>
                {
                    [Text(random)] = Text(random),
                    [Text(random) + "other"] = new List<string> { Text(random), Text(random) },
                },
            };
            var expected = new List<(string, string)>
            {
                ("id", query.Id[0]),
                ("id", query.Id[1]),
                ("query", query.Query),
                ("visibility", query.Visibility[0]),
            };
            foreach (var (key, value) in query.Metadata)
            {
                expected.AddRange(
                    (value as List<string> ?? [(string)value!]).Select(text => ($"metadata[{key}]", text))
                );
            }

            expected.AddRange([("sorting", query.Sorting[0]), ("page", "1"), ("limit", "100")]);

            await stub.Client.Products.List(query).CountAsync();
            expected[^1] = ("limit", "1");

            var request = stub.Request;
            Assert.Equal(
                expected.Select(pair => (Whole(pair.Item1), Whole(pair.Item2))),
                request.Query.Select(pair => (pair.Key, pair.Value))
            );
            Assert.Equal("/v1/products/", request.Address.AbsolutePath);
            Assert.Empty(request.Address.Fragment);
            // A plus sign is a space to some servers.
            Assert.DoesNotContain('+', request.Target);
            Assert.All(request.Target, letter => Assert.InRange(letter, '!', '~'));
        }
    }

    private static void AssertIsOneSegment(string before, string id, string after, Uri address)
    {
        Assert.Equal("https://polar.test", address.GetLeftPart(UriPartial.Authority));
        Assert.Empty(address.Query);
        Assert.Empty(address.Fragment);
        var path = address.AbsolutePath;
        Assert.All(path, letter => Assert.InRange(letter, '!', '~'));
        Assert.Equal((before + after).Count(letter => letter == '/'), path.Count(letter => letter == '/'));
        Assert.StartsWith(before, path, StringComparison.Ordinal);
        Assert.EndsWith(after, path, StringComparison.Ordinal);
        Assert.Equal(Whole(id), Uri.UnescapeDataString(path[before.Length..^after.Length]));
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var count = random.Next(0, 7); count > 0; count--)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return text.ToString();
    }

    // What UTF-8 makes of a text: halves of characters become the sign for what cannot be shown.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
