using System.Net.Http;
using System.Net.Http.Headers;
using PolarPS.Client.Models;
using PolarPS.Client.Tests.Conformance;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

public sealed class OAuthTests : IDisposable
{
    private const string ConnectionToken = "polar_oat_connection";
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private readonly Stub _stub;
    private readonly HttpClient _http;
    private readonly PolarClient _client;
    private StubAnswer _answer = new(200, "{}");

    public OAuthTests()
    {
        _stub = Stub.Answering(_ => _answer);
        _http = new HttpClient(_stub) { BaseAddress = new Uri("https://polar.test/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ConnectionToken);
        _client = new PolarClient(_http);
    }

    private Sent Sent => Assert.Single(_stub.Requests);

    [Fact]
    public void TheChallengeIsThatOfTheStandard()
    {
        // The example of RFC 7636, appendix B.
        var pkce = OAuth2Pkce.FromVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

        Assert.Equal("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", pkce.Challenge);
        Assert.Equal("S256", OAuth2Pkce.Method);
        Assert.Equal(pkce.Challenge, pkce.ToString());
    }

    [Fact]
    public void EachPairIsNew()
    {
        var (one, other) = (OAuth2Pkce.Create(), OAuth2Pkce.Create());

        Assert.NotEqual(one.Verifier, other.Verifier);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", one.Verifier);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", one.Challenge);
        Assert.Equal(one.Challenge, OAuth2Pkce.FromVerifier(one.Verifier).Challenge);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX")]
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX=")]
    [InlineData("dBjftJeZ4CVP+mB92K27uhbUJU1p1r/wW1gFWFOEjXk")]
    [InlineData("dBjftJeZ4CVP mB92K27uhbUJU1p1r_wW1gFWFOEjXk")]
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk\n")]
    [InlineData(
        "\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4"
    )]
    [InlineData("\u0661BjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")]
    public async Task WhatIsNoVerifierByTheStandardIsRefused(string? verifier)
    {
        var refusal = Assert.Throws<ArgumentException>(() => OAuth2Pkce.FromVerifier(verifier!));
        Assert.Contains("43 to 128", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => OAuth2Pkce.FromVerifier(new string('a', 129)));

        if (verifier is not null)
        {
            await Assert.ThrowsAsync<ArgumentException>(() =>
                _client.OAuth2.RequestTokenAsync(
                    OAuth2TokenRequest.ForCode("c", "polar_ac_x", "https://x.test/", verifier)
                )
            );
            Assert.Empty(_stub.Requests);
        }
    }

    [Theory]
    [InlineData(43)]
    [InlineData(128)]
    public void AVerifierByTheStandardIsTaken(int length)
    {
        var verifier = "aZ09-._~".PadRight(length, 'x');
        Assert.Equal(verifier, OAuth2Pkce.FromVerifier(verifier).Verifier);
    }

    [Fact]
    public void TheAddressForTheUserHasEverythingAndNothingElse()
    {
        var request = new OAuth2AuthorizeRequest
        {
            ClientId = "polar_ci_abc",
            RedirectUri = "http://127.0.0.1:8400/back?x=1&y=2",
            Scopes = ["openid", "products:read"],
            State = "a b&c=d#é",
            Pkce = OAuth2Pkce.FromVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
        };

        Assert.Equal(
            "https://polar.sh/oauth2/authorize?response_type=code&client_id=polar_ci_abc"
                + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A8400%2Fback%3Fx%3D1%26y%3D2&scope=openid%20products%3Aread"
                + "&state=a%20b%26c%3Dd%23%C3%A9&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                + "&code_challenge_method=S256",
            request.ToUri().AbsoluteUri
        );
        Assert.StartsWith(
            "https://sandbox.polar.sh/oauth2/authorize?response_type=code&",
            request.ToUri(OAuth2AuthorizeRequest.Sandbox).AbsoluteUri,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void AnAddressWithoutAClientIsRefused() =>
        Assert.Throws<ArgumentException>(() =>
            new OAuth2AuthorizeRequest { RedirectUri = "http://127.0.0.1/" }.ToUri()
        );

    [Fact]
    public async Task ACodeIsExchangedInAForm()
    {
        _answer = new StubAnswer(
            200,
            """{"access_token":"polar_at_u_1","token_type":"Bearer","expires_in":864000,"refresh_token":"polar_rt_u_1","scope":"openid","id_token":null}"""
        );

        var token = await _client.OAuth2.RequestTokenAsync(
            OAuth2TokenRequest.ForCode("polar_ci_abc", "polar_ac_x", "http://127.0.0.1:8400/", Verifier, "a&b=c d+e")
        );

        Assert.Equal(("POST", "/v1/oauth2/token"), (Sent.Method, Sent.Path));
        Assert.Equal("application/x-www-form-urlencoded", Sent.MediaType);
        Assert.Equal(
            "grant_type=authorization_code&client_id=polar_ci_abc&code=polar_ac_x&redirect_uri=http%3A%2F%2F127.0.0.1%3A8400%2F"
                + $"&code_verifier={Verifier}&client_secret=a%26b%3Dc%20d%2Be",
            Sent.Body
        );
        Assert.Equal(
            ("polar_at_u_1", "polar_rt_u_1", 864000),
            (token.AccessToken, token.RefreshToken, token.ExpiresIn)
        );
        Assert.DoesNotContain("polar_", token.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARefreshOfAPublicClientSendsNoSecret()
    {
        await _client.OAuth2.RequestTokenAsync(OAuth2TokenRequest.ForRefresh("polar_ci_abc", "polar_rt_u_1"));

        Assert.Equal("grant_type=refresh_token&client_id=polar_ci_abc&refresh_token=polar_rt_u_1", Sent.Body);
    }

    [Fact]
    public async Task ASpentTokenIsToldByItsName()
    {
        _answer = new StubAnswer(400, """{"error":"invalid_grant","error_description":"Spent."}""");

        var failure = await Assert.ThrowsAsync<PolarValidationException>(() =>
            _client.OAuth2.RequestTokenAsync(OAuth2TokenRequest.ForRefresh("polar_ci_abc", "polar_rt_u_1"))
        );

        Assert.Equal(("invalid_grant", "Spent."), (failure.ErrorName, failure.Detail));
        Assert.True(failure.GrantRefused);
        Assert.DoesNotContain("polar_rt_u_1", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARegistrationIsManagedWithItsOwnToken()
    {
        await _client.OAuth2Clients.GetAsync("polar_ci_abc", "polar_crt_1");
        await _client.OAuth2Clients.UpdateAsync(
            "polar_ci_abc",
            new OAuth2ClientUpdate { ClientName = "x" },
            "polar_crt_1"
        );
        _answer = new(204);
        await _client.OAuth2Clients.DeleteAsync("polar_ci_abc", "polar_crt_1");
        _answer = new(200, "{}");
        await _client.OAuth2.UserInfoAsync();

        Assert.Equal(
            ["Bearer polar_crt_1", "Bearer polar_crt_1", "Bearer polar_crt_1", "Bearer " + ConnectionToken],
            Authorizations()
        );
        Assert.Equal(
            ("PUT", "/v1/oauth2/register/polar_ci_abc", """{"client_name":"x","client_id":"polar_ci_abc"}"""),
            (_stub.Requests[1].Method, _stub.Requests[1].Path, _stub.Requests[1].Body)
        );
    }

    [Fact]
    public async Task AChangeKeepsTheRestOfARegistration()
    {
        _answer = new StubAnswer(
            200,
            """{"client_id":"polar_ci_1","client_secret":"polar_cs_1","client_id_issued_at":1760000000,"client_secret_expires_at":0,"registration_access_token":"polar_crt_1","registration_client_uri":"https://api.polar.sh/v1/oauth2/register/polar_ci_1","client_name":"My app","redirect_uris":["http://127.0.0.1/"],"grant_types":["authorization_code"],"response_types":["code"],"scope":"openid","token_endpoint_auth_method":"none","client_uri":"https://app.test/","logo_uri":null,"tos_uri":"https://app.test/terms","policy_uri":"https://app.test/privacy","default_sub_type":"user"}"""
        );

        await _client.OAuth2Clients.ChangeAsync(
            "polar_ci_1",
            new OAuth2ClientUpdate { ClientName = "Renamed", TosUri = null },
            "polar_crt_1"
        );

        Assert.Equal(["GET", "PUT"], _stub.Requests.Select(static sent => sent.Method));
        Assert.Equal(["Bearer polar_crt_1", "Bearer polar_crt_1"], Authorizations());
        // What is set goes first, null included; what the registration does not have is left out, and so is what only Polar sets.
        Assert.Equal(
            """{"client_name":"Renamed","tos_uri":null,"client_id":"polar_ci_1","redirect_uris":["http://127.0.0.1/"],"token_endpoint_auth_method":"none","grant_types":["authorization_code"],"response_types":["code"],"scope":"openid","default_sub_type":"user","client_uri":"https://app.test/","policy_uri":"https://app.test/privacy"}""",
            _stub.Requests[1].Body
        );
    }

    [Fact]
    public void AChangeNeedsARegistration() =>
        Assert.Throws<ArgumentNullException>(() => new OAuth2ClientUpdate().KeepFrom(null!));

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    public async Task AClientThatIsRefusedIsToldAsOne(int status)
    {
        _answer = new StubAnswer(status, """{"error":"invalid_client"}""");

        var failure = await Assert.ThrowsAsync<PolarAuthenticationException>(() =>
            _client.OAuth2.IntrospectTokenAsync(
                new OAuth2TokenQuery
                {
                    ClientId = "polar_ci_abc",
                    ClientSecret = "polar_cs_1",
                    Token = "polar_at_u_1",
                }
            )
        );

        Assert.True(failure.ClientRefused);
        Assert.False(failure.TokenRefused);
        Assert.DoesNotContain("polar_cs_1", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARegistrationComesOutWhole()
    {
        _answer = new StubAnswer(
            200,
            """{"client_id":"polar_ci_1","client_secret":"polar_cs_1","client_id_issued_at":1760000000,"client_secret_expires_at":0,"registration_access_token":"polar_crt_1","registration_client_uri":"https://api.polar.sh/v1/oauth2/register/polar_ci_1","client_name":"My app","redirect_uris":["http://127.0.0.1/"],"grant_types":["authorization_code"],"response_types":["code"],"scope":"openid","token_endpoint_auth_method":"none","default_sub_type":"user"}"""
        );

        var made = await _client.OAuth2Clients.CreateAsync(
            new OAuth2ClientCreate { ClientName = "My app", RedirectUris = ["http://127.0.0.1/"] }
        );

        Assert.Equal("""{"client_name":"My app","redirect_uris":["http://127.0.0.1/"]}""", Sent.Body);
        Assert.Equal(("polar_cs_1", "polar_crt_1"), (made.ClientSecret, made.RegistrationAccessToken));
        Assert.Equal(1760000000, made.ClientIdIssuedAt);
        Assert.Empty(made.UnknownFields());
        Assert.Equal("My app", made.ToString());
    }

    [Fact]
    public async Task ATokenIsAskedAboutAndEnded()
    {
        _answer = new StubAnswer(200, """{"active":false}""");
        var query = new OAuth2TokenQuery
        {
            ClientId = "polar_ci_abc",
            ClientSecret = "polar_cs_1",
            Token = "polar_at_u_1",
            TokenTypeHint = null,
        };

        var state = await _client.OAuth2.IntrospectTokenAsync(query);
        await _client.OAuth2.RevokeTokenAsync(query);

        Assert.False(state.Active);
        Assert.Equal("not active", state.ToString());
        Assert.Equal(["/v1/oauth2/introspect", "/v1/oauth2/revoke"], Paths());
        Assert.All(
            _stub.Requests,
            static sent => Assert.Equal("client_id=polar_ci_abc&client_secret=polar_cs_1&token=polar_at_u_1", sent.Body)
        );
    }

    public void Dispose()
    {
        _http.Dispose();
        _stub.Dispose();
    }

    private List<string?> Authorizations() => [.. _stub.Requests.Select(static sent => sent.Authorization)];

    private List<string> Paths() => [.. _stub.Requests.Select(static sent => sent.Path)];
}
