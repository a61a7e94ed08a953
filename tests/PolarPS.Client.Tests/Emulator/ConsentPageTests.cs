using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolarPS.Client.Models;
using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>The page on which a browser asks a person: it sends nobody where the client has not registered, and runs nothing.</summary>
public sealed class ConsentPageTests : IDisposable
{
    private const string Address = "http://127.0.0.1:18917/polarps/callback";

    private readonly EmulatorServer _server;
    private readonly HttpClient _browser;

    public ConsentPageTests()
    {
        _server = EmulatorServer.Start(new PolarEmulator());
        _browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Url };
    }

    public void Dispose()
    {
        _browser.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task ItShowsWhoAsksForWhat()
    {
        var page = await _browser.GetAsync(await Query("<script>alert(1)</script>"));

        var text = await page.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("&lt;script&gt;alert(1)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.Contains("<li>products:read</li>", text, StringComparison.Ordinal);
        Assert.StartsWith(
            "default-src 'none'",
            page.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task AllowingSendsTheBrowserBackWithACodeThatWorks()
    {
        var query = await Query("Helm");
        var answer = await _browser.PostAsync(query, Form(("action", "allow")));

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var redirect = OAuth2Redirect.Read(answer.Headers.Location!.Query, "s1");
        Assert.StartsWith(Address + "?", answer.Headers.Location.AbsoluteUri, StringComparison.Ordinal);
        var tokens = await _browser.PostAsync(
            "/v1/oauth2/token",
            Form(
                ("grant_type", "authorization_code"),
                ("client_id", _clientId),
                ("code", redirect!.Code!),
                ("redirect_uri", Address),
                ("code_verifier", Pkce.Verifier)
            )
        );
        Assert.Equal(HttpStatusCode.OK, tokens.StatusCode);
    }

    [Fact]
    public async Task DenyingSendsTheBrowserBackWithoutACode()
    {
        var answer = await _browser.PostAsync(await Query("Helm"), Form(("action", "deny")));

        Assert.Equal("access_denied", OAuth2Redirect.Read(answer.Headers.Location!.Query, "s1")!.Error);
    }

    [Theory]
    [InlineData("redirect_uri", "https://evil.example/")]
    [InlineData("client_id", "polar_ci_unknown")]
    [InlineData("scope", "orders:write")]
    [InlineData("response_type", "token")]
    public async Task WhatTheClientHasNotRegisteredLeadsNowhere(string name, string value)
    {
        var query = await Query("Helm");
        var wrong = string.Join(
            "&",
            query
                .Split('&')
                .Select(pair => pair.Contains(name + "=", StringComparison.Ordinal) ? Replaced(pair, value) : pair)
        );
        foreach (
            var answer in new[]
            {
                await _browser.GetAsync(wrong),
                await _browser.PostAsync(wrong, Form(("action", "allow"))),
            }
        )
        {
            Assert.InRange((int)answer.StatusCode, 400, 499);
            Assert.Null(answer.Headers.Location);
        }
    }

    private static readonly OAuth2Pkce Pkce = OAuth2Pkce.Create();

    private string _clientId = string.Empty;

    private async Task<string> Query(string name)
    {
        var answer = await _browser.PostAsync(
            "/v1/oauth2/register",
            new StringContent(
                new JsonObject
                {
                    ["client_name"] = name,
                    ["redirect_uris"] = new JsonArray(Address),
                    ["token_endpoint_auth_method"] = "none",
                    ["scope"] = "openid products:read",
                }.ToJsonString(),
                null,
                "application/json"
            )
        );
        using var client = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        _clientId = client.RootElement.GetProperty("client_id").GetString()!;
        return new OAuth2AuthorizeRequest
        {
            ClientId = _clientId,
            RedirectUri = Address,
            Scopes = ["openid", "products:read"],
            State = "s1",
            Pkce = Pkce,
        }
            .ToUri(OAuth2AuthorizeRequest.PageOf(_server.Url))
            .PathAndQuery;
    }

    private static string Replaced(string pair, string value) =>
        pair[..(pair.IndexOf('=', StringComparison.Ordinal) + 1)] + Uri.EscapeDataString(value);

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(static field => new KeyValuePair<string, string>(field.Name, field.Value)));
}
