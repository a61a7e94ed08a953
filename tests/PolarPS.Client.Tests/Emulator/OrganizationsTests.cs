using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>What is particular to organizations.</summary>
public sealed class OrganizationsTests
{
    [Fact]
    public async Task OrganizationsAreMadeByUsersOnly()
    {
        using var shop = new Shop();
        const string body =
            "{'name':'Gale','slug':'gale','country':'IS','email':'hello@gale.example','feature_settings':{'member_model_enabled':true},'socials':null}";
        Assert.Equal(401, (await shop.Post("/v1/organizations/", body)).Status);
        shop.Token = shop.Emulator.CreateUserToken();
        var made = await shop.Post("/v1/organizations/", body);
        Assert.Equal(201, made.Status);
        Assert.Equal("IS", (string)made.Body!["country"]!);
        Assert.True((bool)made.Body["feature_settings"]!["member_model_enabled"]!);
        Assert.Equal(2, (await shop.Get("/v1/organizations/")).TotalCount);
        Assert.Equal(["body.slug"], (await shop.Post("/v1/organizations/", body)).Places);
    }

    [Fact]
    public async Task OrganizationsHaveTheirRules()
    {
        using var shop = new Shop();
        var path = $"/v1/organizations/{shop.Emulator.OrganizationId}";
        var sso = await shop.Patch(path, "{'sso_enforced':true}");
        Assert.Equal((409, "SSOEnforcementRequiresConnection"), (sso.Status, sso.Error));
        var disputes = await shop.Patch(path, "{'dispute_settings':{'auto_accept_below_amount':500}}");
        Assert.Equal((403, "DisputeAutoAcceptNotEnabled"), (disputes.Status, disputes.Error));

        // Features that the platform manages are ignored, the shop's own are taken over.
        var features = await shop.Patch(
            path,
            "{'feature_settings':{'wallets_enabled':true,'checkout_localization_enabled':true},'website':null,"
                + "'subscription_settings':{'allow_multiple_subscriptions':true,'proration_behavior':'invoice',"
                + "'benefit_revocation_grace_period':7,'prevent_trial_abuse':true,'allow_customer_updates':false}}"
        );
        Assert.Equal(200, features.Status);
        Assert.False((bool)features.Body!["feature_settings"]!["wallets_enabled"]!);
        Assert.True((bool)features.Body["feature_settings"]!["checkout_localization_enabled"]!);
        Assert.Equal("invoice", (string)features.Body["proration_behavior"]!);
        Assert.False((bool)features.Body["allow_customer_updates"]!);
        Assert.Null(features.Body["website"]);
    }

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("*.example.com", true)]
    [InlineData("localhost:3000", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("chrome-extension://abcdef", true)]
    [InlineData("", false)]
    [InlineData("*", false)]
    [InlineData("*.", false)]
    [InlineData("*.com", false)]
    [InlineData("https://example.com", false)]
    [InlineData("example.com/shop", false)]
    [InlineData("data:", false)]
    [InlineData("ex_ample.com", false)]
    public async Task HostsThatEmbedAreHosts(string host, bool isGood)
    {
        using var shop = new Shop();
        var path = $"/v1/organizations/{shop.Emulator.OrganizationId}";
        var answer = await shop.Patch(path, $"{{'embed_hosts':['{host}','{host}']}}");
        if (isGood)
        {
            Assert.Equal([host], answer.Body!["embed_hosts"]!.AsArray().Select(item => (string)item!));
        }
        else
        {
            Assert.Equal(("value_error", "body.embed_hosts"), (answer.Types.Single(), answer.Places.Single()));
        }
    }
}
