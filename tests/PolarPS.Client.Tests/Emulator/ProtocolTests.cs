using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using PolarPS.Emulator;
using PolarPS.OpenApi;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>What is decided before an operation: versions, paths, sizes, rates, and the form of a body as such.</summary>
public sealed class ProtocolTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(ApiVersion.Tested)]
    public async Task TheVersionThatIsAnsweredIsTold(string? asked)
    {
        using var shop = new Shop();
        var answer = await shop.Send(HttpMethod.Get, "/v1/products/", null, Version(asked));
        Assert.Equal(200, answer.Status);
        Assert.Equal(ApiVersion.Tested, answer.Header("Polar-Version"));
    }

    [Theory]
    [InlineData("2025-01")]
    [InlineData("2026-04")]
    [InlineData("2027-01")]
    [InlineData("2026-11")]
    [InlineData("latest")]
    public async Task UnknownVersionsHaveNothing(string asked)
    {
        using var shop = new Shop { Token = "polar_oat_bad" };
        var answer = await shop.Send(HttpMethod.Get, "/v1/products/", null, Version(asked));
        Assert.Equal(404, answer.Status);
        Assert.Equal("{\"detail\":\"Not Found\"}", answer.Body!.ToJsonString());
        Assert.Null(answer.Header("Polar-Version"));
    }

    [Theory]
    [InlineData("GET", "/v1/product/", 404)]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/v2/products/", 404)]
    [InlineData("GET", "/v1/products/a%2Fb", 404)]
    [InlineData("DELETE", "/v1/products/", 405)]
    [InlineData("PUT", "/v1/products/", 405)]
    [InlineData("POST", "/v1/products/9d2c1a34-6f0e-4b58-8a77-3f5d0c1e2b99", 405)]
    [InlineData("HEAD", "/v1/products/", 405)]
    public async Task UnknownRoutes(string method, string path, int status)
    {
        using var shop = new Shop { Token = null };
        var answer = await shop.Send(new HttpMethod(method), path, method is "POST" or "PUT" ? "{}" : null);
        Assert.Equal(status, answer.Status);
        Assert.Equal(["detail"], answer.Body!.AsObject().Select(member => member.Key));
    }

    [Theory]
    [InlineData("/v1/products", "http://emulator.test/v1/products/")]
    [InlineData("/v1/products?limit=3&query=a%20b", "http://emulator.test/v1/products/?limit=3&query=a%20b")]
    [InlineData(
        "/v1/products/9d2c1a34-6f0e-4b58-8a77-3f5d0c1e2b99/",
        "http://emulator.test/v1/products/9d2c1a34-6f0e-4b58-8a77-3f5d0c1e2b99"
    )]
    public async Task TheWrongSlashIsRedirected(string path, string location)
    {
        using var shop = new Shop();
        var answer = await shop.Get(path);
        Assert.Equal(307, answer.Status);
        Assert.Equal(location, answer.Header("Location"));
    }

    [Fact]
    public async Task TheOldRootStillLeadsHere()
    {
        using var shop = new Shop();
        var answer = await shop.Get("/api/v1/products/");
        Assert.Equal(200, answer.Status);
        Assert.NotNull(answer.Header("X-Polar-Deprecation-Notice"));
    }

    [Fact]
    public async Task ABodyNeedsALength()
    {
        using var shop = new Shop();
        var chunked = await shop.Send(
            HttpMethod.Post,
            "/v1/products/",
            "{}",
            request => request.Headers.TransferEncodingChunked = true
        );
        Assert.Equal(411, chunked.Status);
        Assert.Equal("LengthRequired", chunked.Error);

        var empty = await shop.Send(HttpMethod.Post, "/v1/products/");
        Assert.Equal(422, empty.Status);
        Assert.Equal(["body"], empty.Places);
        Assert.Equal(["missing"], empty.Types);
    }

    [Fact]
    public async Task ABodyMustNotBeTooLarge()
    {
        using var shop = new Shop();
        var path = $"/v1/products/{await shop.Product("Harbor")}";
        string Body(int size) => "{'description':'" + new string('x', size - "{'description':''}".Length) + "'}";
        Assert.Equal(200, (await shop.Patch(path, Body(10 * 1024 * 1024))).Status);
        var refused = await shop.Patch(path, Body((10 * 1024 * 1024) + 1));
        Assert.Equal(413, refused.Status);
        Assert.Equal("RequestBodyTooLarge", refused.Error);
    }

    [Theory]
    [InlineData("{\"name\":", "application/json", "json_invalid")]
    [InlineData("{'name':'x'}", "application/json", "json_invalid")]
    [InlineData("{\"name\":\"x\"} trailing", "application/json", "json_invalid")]
    [InlineData("\uFFFD", "application/json", "json_invalid")]
    [InlineData("5", "application/json", "model_attributes_type")]
    [InlineData("null", "application/json; charset=utf-8", "model_attributes_type")]
    [InlineData("{\"name\":\"x\"}", "text/plain", "model_attributes_type")]
    [InlineData("{\"name\":\"x\"}", null, "model_attributes_type")]
    [InlineData("name=x", "application/x-www-form-urlencoded", "model_attributes_type")]
    public async Task ABodyMustBeJson(string body, string? contentType, string type)
    {
        using var shop = new Shop();
        var path = $"/v1/products/{await shop.Product("Harbor")}";
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        var answer = await shop.Send(HttpMethod.Patch, path, null, request => request.Content = content);
        Assert.Equal(422, answer.Status);
        Assert.Equal([type], answer.Types);
        Assert.StartsWith("body", answer.Places[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheLastOfTwoMembersCounts()
    {
        using var shop = new Shop();
        var path = $"/v1/products/{await shop.Product("Harbor")}";
        Assert.Equal("Second", (string)(await shop.Patch(path, "{'name':'First','name':'Second'}")).Body!["name"]!);
    }

    [Theory]
    [InlineData("bearer {token}", 200)]
    [InlineData("BEARER   {token}", 200)]
    [InlineData("Basic {token}", 401)]
    [InlineData("{token}", 401)]
    [InlineData("Bearer", 401)]
    [InlineData("Bearer tøken", 401)]
    public async Task TheSchemeIsReadInAnyCase(string header, int status)
    {
        using var shop = new Shop();
        var answer = await shop.Emulator.HandleAsync(
            new EmulatorRequest(
                "GET",
                "/v1/products/",
                null,
                [
                    KeyValuePair.Create(
                        "authorization",
                        header.Replace("{token}", shop.Emulator.AccessToken, StringComparison.Ordinal)
                    ),
                ]
            ),
            CancellationToken.None
        );
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task TooManyRequestsAreToldToWait()
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        using var shop = new Shop(
            new EmulatorOptions
            {
                RateLimitPerMinute = 3,
                Clock = () => now,
                Sandbox = true,
            }
        );
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await shop.Get("/v1/products/")).Status);
        }

        now = now.AddSeconds(17.5);
        var refused = await shop.Get("/v1/products/");
        Assert.Equal(429, refused.Status);
        Assert.Null(refused.Body);
        Assert.Equal("43", refused.Header("Retry-After"));
        Assert.Null(refused.Message.Content.Headers.ContentType);
        Assert.Null(refused.Header("X-Polar-Sandbox"));

        // Another token of the same organization waits too; another caller does not.
        shop.Token = shop.Emulator.CreateAccessToken();
        Assert.Equal(429, (await shop.Get("/v1/products/")).Status);
        shop.Token = shop.Emulator.CreateUserToken();
        Assert.Equal(200, (await shop.Get("/v1/products/")).Status);

        now = now.AddSeconds(43);
        shop.Token = shop.Emulator.AccessToken;
        Assert.Equal(200, (await shop.Get("/v1/products/")).Status);
    }

    [Fact]
    public async Task RequestsAreRememberedWithoutSecrets()
    {
        using var shop = new Shop();
        var secret = shop.Emulator.AccessToken;
        await shop.Send(
            HttpMethod.Post,
            $"/v1/products/?token={secret}",
            $"{{'name':'x','metadata':{{'leaked':'{secret}'}}}}",
            request => request.Headers.Add("X-Custom", secret)
        );
        await shop.Get("/v1/products/?limit=1");

        Assert.Equal(2, shop.Emulator.RequestCount);
        var first = shop.Emulator.Requests[0];
        Assert.Equal("POST", first.Method);
        Assert.Equal("/v1/products/", first.Path);
        Assert.Equal(422, first.StatusCode);
        Assert.Contains("Authorization", first.HeaderNames);
        Assert.Contains("X-Custom", first.HeaderNames);
        Assert.StartsWith("application/json", first.Headers["content-type"], StringComparison.Ordinal);
        Assert.Contains("\"name\":\"x\"", first.Body, StringComparison.Ordinal);
        var everything = first.PathAndQuery + first.Body + string.Concat(first.Headers.Values);
        Assert.DoesNotContain(secret[10..], everything, StringComparison.Ordinal);
        Assert.Equal("/v1/products/?limit=1", shop.Emulator.Requests[1].PathAndQuery);

        for (var i = 0; i < 1005; i++)
        {
            await shop.Get(string.Create(CultureInfo.InvariantCulture, $"/v1/meters/?page={i + 1}"));
        }

        Assert.Equal(1007, shop.Emulator.RequestCount);
        Assert.Equal(1000, shop.Emulator.Requests.Count);
        Assert.Equal("page=1005", shop.Emulator.Requests[^1].Query);
        shop.Emulator.ClearRequests();
        Assert.Empty(shop.Emulator.Requests);
    }

    private static Action<HttpRequestMessage> Version(string? version) =>
        request =>
        {
            if (version is not null)
            {
                request.Headers.TryAddWithoutValidation("Polar-Version", version);
            }
        };

    [Fact]
    public async Task TheSandboxSaysSo()
    {
        using var shop = new Shop(new EmulatorOptions { Sandbox = true });
        var list = await shop.Get("/v1/checkout-links/");
        Assert.Equal("1", list.Header("X-Polar-Sandbox"));
        Assert.StartsWith("https://sandbox-api.polar.sh/", list.Texts("url").First(), StringComparison.Ordinal);
    }
}
