using System.Collections;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>Lists at any path: read to their end, or refused; never a part as if it were all.</summary>
public sealed class RawListTests
{
    [Fact]
    public async Task AListIsReadToItsEnd()
    {
        var server = new ListServer(350);
        var ids = new List<string?>();
        await foreach (var item in server.Stub.Client.List("/v1/anything/?b=1", new() { Filter = Names("a", "ä b") }))
        {
            ids.Add(item.Id);
            Assert.Equal(item.Id, ((IDictionary<string, object?>)item.Value!)["id"]);
        }

        Assert.Equal(350, ids.Distinct().Count());
        Assert.Equal(350, ids.Count);
        Assert.All(
            server.Stub.Requests,
            sent => Assert.StartsWith("/v1/anything/?b=1&a=%C3%A4%20b&page=", sent.Target, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task ExtentAndCountAreAsForOtherLists()
    {
        var server = new ListServer(350);
        var list = server.Stub.Client.List("/v1/anything/", new RawListQuery { First = 3, Skip = 200 });

        Assert.Equal(350, await list.CountAsync());
        var ids = new List<string?>();
        await foreach (var item in list)
        {
            ids.Add(item.Id![^2..]);
        }

        Assert.Equal(["c8", "c9", "ca"], ids);
    }

    [Theory]
    [InlineData("?page=2")]
    [InlineData("?limit=5")]
    [InlineData("?Page=2")]
    [InlineData("?LIMIT=5")]
    [InlineData("?a=1&page=2")]
    [InlineData("?a=1&page")]
    [InlineData("?%70age=2")]
    [InlineData("?p%61ge=2&a=1")]
    [InlineData("?li%6Dit=2")]
    [InlineData("?+page+=2")]
    [InlineData("?%20page=2")]
    [InlineData("?page[]=2")]
    [InlineData("?page%5B0%5D=2")]
    [InlineData("?page=")]
    [InlineData("?&&limit=1")]
    public void APageOfOnesOwnIsRefused(string query)
    {
        var stub = new Stub("{}");

        var error = Assert.Throws<ArgumentException>(() => stub.Client.List("/v1/products/" + query));

        Assert.Contains("all pages are read", error.Message, StringComparison.Ordinal);
        Assert.Empty(stub.Requests);
    }

    [Theory]
    [InlineData("page")]
    [InlineData("Limit")]
    [InlineData("PAGE")]
    [InlineData(" page ")]
    [InlineData("limit[]")]
    public void APageOfOnesOwnIsRefusedAmongTheFiltersToo(string name)
    {
        var stub = new Stub("{}");

        Assert.Throws<ArgumentException>(() =>
            stub.Client.List("/v1/products/", new RawListQuery { Filter = new Hashtable { [name] = 1 } })
        );
        Assert.Throws<ArgumentException>(() =>
            stub.Client.List("/v1/products/", new RawListQuery { Filter = Names(name, "1") })
        );
        Assert.Empty(stub.Requests);
    }

    [Theory]
    [InlineData("homepage")]
    [InlineData("page_size")]
    [InlineData("limited")]
    [InlineData("metadata[page]")]
    public async Task WhatOnlyLooksLikeAPageIsNone(string name)
    {
        var server = new ListServer(3);

        var items = 0;
        await foreach (var item in server.Stub.Client.List("/v1/x/", new RawListQuery { Filter = Names(name, "1") }))
        {
            items++;
        }

        Assert.Equal(3, items);
    }

    public static TheoryData<object?, string> Values { get; } =
        new()
        {
            { "a b", "x=a%20b" },
            { true, "x=true" },
            { 5, "x=5" },
            { 2.5, "x=2.5" },
            { 12.50m, "x=12.50" },
            { new DateTimeOffset(2028, 6, 30, 2, 0, 0, TimeSpan.FromHours(2)), "x=2028-06-30T00%3A00%3A00Z" },
            { new[] { "a", "b" }, "x=a&x=b" },
            { new object[] { 1, false }, "x=1&x=false" },
            { Names("plan", "pro"), "x%5Bplan%5D=pro" },
            { Names("plan", new[] { "pro", "max" }), "x%5Bplan%5D=pro&x%5Bplan%5D=max" },
            { Guid.Empty, "x=00000000-0000-0000-0000-000000000000" },
        };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task AValueIsWrittenAsPolarReadsIt(object? value, string text)
    {
        foreach (var culture in new[] { "de-DE", "th-TH", "" })
        {
            var before = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            try
            {
                var server = new ListServer(1);
                await foreach (var item in server.Stub.Client.List("/v1/x/", new() { Filter = Names("x", value) })) { }

                Assert.Equal($"/v1/x/?{text}&page=1&limit=100", Assert.Single(server.Stub.Requests).Target);
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }
    }

    public static TheoryData<object?> NoValues { get; } =
    [
        null,
        "",
        "  ",
        new Dictionary<string, object?>(),
        Array.Empty<string>(),
        new object?[] { "a", null },
        Names("plan", null),
        Names("plan", ""),
        Names("plan", Names("deeper", 1)),
        new object[] { new[] { 1 } },
        new Uri[] { null! },
        new Version(1, 0),
        new object(),
    ];

    [Theory]
    [MemberData(nameof(NoValues))]
    public void AValueThatWouldFilterNothingIsRefused(object? value)
    {
        var stub = new Stub("{}");

        Assert.Throws<ArgumentException>(() => stub.Client.List("/v1/x/", new() { Filter = Names("x", value) }));
        Assert.Empty(stub.Requests);
    }

    [Theory]
    [InlineData("""{"items":[{"id":"a"}],"pagination":{"total_count":1,"max_page":1.0}}""")]
    [InlineData("""{"items":[{"id":"a"}],"pagination":{"total_count":1e0,"max_page":1}}""")]
    [InlineData("""{"items":[{"id":"a"}],"pagination":{"max_page":1}}""")]
    [InlineData("""{"items":[{"id":"a"}],"pagination":{"has_next_page":false}}""")]
    [InlineData("""{"pagination":{"max_page":1,"total_count":1,"more":[]},"extra":null,"items":[{"id":5}]}""")]
    [InlineData("""{"items":[7],"pagination":{"total_count":1,"max_page":1}}""")]
    public async Task AnEnvelopeThatSaysEnoughIsRead(string body)
    {
        var items = 0;
        await foreach (var item in new Stub(body).Client.List("/v1/x/"))
        {
            Assert.NotNull(item.Value);
            items++;
        }

        Assert.Equal(1, items);
    }

    [Theory]
    [InlineData("""{"total_count":3,"max_page":null}""")]
    [InlineData("""{"total_count":3,"max_page":"1"}""")]
    [InlineData("""{"total_count":"3","max_page":1}""")]
    [InlineData("""{"total_count":null,"max_page":1}""")]
    [InlineData("""{"total_count":3,"max_page":1.5}""")]
    [InlineData("""{"total_count":1.5,"max_page":1}""")]
    [InlineData("""{"total_count":3,"max_page":-1}""")]
    [InlineData("""{"total_count":-3,"max_page":1}""")]
    [InlineData("""{"total_count":3,"max_page":1e30}""")]
    [InlineData("""{"total_count":3,"max_page":99999999999}""")]
    [InlineData("""{"total_count":99999999999999999999999999,"max_page":1}""")]
    [InlineData("""{"total_count":3,"max_page":true}""")]
    [InlineData("""{"total_count":3,"max_page":[1]}""")]
    [InlineData("""{"total_count":300}""")]
    [InlineData("""{"total_count":1}""")]
    [InlineData("""{"count":1,"pages":1}""")]
    [InlineData("""{"has_next_page":"false"}""")]
    [InlineData("""{"has_next_page":null}""")]
    [InlineData("""{"has_next_page":0}""")]
    [InlineData("""{"has_next_page":true,"max_page":1}""")]
    [InlineData("""{"next_page":2}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    public async Task AnEnvelopeThatSaysTooLittleIsRefused(string pagination)
    {
        var error = await RefusedAsync($$"""{"items":[{"id":"a"}],"pagination":{{pagination}}}""");

        Assert.StartsWith("The response is not a paged list", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"id":"a"}]""")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("{}")]
    [InlineData("""{"id":"a"}""")]
    [InlineData("""{"items":null,"pagination":{"total_count":0,"max_page":0}}""")]
    [InlineData("""{"items":{"a":1},"pagination":{"total_count":1,"max_page":1}}""")]
    [InlineData("""{"items":"a","pagination":{"total_count":1,"max_page":1}}""")]
    [InlineData("""{"items":[{"id":"a"}]}""")]
    [InlineData("""{"data":[{"id":"a"}],"pagination":{"total_count":1,"max_page":1}}""")]
    [InlineData("""{"data":{"items":[{"id":"a"}],"pagination":{"total_count":1,"max_page":1}}}""")]
    [InlineData("""{"Items":[{"id":"a"}],"pagination":{"total_count":1,"max_page":1}}""")]
    [InlineData("""{"items":[{"id":"a"}],"Pagination":{"total_count":1,"max_page":1}}""")]
    [InlineData("")]
    [InlineData("{\"items\":[")]
    public async Task WhatIsNoListIsRefused(string body)
    {
        var error = await RefusedAsync(body);

        Assert.NotEmpty(error.Message);
    }

    [Theory]
    [InlineData("""{"items":[{"id":"a"}],"pagination":{"total_count":3,"max_page":1}}""")]
    [InlineData("""{"items":[{"id":"a"}],"pagination":{"total_count":3,"max_page":0}}""")]
    [InlineData("""{"items":[{"id":"a"}],"pagination":{"total_count":300,"max_page":1}}""")]
    [InlineData("""{"items":[{"id":"a"}],"pagination":{"total_count":300,"max_page":2000000000}}""")]
    [InlineData("""{"items":[{"id":"a"}],"pagination":{"total_count":9223372036854775807,"max_page":2147483647}}""")]
    [InlineData("""{"items":[],"pagination":{"total_count":1,"max_page":1}}""")]
    [InlineData("""{"items":[{"id":"a"}],"pagination":{"has_next_page":true}}""")]
    [InlineData("""{"items":[{"name":"a"}],"pagination":{"total_count":300,"max_page":3}}""")]
    [InlineData("""{"items":[5],"pagination":{"total_count":2,"max_page":1}}""")]
    public async Task AListThatEndsBeforeItsEndIsIncomplete(string body)
    {
        var items = new List<object?>();

        var error = await Assert.ThrowsAsync<PolarListException>(async () =>
        {
            await foreach (var item in new Stub(body).Client.List("/v1/x/"))
            {
                items.Add(item.Value);
                Assert.InRange(items.Count, 0, 1000);
            }
        });

        Assert.StartsWith("The list is not complete", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sorting=name", true)]
    [InlineData("sorting=-name&sorting=created_at", true)]
    [InlineData("sorting=-created_at", false)]
    [InlineData("a=1", false)]
    public async Task AListByWhatCanChangeIsReadWhole(string query, bool isWhole)
    {
        var server = new ListServer(350);
        await using var items = server.Stub.Client.List("/v1/x/?" + query).GetAsyncEnumerator();

        Assert.True(await items.MoveNextAsync());

        Assert.Equal(isWhole ? 4 : 1, server.Requests.Count);
    }

    private static async Task<PolarException> RefusedAsync(string body) =>
        await Assert.ThrowsAsync<PolarResponseException>(async () =>
        {
            await foreach (var item in new Stub(body).Client.List("/v1/x/"))
            {
                Assert.Fail("An item came.");
            }
        });

    private static Dictionary<string, object?> Names(string name, object? value) => new() { [name] = value };
}
