using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>Points 9 and 10 of what is known of Polar's server: what becomes of who does not pay.</summary>
public sealed class FailedPaymentTests
{
    // Pays what is bought with it, and is refused afterwards.
    private const string Declining = "ctoken_decline";

    [Fact]
    public async Task Point9ARenewalThatFailsTakesTheBenefitsAtOnce()
    {
        using var till = new Till();
        var product = await WithBenefit(till);
        var bought = await till.Buy(product, token: Declining);
        Assert.False(await IsRevoked(till, bought));
        till.MoveTo("2026-02-01");

        var subscription = await till.Subscription(bought);
        Assert.Equal("past_due", (string)subscription["status"]!);
        Assert.StartsWith("2026-02-01", (string)subscription["past_due_at"]!, StringComparison.Ordinal);
        Assert.True(await IsRevoked(till, bought));
        // The period is renewed all the same.
        Assert.StartsWith("2026-03-01", (string)subscription["current_period_end"]!, StringComparison.Ordinal);
        Assert.Equal(["1000 due 1000 paid", "1000 due 1000 pending"], await till.Bills(bought));
    }

    [Fact]
    public async Task Point9TheMoneyIsAskedForFourTimesMore()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product(more: "'recurring_interval':'year'"), token: Declining);
        till.MoveTo("2027-01-01");

        // 2, 7, 14 and 21 days after the renewal, and after the last try it is over.
        foreach (var next in new[] { "2027-01-03", "2027-01-08", "2027-01-15", "2027-01-22" })
        {
            var due = (await till.Orders(bought))[1];
            Assert.StartsWith(next, (string)due["next_payment_attempt_at"]!, StringComparison.Ordinal);
            Assert.Equal("past_due", (string)(await till.Subscription(bought))["status"]!);
            till.MoveTo(next);
        }

        var payments = (await till.Get($"/v1/payments/?customer_id={bought.Customer}")).Texts("status");
        Assert.Equal(["failed", "failed", "failed", "failed", "failed", "succeeded"], payments);
        Assert.Equal("canceled", (string)(await till.Subscription(bought))["status"]!);
        var order = (await till.Orders(bought))[1];
        Assert.Equal(("void", null), ((string)order["status"]!, order["next_payment_attempt_at"]));
    }

    [Fact]
    public async Task Point9RevokingWhatIsPastDueGivesItsOrderUp()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product(), token: Declining);
        till.MoveTo("2026-02-02");

        Assert.Equal(200, (await till.Shop.Delete($"/v1/subscriptions/{bought.Subscription}")).Status);

        Assert.Equal(["1000 due 1000 paid", "1000 due 1000 void"], await till.Bills(bought));
        Assert.Equal("canceled", (string)(await till.Subscription(bought))["status"]!);
    }

    [Fact]
    public async Task Point9GraceKeepsTheBenefitsForSomeDays()
    {
        using var till = new Till();
        await till.Patch(
            $"/v1/organizations/{till.Organization}",
            "{'subscription_settings':{'allow_multiple_subscriptions':false,'proration_behavior':'prorate',"
                + "'benefit_revocation_grace_period':7,'prevent_trial_abuse':false,'allow_customer_updates':true}}"
        );
        var bought = await till.Buy(await WithBenefit(till), token: Declining);

        // Looked at again with every try: on the third day it is not over yet, on the seventh it is.
        till.MoveTo("2026-02-04");
        Assert.False(await IsRevoked(till, bought));
        till.MoveTo("2026-02-08T01:00");
        Assert.True(await IsRevoked(till, bought));
    }

    [Fact]
    public async Task Point9APaidRetryBringsEverythingBack()
    {
        using var till = new Till();
        var bought = await till.Buy(await WithBenefit(till), token: Declining);
        till.MoveTo("2026-02-01");
        var session = await till.Post("/v1/customer-sessions/", $"{{'customer_id':'{bought.Customer}'}}");
        till.Shop.Token = (string)session.Body!["token"]!;

        await till.Post(
            "/v1/customer-portal/customers/me/payment-methods",
            "{'confirmation_token_id':'ctoken_good','set_default':true,'return_url':'https://example.com/'}"
        );

        till.Shop.Token = till.Shop.Emulator.AccessToken;
        Assert.Equal(["1000 due 1000 paid", "1000 due 1000 paid"], await till.Bills(bought));
        var subscription = await till.Subscription(bought);
        Assert.Equal(("active", null), ((string)subscription["status"]!, subscription["past_due_at"]));
        Assert.False(await IsRevoked(till, bought));
    }

    [Fact]
    public async Task Point10ResumingChargesInTheBackground()
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product(), token: Declining);
        await till.Change(bought, "{'pause_at_period_end':true}");
        till.MoveTo("2026-02-10");
        Assert.Equal("paused", (string)(await till.Subscription(bought))["status"]!);
        Assert.Single(await till.Orders(bought));

        var answer = await till.Change(bought, "{'resume':true}");

        Assert.Equal("active", (string)answer.Body!["status"]!);
        Assert.StartsWith("2026-03-10", (string)answer.Body["current_period_end"]!, StringComparison.Ordinal);
        Assert.Equal("past_due", (string)(await till.Subscription(bought))["status"]!);
        Assert.Equal(["1000 due 1000 paid", "1000 due 1000 pending"], await till.Bills(bought));
    }

    [Fact]
    public async Task Point10EndingATrialChargesInTheBackground()
    {
        using var till = new Till();
        var product = await till.Product(
            more: "'recurring_interval':'month','trial_interval':'day','trial_interval_count':14"
        );
        var bought = await till.Buy(product, token: Declining);
        till.MoveTo("2026-01-05");

        var answer = await till.Change(bought, "{'trial_end':'now'}");

        Assert.Equal("active", (string)answer.Body!["status"]!);
        Assert.Equal("past_due", (string)(await till.Subscription(bought))["status"]!);
        Assert.Equal(["0 due 0 paid", "1000 due 1000 pending"], await till.Bills(bought));
    }

    [Theory]
    [InlineData("invoice")]
    [InlineData("reset")]
    public async Task Point10WhatIsChargedAtOnceIsRefusedWithABadCard(string behavior)
    {
        using var till = new Till();
        var bought = await till.Buy(await till.Product(), token: Declining);
        var large = await till.Product("{'amount_type':'fixed','price_amount':3000}");
        till.MoveTo("2026-01-11");
        var before = (await till.Subscription(bought)).ToJsonString();

        var refused = await till.Try(
            bought,
            $"{{'product_id':'{large}','proration_behavior':'{behavior}','metadata':{{'kept':'no'}}}}"
        );

        Assert.Equal((402, "PaymentFailed"), (refused.Status, refused.Error));
        Assert.Equal(before, (await till.Subscription(bought)).ToJsonString());
        Assert.Single(await till.Orders(bought));

        // What waits for the next order is not charged yet.
        await till.Change(bought, $"{{'product_id':'{large}','proration_behavior':'prorate'}}");
    }

    private static async Task<string> WithBenefit(Till till)
    {
        var benefit = await till.Post(
            "/v1/benefits/",
            "{'type':'custom','description':'A berth','properties':{'note':null}}"
        );
        var product = await till.Product();
        await till.Post($"/v1/products/{product}/benefits", $"{{'benefits':['{benefit.Id}']}}");
        return product;
    }

    private static async Task<bool> IsRevoked(Till till, Bought bought) =>
        (bool)(await till.Get($"/v1/benefit-grants/?customer_id={bought.Customer}")).Items.Single()!["is_revoked"]!;
}
