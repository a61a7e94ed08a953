using System.Net.Http;
using PolarPS.Emulator;
using PolarPS.OpenApi;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>What holds for every operation: it works, and it refuses whom and what it must.</summary>
public sealed class OperationTests
{
    private const string Nobody = "9d2c1a34-6f0e-4b58-8a77-3f5d0c1e2b99";

    /// <summary>Method, path ({id} is any of the collection), body, status, and the scopes' name.</summary>
    public static TheoryData<string, string, string?, int, string> Operations { get; } =
        new()
        {
            { "GET", "/v1/products/", null, 200, "products" },
            { "GET", "/v1/products/{id}", null, 200, "products" },
            {
                "POST",
                "/v1/products/",
                "{'name':'Sextant','prices':[{'amount_type':'fixed','price_amount':5000}]}",
                201,
                "products"
            },
            { "PATCH", "/v1/products/{id}", "{'name':'Sextant II'}", 200, "products" },
            { "DELETE", "/v1/products/{id}", null, 204, "products" },
            { "POST", "/v1/products/{id}/benefits", "{'benefits':[]}", 200, "products" },
            { "GET", "/v1/checkout-links/", null, 200, "checkout_links" },
            { "GET", "/v1/checkout-links/{id}", null, 200, "checkout_links" },
            {
                "POST",
                "/v1/checkout-links/",
                "{'payment_processor':'stripe','products':['{product}']}",
                201,
                "checkout_links"
            },
            { "PATCH", "/v1/checkout-links/{id}", "{'label':'Quay'}", 200, "checkout_links" },
            { "DELETE", "/v1/checkout-links/{id}", null, 204, "checkout_links" },
            { "GET", "/v1/organizations/", null, 200, "organizations" },
            { "GET", "/v1/organizations/{id}", null, 200, "organizations" },
            { "PATCH", "/v1/organizations/{id}", "{'name':'Northwind & Sons'}", 200, "organizations" },
            { "GET", "/v1/discounts/", null, 200, "discounts" },
            { "GET", "/v1/discounts/{id}", null, 200, "discounts" },
            {
                "POST",
                "/v1/discounts/",
                "{'type':'percentage','name':'Calm','duration':'once','basis_points':500}",
                201,
                "discounts"
            },
            { "PATCH", "/v1/discounts/{id}", "{'name':'Storm'}", 200, "discounts" },
            { "DELETE", "/v1/discounts/{id}", null, 204, "discounts" },
            { "GET", "/v1/benefits/", null, 200, "benefits" },
            { "GET", "/v1/benefits/{id}", null, 200, "benefits" },
            { "POST", "/v1/benefits/", "{'type':'custom','description':'A wave','properties':{}}", 201, "benefits" },
            {
                "PATCH",
                "/v1/benefits/{id}",
                "{'type':'slack_shared_channel','description':'Channel'}",
                200,
                "benefits"
            },
            { "DELETE", "/v1/benefits/{id}", null, 204, "benefits" },
            { "GET", "/v1/meters/", null, 200, "meters" },
            { "GET", "/v1/meters/{id}", null, 200, "meters" },
            { "GET", "/v1/custom-fields/", null, 200, "custom_fields" },
            { "GET", "/v1/custom-fields/{id}", null, 200, "custom_fields" },
        };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Works(string method, string path, string? body, int status, string scope)
    {
        using var shop = new Shop();
        var (target, text) = await Fill(shop, path, body);
        var right = method == "GET" ? "read" : "write";
        shop.Token = shop.Emulator.CreateAccessToken($"{scope}:{right}");

        var answer = await shop.Send(new HttpMethod(method), target, text);

        Assert.Equal(status, answer.Status);
        Assert.True(answer.Message.Headers.CacheControl is { Private: true, NoStore: true });
        Assert.Equal(ApiVersion.Tested, answer.Header("Polar-Version"));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task RefusesStrangers(string method, string path, string? body, int status, string scope)
    {
        Assert.InRange(status, 200, 204);
        using var shop = new Shop();
        var (target, text) = await Fill(shop, path, body);

        shop.Token = null;
        var without = await shop.Send(new HttpMethod(method), target, text);
        Assert.Equal(401, without.Status);
        Assert.Equal("Unauthorized", without.Error);
        Assert.StartsWith("Bearer", without.Header("WWW-Authenticate"), StringComparison.Ordinal);

        foreach (var bad in new[] { shop.Emulator.CreateExpiredToken(), "polar_oat_nonsense", "x" })
        {
            shop.Token = bad;
            var refused = await shop.Send(new HttpMethod(method), target, text);
            Assert.Equal(401, refused.Status);
            Assert.Equal("invalid_token", refused.Error);
            Assert.Contains("invalid_token", refused.Header("WWW-Authenticate"), StringComparison.Ordinal);
        }

        shop.Token = shop.Emulator.CreateAccessToken("openid");
        var lacking = await shop.Send(new HttpMethod(method), target, text);
        Assert.Equal(403, lacking.Status);
        Assert.Equal("insufficient_scope", lacking.Error);
        Assert.Contains(scope + ":write", lacking.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task ReadingDoesNotAllowWriting(string method, string path, string? body, int status, string scope)
    {
        using var shop = new Shop();
        var (target, text) = await Fill(shop, path, body);

        shop.Token = shop.Emulator.CreateAccessToken([.. EmulatorScopes.ReadOnly]);
        Assert.Equal(method == "GET" ? 200 : 403, (await shop.Send(new HttpMethod(method), target, text)).Status);

        shop.Token = shop.Emulator.CreateAccessToken(scope + ":write");
        Assert.Equal(status, (await shop.Send(new HttpMethod(method), target, text)).Status);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task RefusesIdsThatAreNoneOrNotItsOwn(
        string method,
        string path,
        string? body,
        int status,
        string scope
    )
    {
        Assert.NotEmpty(scope);
        Assert.InRange(status, 200, 204);
        if (!path.Contains("{id}", StringComparison.Ordinal))
        {
            return;
        }

        using var shop = new Shop();
        var text = (await Fill(shop, path, body)).Body;
        async Task<Answer> Try(string id) =>
            await shop.Send(new HttpMethod(method), path.Replace("{id}", id, StringComparison.Ordinal), text);

        var unknown = await Try(Nobody);
        Assert.Equal(404, unknown.Status);
        Assert.Equal("ResourceNotFound", unknown.Error);

        var malformed = await Try("not-an-id");
        Assert.Equal(422, malformed.Status);
        Assert.Equal("RequestValidationError", malformed.Error);
        Assert.Equal(["path.id"], malformed.Places);
        Assert.Equal(["uuid_parsing"], malformed.Types);

        var otherVersion = await Try("9d2c1a34-6f0e-1b58-8a77-3f5d0c1e2b99");
        Assert.Equal(["uuid_version"], otherVersion.Types);
    }

    [Theory]
    [InlineData("products", "{'name':'Theirs','organization_id':'{org}','prices':[{'amount_type':'free'}]}")]
    [InlineData("benefits", "{'type':'custom','description':'Theirs','organization_id':'{org}','properties':{}}")]
    [InlineData(
        "discounts",
        "{'type':'percentage','name':'Theirs','organization_id':'{org}','duration':'once','basis_points':1}"
    )]
    public async Task OtherOrganizationsThingsAreNotThere(string collection, string body)
    {
        using var shop = new Shop();
        shop.Token = shop.Emulator.CreateUserToken();
        var organization = await shop.Post("/v1/organizations/", "{'name':'Contrary Winds','slug':'contrary'}");
        Assert.Equal(201, organization.Status);
        var theirs = await shop.Post(
            $"/v1/{collection}/",
            body.Replace("{org}", organization.Id, StringComparison.Ordinal)
        );
        Assert.Equal(201, theirs.Status);
        Assert.Equal(200, (await shop.Get($"/v1/{collection}/{theirs.Id}")).Status);
        var all = (await shop.Get($"/v1/{collection}/")).TotalCount;

        shop.Token = shop.Emulator.AccessToken;
        Assert.Equal(404, (await shop.Get($"/v1/{collection}/{theirs.Id}")).Status);
        Assert.Equal(404, (await shop.Delete($"/v1/{collection}/{theirs.Id}")).Status);
        Assert.Equal(404, (await shop.Get($"/v1/organizations/{organization.Id}")).Status);
        Assert.Equal(all - 1, (await shop.Get($"/v1/{collection}/")).TotalCount);
        Assert.Equal(0, (await shop.Get($"/v1/{collection}/?organization_id={organization.Id}")).TotalCount);
    }

    // The newest of a collection is free to be changed and deleted.
    internal static async Task<(string Path, string? Body)> Fill(Shop shop, string path, string? body)
    {
        if (path.Contains("{id}", StringComparison.Ordinal))
        {
            var collection = path.Split('/')[2];
            var list = await shop.Get(
                string.Create(CultureInfo.InvariantCulture, $"/v1/{collection}/?sorting=-created_at&limit=1")
            );
            path = path.Replace("{id}", list.Texts("id").First(), StringComparison.Ordinal);
        }

        if (body?.Contains("{product}", StringComparison.Ordinal) == true)
        {
            body = body.Replace("{product}", await shop.Product("Harbor"), StringComparison.Ordinal);
        }

        return (path, body);
    }
}
