using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>OAuth: a client comes, is consented to, and goes.</summary>
public sealed class OAuthTests
{
    private const string Address = "https://app.example.com/callback";

    private static readonly string[] Kept = ["client_id", "client_secret", "registration_access_token"];

    [Fact]
    public async Task ACodeBecomesTokensThatWorkRotateAndEnd()
    {
        using var shop = new Shop();
        var client = await Register(shop);
        const string verifier = "the-quick-brown-fox-jumps-over-the-lazy-dog-1234";
        var challenge = Convert
            .ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))
            .TrimEnd('=')
            .Replace('+', '-')
            .Replace('/', '_');
        string Code() => shop.Emulator.GrantConsent(client["client_id"], Address, "openid products:read", challenge);
        Task<Answer> Exchange(string code, string with) =>
            Send(
                shop,
                "token",
                client,
                ("grant_type", "authorization_code"),
                ("code", code),
                ("redirect_uri", Address),
                ("code_verifier", with)
            );
        Assert.Equal("invalid_grant", (await Exchange(Code(), "wrong")).Error);
        var code = Code();
        var tokens = await Exchange(code, verifier);
        Assert.Equal(200, tokens.Status);
        Assert.Equal("invalid_grant", (await Exchange(code, verifier)).Error);
        var access = (string)tokens.Body!["access_token"]!;
        var refresh = (string)tokens.Body["refresh_token"]!;

        shop.Token = access;
        Assert.Equal(200, (await shop.Get("/v1/products/")).Status);
        Assert.Equal(403, (await shop.Get("/v1/orders/")).Status);
        Assert.Equal(200, (await shop.Get("/v1/oauth2/userinfo")).Status);
        shop.Token = null;
        Assert.Equal(401, (await shop.Get("/v1/oauth2/userinfo")).Status);

        var looked = await Send(shop, "introspect", client, ("token", access));
        Assert.True((bool)looked.Body!["active"]!);
        var again = await Send(shop, "token", client, ("grant_type", "refresh_token"), ("refresh_token", refresh));
        Assert.Equal(200, again.Status);
        var used = await Send(shop, "token", client, ("grant_type", "refresh_token"), ("refresh_token", refresh));
        Assert.Equal((400, "invalid_grant"), (used.Status, used.Error));
        var second = (string)again.Body!["access_token"]!;
        Assert.Equal(200, (await Send(shop, "revoke", client, ("token", second))).Status);
        Assert.False((bool)(await Send(shop, "introspect", client, ("token", second))).Body!["active"]!);
        shop.Token = second;
        Assert.Equal("invalid_token", (await shop.Get("/v1/products/")).Error);
        shop.Token = access;
        shop.Emulator.AdvanceClock(TimeSpan.FromDays(11));
        Assert.Equal("invalid_token", (await shop.Get("/v1/products/")).Error);
    }

    [Fact]
    public async Task StrangersGetNothing()
    {
        using var shop = new Shop();
        var client = await Register(shop);
        foreach (var name in new[] { "token", "revoke", "introspect" })
        {
            var wrong = new Dictionary<string, string>(client) { ["client_secret"] = "x" };
            var refused = await Send(shop, name, wrong, ("token", "x"));
            Assert.Equal((401, "invalid_client"), (refused.Status, refused.Error));
        }

        // Without the token there is nothing to revoke or to tell about.
        Assert.Equal("invalid_request", (await Send(shop, "revoke", client)).Error);
        Assert.Equal("invalid_request", (await Send(shop, "introspect", client)).Error);
        Assert.Equal("unsupported_grant_type", (await Send(shop, "token", client, ("grant_type", "password"))).Error);
        var path = $"/v1/oauth2/register/{client["client_id"]}";
        shop.Token = null;
        var nobody = await shop.Get(path);
        Assert.Equal((400, "access_denied"), (nobody.Status, nobody.Error));
        shop.Token = "polar_crt_unknown";
        var stranger = await shop.Get(path);
        Assert.Equal((401, "invalid_client"), (stranger.Status, stranger.Error));
        // It manages the client, and opens nothing else.
        shop.Token = client["registration_access_token"];
        Assert.Equal(401, (await shop.Get("/v1/products/")).Status);
        Assert.Equal("invalid_client", (await shop.Get("/v1/oauth2/register/polar_ci_other")).Error);
        shop.Token = null;
        Assert.Equal(["body.redirect_uris"], (await shop.Post("/v1/oauth2/register", "{'client_name':'x'}")).Places);
        var scope = $"{{'client_name':'x','redirect_uris':['{Address}'],'scope':'everything'}}";
        Assert.Equal(["body.scope"], (await shop.Post("/v1/oauth2/register", scope)).Places);
    }

    [Fact]
    public async Task ClientsAreManagedWithTheirToken()
    {
        using var shop = new Shop();
        var client = await Register(shop);
        var path = $"/v1/oauth2/register/{client["client_id"]}";
        var query = $"?client_id={client["client_id"]}&response_type=code&redirect_uri={Uri.EscapeDataString(Address)}";
        shop.Token = null;
        Assert.Equal("Helm", (string)(await shop.Get("/v1/oauth2/authorize" + query)).Body!["client"]!["client_name"]!);
        Assert.Equal("invalid_client", (await shop.Get("/v1/oauth2/authorize?client_id=x")).Error);
        shop.Token = shop.Emulator.CreateUserToken();
        var consent = await shop.Get("/v1/oauth2/authorize" + query + "&sub_type=user");
        Assert.NotNull(consent.Body!["sub"]);

        shop.Token = client["registration_access_token"];
        Assert.Equal(200, (await shop.Get(path)).Status);
        var changed = await shop.Send(
            HttpMethod.Put,
            path,
            $"{{'client_id':'{client["client_id"]}','client_name':'Rudder','redirect_uris':['{Address}']}}"
        );
        Assert.Equal("Rudder", (string)changed.Body!["client_name"]!);
        // Polar replaces the whole, but for what is null.
        foreach (var logo in new[] { "'https://app.example.com/logo.png'", "null" })
        {
            var with = await shop.Send(
                HttpMethod.Put,
                path,
                $"{{'client_id':'{client["client_id"]}','client_name':'Rudder','redirect_uris':['{Address}'],'logo_uri':{logo},'default_sub_type':'organization'}}"
            );
            Assert.Equal("https://app.example.com/logo.png", (string)with.Body!["logo_uri"]!);
            Assert.Null(with.Body["default_sub_type"]);
        }

        Assert.Equal(204, (await shop.Delete(path)).Status);
        Assert.Equal(401, (await shop.Get(path)).Status);
        Assert.Equal(401, (await shop.Delete(path)).Status);
        Assert.Equal(
            401,
            (
                await shop.Send(
                    HttpMethod.Put,
                    path,
                    $"{{'client_id':'{client["client_id"]}','client_name':'Rudder','redirect_uris':['{Address}']}}"
                )
            ).Status
        );
    }

    [Fact]
    public async Task APublicClientIsToldNoSecretAndMayOnlyExchange()
    {
        using var shop = new Shop();
        shop.Token = null;
        var client = await shop.Post(
            "/v1/oauth2/register",
            $"{{'client_name':'Helm','redirect_uris':['{Address}'],'token_endpoint_auth_method':'none','scope':'openid'}}"
        );
        Assert.Null(client.Body!["client_secret"]);
        Assert.Null(client.Body["client_secret_expires_at"]);
        var form = Kept.ToDictionary(name => name, name => (string?)client.Body[name] ?? string.Empty);
        Assert.Equal("invalid_client", (await Send(shop, "introspect", form, ("token", "x"))).Error);
        Assert.Equal("invalid_client", (await Send(shop, "revoke", form, ("token", "x"))).Error);
        var code = shop.Emulator.GrantConsent(form["client_id"], Address, "openid");
        var tokens = await Send(
            shop,
            "token",
            form,
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", Address)
        );
        Assert.Equal(200, tokens.Status);
        // The token that it got opens the API, and not its registration.
        shop.Token = (string)tokens.Body!["access_token"]!;
        Assert.Equal("access_denied", (await shop.Get($"/v1/oauth2/register/{form["client_id"]}")).Error);
    }

    private static async Task<Dictionary<string, string>> Register(Shop shop)
    {
        var token = shop.Token;
        shop.Token = null;
        var client = await shop.Post(
            "/v1/oauth2/register",
            $"{{'client_name':'Helm','redirect_uris':['{Address}'],'scope':'openid products:read'}}"
        );
        Assert.Equal(200, client.Status);
        shop.Token = token;
        return Kept.ToDictionary(name => name, name => (string)client.Body![name]!);
    }

    private static async Task<Answer> Send(
        Shop shop,
        string name,
        Dictionary<string, string> client,
        params (string Name, string Value)[] form
    )
    {
        var token = shop.Token;
        shop.Token = null;
        var fields = form.Append(("client_id", client["client_id"])).Append(("client_secret", client["client_secret"]));
        var answer = await shop.Send(
            HttpMethod.Post,
            "/v1/oauth2/" + name,
            null,
            request =>
                request.Content = new FormUrlEncodedContent(
                    fields.Select(field => new KeyValuePair<string, string>(field.Item1, field.Item2))
                )
        );
        shop.Token = token;
        return answer;
    }
}
