using System.Diagnostics;
using System.Net.Http;
using System.Text.Json;
using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>Faults, as they appear inside the process.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task AStatusIsAnsweredInsteadAsOftenAsToldAndNoOftener()
    {
        using var shop = new Shop();
        var rule = new FaultRule
        {
            Method = "get",
            Path = "/v1/products",
            After = 1,
            Times = 2,
            Status = 503,
            RetryAfter = "7",
            Body = "upstream is away",
        };
        shop.Emulator.Faults.Add(rule);

        var statuses = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            var answer = await shop.Get("/v1/products/");
            statuses.Add(answer.Status);
            if (answer.Status == 503)
            {
                Assert.Equal("7", answer.Header("Retry-After"));
                Assert.Equal("text/plain", answer.Message.Content.Headers.ContentType!.MediaType);
                Assert.Equal("upstream is away", await answer.Message.Content.ReadAsStringAsync());
            }
        }

        Assert.Equal([200, 503, 503, 200, 200], statuses);
        Assert.Equal(2, rule.Hits);
        Assert.Equal(200, (await shop.Get("/v1/discounts/")).Status);
    }

    [Theory]
    [InlineData("/v1/products/*/benefits", "/v1/products/9d2c1a34-6f0e-4b58-8a77-3f5d0c1e2b99/benefits", 500)]
    [InlineData("/v1/products/*/benefits", "/v1/products/9d2c1a34-6f0e-4b58-8a77-3f5d0c1e2b99", 404)]
    [InlineData("*links*", "/v1/checkout-links/", 500)]
    [InlineData("/v1/meters", "/v1/checkout-links/", 200)]
    [InlineData(null, "/v1/checkout-links/", 500)]
    public async Task PathsAreBeginningsOrPatterns(string? pattern, string path, int status)
    {
        using var shop = new Shop();
        shop.Emulator.Faults.Add(new FaultRule { Path = pattern, Status = 500 });
        Assert.Equal(status, (await shop.Get(path)).Status);
    }

    [Fact]
    public async Task ChanceFollowsTheSeed()
    {
        async Task<string> Run(int seed)
        {
            using var shop = new Shop();
            shop.Emulator.Faults.Add(
                new FaultRule
                {
                    Status = 500,
                    Probability = 0.3,
                    Seed = seed,
                }
            );
            var pattern = string.Empty;
            for (var i = 0; i < 60; i++)
            {
                pattern += (await shop.Get("/v1/meters/")).Status == 500 ? 'x' : '.';
            }

            return pattern;
        }

        var first = await Run(1);
        Assert.Equal(first, await Run(1));
        Assert.NotEqual(first, await Run(2));
        Assert.InRange(first.Count(character => character == 'x'), 5, 35);
    }

    [Fact]
    public async Task NothingHappensWhereTheAnswerIsReplacedUnlessItShall()
    {
        using var shop = new Shop();
        const string body = "{'name':'Foghorn','prices':[{'amount_type':'free'}]}";
        shop.Emulator.Faults.Add(new FaultRule { Method = "POST", Status = 502 });
        Assert.Equal(502, (await shop.Post("/v1/products/", body)).Status);
        Assert.Equal(16, (await shop.Get("/v1/products/")).TotalCount);
        Assert.Contains("Foghorn", shop.Emulator.Requests[0].Body, StringComparison.Ordinal);

        shop.Emulator.Faults.Clear();
        shop.Emulator.Faults.Add(
            new FaultRule
            {
                Method = "POST",
                Status = 504,
                Perform = true,
            }
        );
        Assert.Equal(504, (await shop.Post("/v1/products/", body)).Status);
        Assert.Equal(17, (await shop.Get("/v1/products/")).TotalCount);
    }

    [Fact]
    public async Task ConnectionsBreakBeforeAndAfter()
    {
        using var shop = new Shop();
        const string body = "{'name':'Foghorn','prices':[{'amount_type':'free'}]}";
        shop.Emulator.Faults.Add(new FaultRule { DropBeforeRead = true, Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => shop.Post("/v1/products/", body));
        Assert.Equal(0, shop.Emulator.Requests[0].StatusCode);
        Assert.Empty(shop.Emulator.Requests[0].Body);
        Assert.Equal(16, (await shop.Get("/v1/products/")).TotalCount);

        shop.Emulator.Faults.Add(new FaultRule { DropAfterRead = true, Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => shop.Post("/v1/products/", body));
        Assert.Equal(17, (await shop.Get("/v1/products/")).TotalCount);
    }

    [Fact]
    public async Task BodiesBreakOff()
    {
        using var shop = new Shop();
        shop.Emulator.Faults.Add(new FaultRule { TruncateBody = true, Times = 2 });
        var thrown = await Assert.ThrowsAsync<HttpRequestException>(() => shop.Get("/v1/products/"));
        Assert.IsType<IOException>(thrown.InnerException);

        using var client = new HttpClient(shop.Emulator.CreateHandler());
        client.DefaultRequestHeaders.Authorization = new("Bearer", shop.Emulator.AccessToken);
        using var answer = await client.GetAsync(
            new Uri("http://emulator.test/v1/products/"),
            HttpCompletionOption.ResponseHeadersRead
        );
        Assert.True(answer.IsSuccessStatusCode);
        Assert.True(answer.Content.Headers.ContentLength > 1000);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        using var kept = new MemoryStream();
        await Assert.ThrowsAsync<IOException>(() => stream.CopyToAsync(kept));
        Assert.InRange(kept.Length, 1, answer.Content.Headers.ContentLength!.Value - 1);
    }

    [Fact]
    public async Task JsonCanBeBroken()
    {
        using var shop = new Shop();
        shop.Emulator.Faults.Add(new FaultRule { MalformedJson = true });
        await Assert.ThrowsAnyAsync<JsonException>(() => shop.Get("/v1/products/"));
        await Assert.ThrowsAnyAsync<JsonException>(() =>
            shop.Delete("/v1/products/9d2c1a34-6f0e-4b58-8a77-3f5d0c1e2b99")
        );
    }

    [Fact]
    public async Task Redirections()
    {
        using var shop = new Shop();
        shop.Emulator.Faults.Add(new FaultRule { RedirectTo = "https://elsewhere.example/", Times = 1 });
        shop.Emulator.Faults.Add(new FaultRule { RedirectTo = "https://elsewhere.example/", Status = 302 });
        var first = await shop.Get("/v1/products/");
        Assert.Equal((307, "https://elsewhere.example/"), (first.Status, first.Header("Location")));
    }

    [Fact]
    public async Task DelaysAddUpAndCanBeGivenUp()
    {
        using var shop = new Shop();
        shop.Emulator.Faults.Add(new FaultRule { DelayMilliseconds = 60, Times = 1 });
        shop.Emulator.Faults.Add(new FaultRule { DelayMilliseconds = 60, Times = 1 });
        var clock = Stopwatch.StartNew();
        Assert.Equal(200, (await shop.Get("/v1/products/")).Status);
        Assert.True(clock.ElapsedMilliseconds >= 110);

        shop.Emulator.Faults.Add(new FaultRule { DelayMilliseconds = 60_000 });
        using var client = new HttpClient(shop.Emulator.CreateHandler());
        using var soon = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.GetAsync(new Uri("http://emulator.test/v1/products/"), soon.Token)
        );
    }

    [Fact]
    public async Task APageCanComeAgainAndAgain()
    {
        using var shop = new Shop();
        shop.Emulator.Faults.Add(new FaultRule { RepeatPage = 1, ClaimedMaxPage = 999 });
        var first = await shop.Get("/v1/products/?limit=5");
        var tenth = await shop.Get("/v1/products/?limit=5&page=10");
        Assert.Equal(first.Texts("id"), tenth.Texts("id"));
        Assert.Equal(999, tenth.MaxPage);
        Assert.Equal(16, tenth.TotalCount);
    }

    [Theory]
    [InlineData("/v1/products/")]
    [InlineData("/v1/checkout-links/")]
    [InlineData("/v1/discounts/")]
    [InlineData("/v1/benefits/")]
    public async Task ThingsAppearBetweenPages(string path)
    {
        using var shop = new Shop();
        var first = await shop.Get(path + "?limit=2");
        shop.Emulator.Faults.Add(new FaultRule { InsertBetweenPages = 1, Times = 1 });
        Assert.Equal(first.Texts("id"), (await shop.Get(path + "?limit=2&page=1")).Texts("id"));
        var second = await shop.Get(path + "?limit=2&page=2");
        Assert.Equal(first.Texts("id").Last(), second.Texts("id").First());
        Assert.Equal(first.TotalCount + 1, second.TotalCount);
        Assert.Equal(200, (await shop.Get($"{path}{(await shop.Get(path)).Texts("id").First()}")).Status);
    }

    [Theory]
    [InlineData("/v1/products/")]
    [InlineData("/v1/checkout-links/")]
    [InlineData("/v1/benefits/")]
    public async Task ThingsDisappearBetweenPages(string path)
    {
        using var shop = new Shop();
        var before = (await shop.Get(path + "?limit=100")).Texts("id").ToArray();
        shop.Emulator.Faults.Add(new FaultRule { RemoveBetweenPages = 1, Times = 1 });
        Assert.Equal(before[..2], (await shop.Get(path + "?limit=2")).Texts("id"));
        Assert.Equal(before[3..5], (await shop.Get(path + "?limit=2&page=2")).Texts("id"));
        Assert.Equal(404, (await shop.Get(path + before[0])).Status);
    }

    [Fact]
    public void RulesAreReadFromJson()
    {
        var one = Assert.Single(
            FaultRule.Parse(
                """{"method":"GET","path":"/v1/*","times":2,"after":1,"status":429,"retryAfter":3,"body":{"error":"x"},"perform":true}"""
            )
        );
        Assert.Equal("GET", one.Method);
        Assert.Equal((2, 1, 429, "3"), (one.Times, one.After, one.Status, one.RetryAfter));
        Assert.Equal("""{"error":"x"}""", one.Body);
        Assert.True(one.Perform);

        var two = FaultRule.Parse(
            """[{"DelayMilliseconds":5},{"dropAfterRead":true,"probability":0.5,"body":"text"}]"""
        );
        Assert.Equal(2, two.Count);
        Assert.Equal("text", two[1].Body);
        Assert.Throws<JsonException>(() => FaultRule.Parse("""{"statsu":500}"""));
    }
}
