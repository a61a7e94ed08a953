using System.Net;
using System.Net.Http;
using PolarPS.Client.Models;
using PolarPS.Client.Tests.Transport;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>
/// Of every operation that changes something: whether it is sent again by itself after a fault that leaves it open whether it
/// was carried out. Each verdict was read in the server's source, and stands here with its reason.
/// </summary>
public class RepeatingTests(DiscoveryFixture discovery) : IClassFixture<DiscoveryFixture>
{
    private const string Sets = "sets the same values once more";
    private const string Gone = "a second time finds nothing (404), which the client knows for the first one's success";
    private const string New = "a second time makes a second one, or is refused for the first";

    private static readonly Dictionary<string, (bool Repeatable, string Reason)> Verdicts = new(StringComparer.Ordinal)
    {
        ["benefits:create"] = (false, New),
        ["benefits:update"] = (true, Sets + "; grants are queued only where properties differ from those before"),
        ["benefits:delete"] = (true, Gone),
        ["checkout-links:create"] = (false, New),
        ["checkout-links:update"] = (true, Sets),
        ["checkout-links:delete"] = (true, Gone),
        ["checkouts:create"] = (false, New),
        ["checkouts:update"] = (true, Sets + "; a discount is counted only when the checkout is confirmed"),
        ["checkouts:client_update"] = (true, Sets + "; a discount is counted only when the checkout is confirmed"),
        ["checkouts:client_confirm"] = (false, "pays"),
        ["custom-fields:create"] = (false, New),
        ["custom-fields:update"] = (
            true,
            Sets + "; data are moved to a new slug only where it differs from the one before"
        ),
        ["custom-fields:delete"] = (true, Gone),
        ["customer_portal:benefit-grants:update"] = (false, "grants again: invites an account elsewhere"),
        // The samples set the payment method, too; see the cases below.
        ["customer_portal:customers:update"] = (false, "a new payment method may be charged for what is overdue"),
        ["customer_portal:customers:request_email_update"] = (false, "sends another mail, whose token is a new one"),
        ["customer_portal:customers:verify_email_update"] = (false, "the token is spent"),
        ["customer_portal:customers:add_payment_method"] = (false, New),
        ["customer_portal:customers:confirm_payment_method"] = (false, New),
        ["customer_portal:customers:delete_payment_method"] = (true, Gone),
        ["customer_portal:license_keys:activate"] = (false, New),
        ["customer_portal:license_keys:deactivate"] = (true, Gone),
        ["customer_portal:license_keys:validate"] = (false, "the samples add to the usage; see the cases below"),
        ["customer_portal:license_keys:rotate"] = (false, "gives yet another key"),
        ["customer_portal:members:add_member"] = (false, New),
        ["customer_portal:members:update_member"] = (true, Sets + "; a role that is there already is none to give"),
        ["customer_portal:members:remove_member"] = (true, Gone),
        ["customer_portal:orders:update"] = (true, Sets),
        ["customer_portal:orders:confirm_retry_payment"] = (false, "pays"),
        ["customer_portal:orders:generate_invoice"] = (true, "an invoice of the same data is not made again"),
        ["customer_portal:seats:assign_seat"] = (false, New),
        ["customer_portal:seats:revoke_seat"] = (true, "a revoked seat is answered with as it is"),
        ["customer_portal:seats:resend_invitation"] = (false, "sends another mail"),
        ["customer_portal:subscriptions:update"] = (false, "charges, or is refused for the first one's success"),
        ["customer_portal:subscriptions:cancel"] = (false, "what is cancelled is refused with 403"),
        ["customer-seats:assign_seat"] = (false, New),
        ["customer-seats:claim_seat"] = (false, "the token is spent"),
        ["customer-seats:revoke_seat"] = (true, "a revoked seat is answered with as it is"),
        ["customer-seats:resend_invitation"] = (false, "sends another mail"),
        ["customer-sessions:create"] = (false, New),
        ["customers:create"] = (false, New),
        ["customers:update"] = (true, Sets + "; addresses and external ids are compared only where they differ"),
        ["customers:update_external"] = (true, Sets),
        ["customers:delete"] = (true, Gone),
        ["customers:delete_external"] = (true, Gone),
        ["customers:members:create"] = (false, New),
        ["customers:members:create_external"] = (false, New),
        ["customers:members:update"] = (true, Sets + "; a role that is there already is none to give"),
        ["customers:members:update_external"] = (true, Sets + "; a role that is there already is none to give"),
        ["customers:members:delete"] = (true, Gone),
        ["customers:members:delete_external"] = (true, Gone),
        ["discounts:create"] = (false, New),
        ["discounts:update"] = (true, Sets + "; what a redeemed one must not change is compared with what is there"),
        ["discounts:delete"] = (true, Gone),
        ["disputes:accept"] = (false, "money; a second time is refused"),
        ["event-types:update"] = (true, Sets),
        ["events:ingest"] = (true, "the samples have external ids; see the cases below"),
        ["files:create"] = (false, New),
        ["files:update"] = (true, Sets),
        ["files:delete"] = (true, Gone),
        ["files:uploaded"] = (false, "an upload is completed once"),
        ["license_keys:activate"] = (false, New),
        ["license_keys:deactivate"] = (true, Gone),
        ["license_keys:validate"] = (false, "the samples add to the usage; see the cases below"),
        ["license_keys:update"] = (true, Sets + "; benefits follow a status only where it differs"),
        ["license_keys:rotate"] = (false, "gives yet another key"),
        ["meters:create"] = (false, New),
        ["meters:update"] = (true, Sets),
        ["metrics:create_dashboard"] = (false, New),
        ["metrics:update_dashboard"] = (true, Sets),
        ["metrics:delete_dashboard"] = (true, Gone),
        ["oauth2:introspect_token"] = (true, "changes nothing"),
        ["oauth2:clients:oauth2:create_client"] = (false, New),
        ["oauth2:clients:oauth2:update_client"] = (true, Sets),
        ["oauth2:clients:oauth2:delete_client"] = (
            false,
            "what is gone is refused with 401, as if the token were wrong"
        ),
        ["oauth2:revoke_token"] = (true, "an unknown token counts as revoked"),
        ["oauth2:request_token"] = (false, "the code or refresh token is spent"),
        ["orders:create"] = (false, New),
        ["orders:update"] = (true, Sets),
        ["orders:finalize"] = (false, "charges"),
        ["orders:generate_invoice"] = (true, "an invoice of the same data is not made again"),
        ["organizations:create"] = (false, New),
        ["organizations:update"] = (true, Sets),
        ["products:create"] = (false, New),
        ["products:update"] = (true, Sets + "; the samples name prices that are there; see the cases below"),
        ["products:delete"] = (true, Gone),
        ["products:update_benefits"] = (true, "replaces the list by the same"),
        ["refunds:create"] = (false, "money"),
        ["subscriptions:create"] = (false, New),
        ["subscriptions:update"] = (false, "charges, or is refused for the first one's success; see the cases below"),
        ["subscriptions:revoke"] = (false, "what has ended is refused with 403"),
        ["webhooks:create_webhook_endpoint"] = (false, New),
        ["webhooks:update_webhook_endpoint"] = (true, Sets),
        ["webhooks:delete_webhook_endpoint"] = (true, Gone),
        ["webhooks:reset_webhook_endpoint_secret"] = (false, "gives yet another secret"),
        ["webhooks:redeliver_webhook_event"] = (false, "delivers once more"),
    };

    // Where it depends on what is sent.
    private static readonly Dictionary<string, (bool Repeatable, Func<PolarClient, Task> Call)> Cases = new(
        StringComparer.Ordinal
    )
    {
        ["subscription: metadata"] = (true, client => Change(client, new() { Metadata = new PolarMetadata() })),
        // It counts a redemption, and is refused where it is in force already.
        ["subscription: discount"] = (false, client => Change(client, new() { DiscountId = Id })),
        ["subscription: no discount"] = (false, client => Change(client, new() { DiscountId = null })),
        ["subscription: discount and metadata"] = (
            false,
            client => Change(client, new() { DiscountId = Id, Metadata = new PolarMetadata() })
        ),
        ["subscription: product"] = (false, client => Change(client, new() { ProductId = Id })),
        ["subscription: trial"] = (false, client => Change(client, new() { TrialEnd = DateTimeOffset.UtcNow })),
        ["subscription: seats"] = (
            false,
            client => client.Subscriptions.UpdateAsync(Id, new SubscriptionUpdateSeats { Seats = 2 })
        ),
        ["subscription: units"] = (
            false,
            client => client.Subscriptions.UpdateAsync(Id, new SubscriptionUpdateUnits { Units = 2 })
        ),
        ["subscription: cancel"] = (false, client => client.Subscriptions.UpdateAsync(Id, SubscriptionUpdate.Cancel())),
        ["subscription: resume"] = (
            false,
            client => client.Subscriptions.UpdateAsync(Id, SubscriptionUpdate.ResumeNow())
        ),
        ["product: name"] = (true, client => client.Products.UpdateAsync(Id, new ProductUpdate { Name = "x" })),
        ["product: prices that are there"] = (
            true,
            client => client.Products.UpdateAsync(Id, new ProductUpdate { Prices = [PriceInput.Keep(Id)] })
        ),
        ["product: a new price"] = (
            false,
            client =>
                client.Products.UpdateAsync(
                    Id,
                    new ProductUpdate
                    {
                        Prices = [PriceInput.Keep(Id), new PriceInput { AmountType = "fixed", PriceAmount = 500 }],
                    }
                )
        ),
        ["events: all with ids"] = (
            true,
            client => client.Events.IngestAsync(new EventsIngest { Events = [Event("a"), Event("b")] })
        ),
        ["events: one without"] = (
            false,
            client => client.Events.IngestAsync(new EventsIngest { Events = [Event("a"), Event(null)] })
        ),
        ["events: one with an empty one"] = (
            false,
            client => client.Events.IngestAsync(new EventsIngest { Events = [Event(string.Empty)] })
        ),
        ["license key: asked for"] = (
            true,
            client => client.LicenseKeys.ValidateAsync(new LicenseKeyValidate { Key = "x", OrganizationId = Id })
        ),
        ["license key: used up"] = (
            false,
            client =>
                client.LicenseKeys.ValidateAsync(
                    new LicenseKeyValidate
                    {
                        Key = "x",
                        OrganizationId = Id,
                        IncrementUsage = 1,
                    }
                )
        ),
        ["portal: customer's name"] = (
            true,
            client => client.Portal.Customer.UpdateAsync(new PortalCustomerUpdate { BillingName = "x" })
        ),
        ["portal: payment method"] = (
            false,
            client => client.Portal.Customer.UpdateAsync(new PortalCustomerUpdate { DefaultPaymentMethodId = Id })
        ),
        ["raw: POST"] = (false, client => client.SendAsync("POST", "/v1/refunds/", "{}")),
        ["raw: PATCH"] = (false, client => client.SendAsync("PATCH", "/v1/subscriptions/" + Id, "{}")),
        ["raw: DELETE"] = (true, client => client.SendAsync("DELETE", "/v1/products/" + Id)),
    };

    private const string Id = "cc6a16be-f52f-4438-8538-a5a060f58daa";

    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    [DescribedFact]
    public void EachOperationThatChangesSomethingHasAVerdict()
    {
        var writes = ApiDescription.Instance.Operations.Where(static operation => operation.Method != "GET").ToList();
        Assert.Empty(writes.Select(static operation => operation.Id).Except(Verdicts.Keys));
        Assert.Empty(Verdicts.Keys.Except(writes.Select(static operation => operation.Id)));
        Assert.All(Verdicts.Values, static verdict => Assert.NotEmpty(verdict.Reason));

        var wrong = writes
            .SelectMany(operation =>
                discovery
                    .Checks!.Calls(operation)
                    .SelectMany(static call => call.Result.Requests, (call, sent) => (call.Method.Name, Sent: sent))
                    .Where(item =>
                        ApiDescription.Instance.Match(item.Sent.Method, item.Sent.Address.AbsolutePath)?.Id
                        == operation.Id
                    )
                    .Where(item => item.Sent.Repeatable != Verdicts[operation.Id].Repeatable)
                    .Select(item => $"{item.Name} ({operation.Id}): {Verdicts[operation.Id]}")
            )
            .ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [DescribedFact]
    public void EveryReadMayBeRepeated()
    {
        foreach (var operation in ApiDescription.Instance.Operations.Where(static item => item.Method == "GET"))
        {
            Assert.All(
                discovery.Checks!.Calls(operation).SelectMany(static call => call.Result.Requests),
                static sent => Assert.True(sent.Repeatable || sent.Address.Host != ClientMethod.Address.Host)
            );
        }
    }

    [Theory]
    [MemberData(nameof(CaseNames))]
    public async Task WhatIsSentDecides(string name)
    {
        // Carried out, though the gateway says that it does not know; and refused if it comes again.
        var (repeatable, call) = Cases[name];
        await using var server = new LoopbackServer(
            Status(502),
            Status(422, """{"error":"E","detail":"It is so already."}""")
        );
        using var http = PolarHttp.Create(Probe.Fast(server.Address));

        var failure = await Assert.ThrowsAnyAsync<PolarException>(() => call(new PolarClient(http)));

        Assert.Equal(repeatable ? 2 : 1, server.Requests.Count);
        Assert.Equal(repeatable ? 422 : 502, failure.StatusCode);
        Assert.Equal(name != "license key: asked for", failure.OutcomeUnknown);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(412)]
    [InlineData(422)]
    [InlineData(429)]
    public async Task ARefusalAfterALostAttemptLeavesTheOutcomeOpen(int status)
    {
        foreach (var first in new[] { Drop, Truncated, Status(500), Status(524) })
        {
            await using var server = new LoopbackServer(first, Status(status, """{"error":"E","detail":"No."}"""));
            using var http = PolarHttp.Create(Probe.Fast(server.Address));

            var failure = await Assert.ThrowsAnyAsync<PolarException>(() =>
                new PolarClient(http).Products.UpdateAsync(Id, new ProductUpdate { Name = "x" })
            );

            Assert.Equal((status, 2, true), (failure.StatusCode, failure.Attempts, failure.OutcomeUnknown));
            Assert.Contains("check before repeating it", failure.Message, StringComparison.Ordinal);
        }

        // Without such an attempt a refusal is one.
        await using var clear = new LoopbackServer(Status(status, """{"error":"E","detail":"No."}"""));
        using var client = PolarHttp.Create(Probe.Fast(clear.Address));
        var refusal = await Assert.ThrowsAnyAsync<PolarException>(() =>
            new PolarClient(client).Products.UpdateAsync(Id, new ProductUpdate { Name = "x" })
        );
        Assert.False(refusal.OutcomeUnknown);
    }

    private static Task<Subscription> Change(PolarClient client, SubscriptionUpdateDetails change) =>
        client.Subscriptions.UpdateAsync(Id, change);

    private static EventCreate Event(string? externalId) =>
        new()
        {
            Name = "x",
            ExternalCustomerId = "c",
            ExternalId = externalId,
        };
}
