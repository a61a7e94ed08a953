using System.Reflection;
using System.Text;
using PolarPS.Http;
using Xunit;

namespace PolarPS.Client.Tests.Client;

/// <summary>What must not be seen, and what must stay readable. The class is compiled into client and transport alike.</summary>
public sealed class RedactorTests
{
    private const string Random = "3fQ9vR8tQ1mN5xW7yB2cD4eF6gH9jL0pS1uVaX1Qe7Y";

    private static readonly Func<string?, string?, string>[] Redactors =
    [
        Find(typeof(PolarClient).Assembly),
        Find(typeof(PolarHttp).Assembly),
    ];

    public static TheoryData<string> Prefixes { get; } =
    [
        "polar_oat_",
        "polar_pat_",
        "polar_at_u_",
        "polar_at_o_",
        "polar_rt_u_",
        "polar_rt_o_",
        "polar_ac_",
        "polar_cs_",
        "polar_crt_",
        "polar_cst_",
        "polar_mst_",
        "polar_c_",
        "polar_whs_",
        "polar_us_",
        "polar_auth_session_",
        "polar_oauth2_",
        "polar_ev_",
        "polar_cev_",
        "whsec_",
        "ctoken_",
    ];

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void TokensDisappearWhereverTheyStandButTheirKindStays(string prefix)
    {
        var token = prefix + Random;
        foreach (
            var text in new[]
            {
                token,
                $"The token {token} is expired.",
                $"({token})",
                $"'{token}', {token}; {token}\n{token}",
                $"https://polar.sh/portal/{token}/x",
                $"https://polar.sh/portal?a={token}&b=1",
                $$"""{"anything":"{{token}}","list":["{{token}}"]}""",
                $$"""{\"escaped\":\"{{token}}\"}""",
                $"x{token}",
                Uri.EscapeDataString("a=" + token),
            }
        )
        {
            var shown = Redact(text);

            Assert.DoesNotContain("3fQ9", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("Qe7Y", shown, StringComparison.Ordinal);
            Assert.Contains(prefix + "***", shown, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("pi_1a2B3c_secret_")]
    [InlineData("seti_1a2B3c_secret_")]
    public void StripesSecretsAreKnownByTheirShape(string prefix)
    {
        Assert.Equal($"a {prefix}***, b", Redact($"a {prefix}{Random}, b"));
        Assert.Equal($$"""{"x":"{{prefix}}***"}""", Redact($$"""{"x":"{{prefix}}{{Random}}"}"""));
        Assert.Equal("pi_1a2B3c seti_1 api_client_secret", Redact("pi_1a2B3c seti_1 api_client_secret"));
    }

    /// <summary>Texts around a secret that has no shape to know it by, which is marked with ¤.</summary>
    public static TheoryData<string> Places { get; } =
    [
        """{"token":"¤"}""",
        """{"token" : "¤" , "id":"x"}""",
        """{"Token":"¤"}""",
        """{"access_token":"¤","refresh_token":"¤"}""",
        """{"invitation_token":"¤"}""",
        """{"client_secret":"¤"}""",
        """{"secret":"¤"}""",
        """{"password":"¤"}""",
        """{"key":"¤","display_key":"****-ABCDEF"}""",
        """{"license_key":"¤"}""",
        """{"user_provided_key":"¤"}""",
        """{"invite_url":"https://join.slack.example/¤"}""",
        """{"code_verifier":"¤"}""",
        """{"customer_portal_url":"https://polar.sh/portal?¤"}""",
        """{"Authorization":"Bearer ¤"}""",
        """{"detail":[{"msg":"Too short","input":"¤","ctx":{}}]}""",
        """{"detail":[{"msg":"Too short","input":{"key":"¤","label":"x"}}]}""",
        """{"token":"with \"quotes\" ¤ and \\ and \n and \u00e9"}""",
        """{"token":"¤\\"}""",
        "{\n  \"token\": \"¤\"\n}",
        "{\"token\":\"a line\nbreak ¤\"}",
        "{\"token\":\"a stray \\\n¤\"}",
        "Authorization: Bearer ¤",
        "authorization: bearer  ¤",
        "Authorization: Basic ¤",
        "Proxy-Authorization: Basic ¤",
        "Authorization=Basic ¤",
        "grant_type=refresh_token&refresh_token=¤&client_id=polar_ci_abc",
        "client_secret=¤",
        "client_id=a&client_secret=¤&code_verifier=¤",
        "GET /v1/x?token=¤&page=1",
        "POST /v1/checkouts/client/¤/confirm -> 404 Not Found in 3 ms",
        "GET /v1/customer-seats/claim/¤ -> 404 Not Found in 3 ms",
        "GET /v1/x?page=1&customer_session_token=¤",
        "https://polar.sh/callback#access_token=¤",
        "failed (token=¤)",
        "\"client_secret=¤&a=b\"",
        "https://files.test/a/b.pdf?X-Amz-Algorithm=x&X-Amz-Signature=¤",
        "see https://files.test/b.pdf?¤&X-Amz-Credential=a, please",
        """{"url":"https://files.test/b.pdf?response=1&x-amz-signature=¤"}""",
        "https://blob.test/a?sv=1&sig=¤",
        """{"confirmation_token_id":"¤"}""",
        """{"setup_intent_id":"¤"}""",
        """{"invite_id":"¤"}""",
        "grant_type=authorization_code&code=¤&client_id=a",
        "code=¤",
        "https://polar.sh/callback?code=¤&state=x",
        "GET /callback?state=x&code=¤",
        "license_key=¤",
        """{"payload":"{\"data\":{\"key\":\"¤\",\"label\":\"x\"}}"}""",
        """{"payload":"{\"secret\" : \"¤"}""",
        """{"payload":"{\\\"token\\\":\\\"¤\\\"}"}""",
        """{"url":"https://hooks.slack.com/services/T1/B2/¤"}""",
        "https://discord.com/api/webhooks/1/¤",
        "https://ptb.discordapp.com/api/webhooks/1/¤?wait=true",
        "https://storage.test/a?GoogleAccessId=a&Signature=¤",
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public void SecretsWithoutAShapeDisappearWhereTheirPlaceTells(string place)
    {
        foreach (var secret in new[] { "NWND-8F1E2D3C", "dXNlcjpwYXNzd29yZA==", "x", "пароль" })
        {
            var shown = Redact(place.Replace("¤", secret + "Zz9", StringComparison.Ordinal));

            Assert.DoesNotContain("Zz9", shown, StringComparison.Ordinal);
            Assert.Contains("***", shown, StringComparison.Ordinal);
        }
    }

    /// <summary>What is no secret, and is what people look for.</summary>
    public static TheoryData<string> Plain { get; } =
    [
        "",
        " ",
        "GET /v1/products/8cabdca5-cf97-4f4e-851c-fddffa691a55 -> 200 OK in 12 ms",
        """{"id":"8cabdca5-cf97-4f4e-851c-fddffa691a55","name":"Northwind Pro","price_amount":4900}""",
        """{"code":"AUTUMN25","name":"Autumn sale","basis_points":2500}""",
        """{"discount_code":"AUTUMN25","payload":"{\"name\":\"x\",\"code\":\"AUTUMN25\"}"}""",
        "error code=5, http_code=404, ?zipcode=1",
        "https://discord.com/channels/1 https://northwind.slack.com/archives/1",
        """{"client_secret_expires_at":0,"invitation_token_expires_at":"2026-11-01","token_type":"bearer"}""",
        """{"client_id":"polar_ci_3fQ9vR8tQ1mN5xW7yB2cD4eF"}""",
        "https://buy.polar.sh/polar_cl_Zk3vR8tQ1mN5xW7yB2cD4eF6gH9jL0pS1uVaX1Qe7Yb",
        """{"unit":"token","name":"Inference tokens","total_tokens":100,"input_tokens":"5"}""",
        """{"name":"Basic plan","description":"Basic monthly, for bearers of small boats"}""",
        "The Basic subscription; basic access authentication is not meant.",
        """{"detail":[{"loc":["body","key"],"msg":"Field required","type":"missing"}]}""",
        """{"display_key":"****-ABCDEF","keyboard":"x","monkey":"y","tokens":["a"]}""",
        "The token is expired. A secret is no key.",
        "page=1&limit=100&sorting=-created_at&metadata[token]",
        "https://northwind.example/thanks?checkout_id={CHECKOUT_ID}",
        "polar_product polar_oat polar_cst whsec",
        """{"customer_email":"ahoy@northwind.example","external_id":"cus_42"}""",
        """{"token":null,"secret":false}""",
    ];

    [Theory]
    [MemberData(nameof(Plain))]
    public void WhatIsNoSecretStays(string text) => Assert.Equal(text, Redact(text));

    [Fact]
    public void NothingIsAnEmptyText() => Assert.Equal(string.Empty, Redact(null));

    [Fact]
    public void WhereverATextIsCutOffItShowsNoSecret()
    {
        var text = $$"""
            {"id":"a","token":"opaque\"\\\u00e9value","detail":[{"input":"NWND-8F1E\n\\"}],"secret" : "another one",
            "url":"polar_oat_{{Random}}","authorization":"Bearer {{Random}}"}
            """;
        string[] secrets = ["opaq", "value", "NWND", "8F1E", "anot", "one", "3fQ9", "vR8t"];
        for (var length = 0; length <= text.Length; length++)
        {
            var shown = Redact(text[..length]);

            Assert.All(secrets, secret => Assert.DoesNotContain(secret, shown, StringComparison.Ordinal));
            Assert.Equal(length >= 9, shown.Contains("\"a\"", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("a.b*c(d[e$1")]
    [InlineData("s3cr\u00e9t/+=")]
    [InlineData("polar_oat_short")]
    [InlineData("0")]
    public void AKnownSecretDisappearsWhateverItsShape(string secret)
    {
        foreach (var place in new[] { secret, $"a {secret} b", $"a{secret}{secret}b", $"{{\"name\":\"{secret}\"}}" })
        {
            var shown = Redact(place, secret);

            Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
            Assert.Contains("***", shown, StringComparison.Ordinal);
        }

        Assert.Equal("nothing here", Redact("nothing here", secret));
        Assert.Equal("nothing here", Redact("nothing here", ""));
    }

    [Fact]
    public void LookingTwiceChangesNothing()
    {
        foreach (var place in ((IEnumerable<object[]>)Places).Select(row => (string)row[0]))
        {
            var once = Redact(place.Replace("¤", "opaque", StringComparison.Ordinal));
            Assert.Equal(once, Redact(once));
        }
    }

    /// <summary>Long texts, some of which are made to keep a pattern busy. Only a time-out would hide all of one.</summary>
    public static TheoryData<string> LongTexts { get; } =
    [
        "products",
        "one word",
        "words",
        "quotes",
        "escapes",
        "underscores",
        "token words",
        "bearers",
        "addresses",
        "queries",
        "open string",
        "line of equals",
    ];

    [Theory]
    [MemberData(nameof(LongTexts))]
    public void LongTextsAreLookedAtAndNotGivenUp(string kind)
    {
        const int Length = 400_000;
        var unit = kind switch
        {
            "products" => """{"id":"8cabdca5","name":"A","public_url":"https://files.test/a.png","token":"opaque"},""",
            "one word" => "a",
            "words" => "word ",
            "quotes" => "\"",
            "escapes" => "\\\"",
            "underscores" => "_",
            "token words" => "token_secret_password_",
            "bearers" => "Bearer ",
            "addresses" => "https://files.test/a ",
            "queries" => "https://files.test/a?b=c ",
            "open string" => "\"x",
            _ => "=",
        };
        var text = string.Concat(Enumerable.Repeat(unit, Length / unit.Length)) + " polar_oat_" + Random + " end";

        var shown = Redact(text);

        Assert.EndsWith(" polar_oat_*** end", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("opaque", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, Length / 2, Length + 100);
    }

    private static string Redact(string? text, string? secret = null)
    {
        var shown = Redactors.Select(redact => redact(text, secret)).ToHashSet();
        return Assert.Single(shown);
    }

    private static Func<string?, string?, string> Find(Assembly assembly) =>
        assembly
            .GetType("PolarPS.Redactor", throwOnError: true)!
            .GetMethod("Redact", BindingFlags.Public | BindingFlags.Static)!
            .CreateDelegate<Func<string?, string?, string>>();
}
