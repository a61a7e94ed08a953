using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>
/// Each field and parameter of Polar's API that sounds like a secret has a verdict: it never shows, or it may. A new one has to be
/// looked at.
/// </summary>
public class SecretFieldTests
{
    private static readonly Regex Sounds = new(
        "token|secret|key|password|passphrase|verifier|challenge|nonce|signature|credential|auth|session|intent|invite_|"
            + "(^|_)(code|url|uri|pin|otp|cvc|iban)$",
        RegexOptions.CultureInvariant
    );

    /// <summary>Whatever stands in them opens something: a session, an account, an invitation, a payment.</summary>
    private static readonly HashSet<string> Secret = new(StringComparer.Ordinal)
    {
        "access_token",
        "client_secret",
        "code_verifier",
        "confirmation_token_id",
        "customer_portal_url",
        "customer_session_token",
        "id_token",
        "invitation_token",
        "invite_id",
        "invite_url",
        "key",
        "license_key",
        "refresh_token",
        "secret",
        "session_token",
        "setup_intent_id",
        "token",
        "user_provided_key",
    };

    private static readonly Dictionary<string, string> Harmless = new(StringComparer.Ordinal)
    {
        ["avatar_url"] = "a picture",
        ["cached_input_tokens"] = "a count",
        ["client_uri"] = "a page",
        ["code"] = "of a discount; an authorization code is sent in a form, where the name does hide it",
        ["customer_session_id"] = "an id",
        ["discount_code"] = "given to customers",
        ["display_key"] = "masked by Polar",
        ["http_code"] = "a status",
        ["input_tokens"] = "a count",
        ["invitation_token_expires_at"] = "a time",
        ["license_key_id"] = "an id",
        ["logo_uri"] = "a picture",
        ["oauth_accounts"] = "names and ids",
        ["off_session_charges_enabled"] = "a switch",
        ["output_tokens"] = "a count",
        ["policy_uri"] = "a page",
        ["postal_code"] = "an address",
        ["public_url"] = "a public file",
        ["redirect_uri"] = "a page of the application's",
        ["redirect_uris"] = "pages of the application's",
        ["return_url"] = "a page of the shop's",
        ["success_url"] = "a page of the shop's",
        ["token_endpoint_auth_method"] = "a way",
        ["token_type"] = "a kind",
        ["token_type_hint"] = "a kind",
        ["tos_uri"] = "a page",
        ["total_tokens"] = "a count",
        ["url"] =
            "what is secret in it is known by its shape: a signature, a token's prefix, Slack's and Discord's paths",
        ["uses_standard_webhook_signature"] = "a switch",
        ["last_http_code"] = "a status",
        ["http_code_class"] = "a status",
    };

    [DescribedFact]
    public void EachFieldThatSoundsLikeASecretHasAVerdict()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Collect(JsonNode.Parse(File.ReadAllText(ApiDescription.Instance.Source)), names);
        var sounding = names.Where(static name => Sounds.IsMatch(name)).Order(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(sounding);
        Assert.Empty(sounding.Except(Secret).Except(Harmless.Keys));
        // code_verifier, which OAuth has, is not in the description.
        Assert.Empty(Secret.Except(names).Except(["code_verifier"]));
    }

    [Fact]
    public void NoneOfThemShows()
    {
        foreach (var name in Secret)
        {
            foreach (
                var text in new[]
                {
                    $$"""{"id":"x","{{name}}":"opaque value","name":"y"}""",
                    $$"""{"id":"x","{{name}}" : "opaque value" ,"name":"y"}""",
                    $$"""{"payload":"{\"{{name}}\":\"opaque value\",\"name\":\"y\"}"}""",
                }
            )
            {
                var shown = Redact(text);
                Assert.DoesNotContain("opaque", shown, StringComparison.Ordinal);
                Assert.Contains("***", shown, StringComparison.Ordinal);
                Assert.NotNull(JsonNode.Parse(shown));
                Assert.Contains("y", shown, StringComparison.Ordinal);
            }
        }

        foreach (var name in Harmless.Keys.Where(static name => name != "url"))
        {
            var text = $$"""{"{{name}}":"opaque"}""";
            Assert.Equal(text, Redact(text));
        }
    }

    private static void Collect(JsonNode? node, HashSet<string> names)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Collect(item, names);
            }
        }
        else if (node is JsonObject members)
        {
            if (members["properties"] is JsonObject properties)
            {
                names.UnionWith(properties.Select(static property => property.Key));
            }

            if (members["in"] is not null && members["name"] is JsonValue name)
            {
                names.Add(name.GetValue<string>());
            }

            foreach (var member in members)
            {
                Collect(member.Value, names);
            }
        }
    }

    private static string Redact(string text) =>
        (string)
            typeof(PolarClient)
                .Assembly.GetType("PolarPS.Redactor", throwOnError: true)!
                .GetMethod("Redact", BindingFlags.Public | BindingFlags.Static)!
                .Invoke(null, [text, null])!;
}
