using System.Collections.Concurrent;
using System.Net.Http;
using System.Text.Json.Nodes;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Conformance;

/// <summary>
/// What each operation declares to the guard rails. Every operation that is no GET stands here; what is missing in one of the
/// lists writes.
/// </summary>
public class EffectTests
{
    // They check, look up, or renew a token; nothing of the shop changes.
    private static readonly HashSet<string> Reading = ["oauth2:introspect_token"];

    // It depends on the request: whether a use is counted, which kind of token is asked for, what is changed and when it is billed.
    private static readonly HashSet<string> Depending =
    [
        "license_keys:validate",
        "customer_portal:license_keys:validate",
        "oauth2:request_token",
        "subscriptions:update",
        "customer_portal:subscriptions:update",
        "customer_portal:customers:update",
        "customer_portal:customers:add_payment_method",
        "customer_portal:customers:confirm_payment_method",
    ];

    // They charge, refund, let the customer keep what was paid, or bill the usage of subscriptions that end with them.
    private static readonly HashSet<string> MovingMoney =
    [
        "subscriptions:revoke",
        "customers:delete",
        "customers:delete_external",
        "refunds:create",
        "orders:finalize",
        "disputes:accept",
        "checkouts:client_confirm",
        "customer_portal:orders:confirm_retry_payment",
    ];

    [DescribedFact]
    public async Task EachOperationDeclaresWhatItDoes()
    {
        var problems = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var method in ClientMethod.FindAll())
        {
            var arguments = method.MakeArguments(new SampleArguments());
            var result = await method.CallAsync(arguments, Refuse);
            if (result is { Requests: [], Failure: ArgumentException } && method.BodyParameter is { } body)
            {
                arguments[body.Position] = BodyBuilder.Build(
                    body.ParameterType,
                    new JsonObject(),
                    "body",
                    new Problems()
                );
                result = await method.CallAsync(arguments, Refuse);
            }

            foreach (var request in result.Requests)
            {
                var operation = ApiDescription.Instance.Match(request.Method, request.Address.AbsolutePath);
                if (operation is null || Depending.Contains(operation.Id))
                {
                    continue;
                }

                seen.Add(operation.Id);
                var expected =
                    request.Method == "GET" || Reading.Contains(operation.Id) ? "reads"
                    : MovingMoney.Contains(operation.Id) ? "moves money"
                    : "writes";
                var effect = EffectOf(request);
                if (effect != expected)
                {
                    problems.Add($"{operation.Id}: declares '{effect}', not '{expected}'");
                }
            }
        }

        Assert.Empty(problems);
        Assert.Empty(Reading.Concat(MovingMoney).Except(seen));
        Assert.True(seen.Count > 170, $"{seen.Count} operations were seen.");
    }

    public static TheoryData<string, SubscriptionUpdate, bool> Changes =>
        new()
        {
            {
                "product",
                new SubscriptionUpdateDetails { ProductId = "p" },
                true
            },
            {
                "product, invoice",
                new SubscriptionUpdateDetails { ProductId = "p", ProrationBehavior = "invoice" },
                true
            },
            {
                "product, prorate",
                new SubscriptionUpdateDetails { ProductId = "p", ProrationBehavior = "prorate" },
                true
            },
            {
                "product, later",
                new SubscriptionUpdateDetails { ProductId = "p", ProrationBehavior = "next_period" },
                false
            },
            {
                "discount",
                new SubscriptionUpdateDetails { DiscountId = "d" },
                false
            },
            {
                "metadata",
                new SubscriptionUpdateDetails { Metadata = new PolarMetadata { ["a"] = "b" } },
                false
            },
            {
                "trial",
                new SubscriptionUpdateDetails { TrialEnd = DateTimeOffset.UtcNow },
                true
            },
            { "trial now", TrialNow(), true },
            {
                "seats",
                new SubscriptionUpdateSeats { Seats = 2 },
                true
            },
            {
                "seats, reset",
                new SubscriptionUpdateSeats { Seats = 2, ProrationBehavior = "reset" },
                true
            },
            {
                "seats, prorate",
                new SubscriptionUpdateSeats { Seats = 2, ProrationBehavior = "prorate" },
                false
            },
            {
                "units",
                new SubscriptionUpdateUnits { Units = 2 },
                true
            },
            {
                "units, later",
                new SubscriptionUpdateUnits { Units = 2, ProrationBehavior = "next_period" },
                false
            },
            {
                "period",
                new SubscriptionUpdateBillingPeriod { CurrentBillingPeriodEnd = DateTimeOffset.UtcNow },
                true
            },
            { "cancel", SubscriptionUpdate.Cancel(), false },
            { "uncancel", SubscriptionUpdate.Uncancel(), false },
            { "revoke", SubscriptionUpdate.RevokeNow(), true },
            { "pause", SubscriptionUpdate.Pause(), false },
            { "unpause", SubscriptionUpdate.Unpause(), false },
            { "resume", SubscriptionUpdate.ResumeNow(), true },
            { "clear", SubscriptionUpdate.ClearPending(), false },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task AChangeOfASubscriptionMovesMoneyWhereItMayBeChargedAtOnce(
        string name,
        SubscriptionUpdate change,
        bool moves
    )
    {
        _ = name;
        Assert.Equal(
            moves ? "moves money" : "writes",
            await EffectOf(client => client.Subscriptions.UpdateAsync("s", change))
        );
    }

    // Each kind of change stands in one of the tables: a new one is to be judged too.
    [Fact]
    public void EveryKindOfChangeIsInTheTable()
    {
        var kinds = typeof(SubscriptionUpdate)
            .Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(SubscriptionUpdate)));
        Assert.Empty(kinds.Except(Changes.Select(row => row[1].GetType())));
        Assert.Equal(
            typeof(PortalSubscriptionUpdate).GetProperties().Select(property => property.Name).Order(),
            PortalChanges.SelectMany(row => ((string)row[0]).Split(' ')).Distinct().Order()
        );
    }

    // The properties that are set, and the change.
    public static TheoryData<string, PortalSubscriptionUpdate, bool> PortalChanges =>
        new()
        {
            {
                "ProductId",
                new PortalSubscriptionUpdate { ProductId = "p" },
                true
            },
            {
                "Seats",
                new PortalSubscriptionUpdate { Seats = 2 },
                true
            },
            {
                "Units",
                new PortalSubscriptionUpdate { Units = 2 },
                true
            },
            {
                "Resume",
                new PortalSubscriptionUpdate { Resume = true },
                true
            },
            {
                "CancelAtPeriodEnd CancellationReason CancellationComment",
                new PortalSubscriptionUpdate
                {
                    CancelAtPeriodEnd = true,
                    CancellationReason = "unused",
                    CancellationComment = "c",
                },
                false
            },
            {
                "PauseAtPeriodEnd ResumesAt",
                new PortalSubscriptionUpdate { PauseAtPeriodEnd = true, ResumesAt = DateTimeOffset.UtcNow },
                false
            },
            {
                "PendingUpdate",
                new PortalSubscriptionUpdate { PendingUpdate = null },
                false
            },
        };

    [Theory]
    [MemberData(nameof(PortalChanges))]
    public async Task SoDoesAChangeByTheCustomer(string fields, PortalSubscriptionUpdate change, bool moves)
    {
        _ = fields;
        Assert.Equal(
            moves ? "moves money" : "writes",
            await EffectOf(client => client.Portal.Subscriptions.UpdateAsync("s", change))
        );
    }

    // What is overdue is charged to a payment method that becomes the default.
    [Theory]
    [InlineData(true, "moves money")]
    [InlineData(false, "writes")]
    public async Task SoDoesANewDefaultPaymentMethod(bool isDefault, string effect)
    {
        var change = isDefault
            ? new PortalCustomerUpdate { DefaultPaymentMethodId = "p" }
            : new PortalCustomerUpdate { BillingName = "b" };
        Assert.Equal(effect, await EffectOf(client => client.Portal.Customer.UpdateAsync(change)));
        Assert.Equal(
            effect,
            await EffectOf(client =>
                client.Portal.Customer.AddPaymentMethodAsync(new CustomerPaymentMethodCreate { SetDefault = isDefault })
            )
        );
        Assert.Equal(
            effect,
            await EffectOf(client =>
                client.Portal.Customer.ConfirmPaymentMethodAsync(
                    new CustomerPaymentMethodConfirm { SetDefault = isDefault }
                )
            )
        );
    }

    [Theory]
    [InlineData("GET", "/v1/anything/", null, "reads")]
    [InlineData("POST", "/v1/anything/", null, "moves money")]
    [InlineData("PATCH", "/v1/products/x", "{}", "moves money")]
    [InlineData("DELETE", "/v1/customers/x", null, "moves money")]
    [InlineData("POST", "/v1/license-keys/validate", """{"key":"k"}""", "reads")]
    [InlineData("POST", "/v1/customer-portal/license-keys/validate/", """{"key":"k"}""", "reads")]
    [InlineData("POST", "/v1/license-keys/validate", """{"key":"k","increment_usage":1}""", "moves money")]
    [InlineData("POST", "/v1/license-keys/validate", """{"key":"k","increment\u005fusage":1}""", "moves money")]
    [InlineData("PUT", "/v1/license-keys/validate", """{"key":"k"}""", "moves money")]
    [InlineData("POST", "/v1/oauth2/introspect", "{}", "reads")]
    [InlineData("POST", "/v1/oauth2/revoke", "{}", "moves money")]
    public async Task WhatNoResourceDescribesMayMoveMoney(string method, string path, string? body, string effect) =>
        Assert.Equal(effect, await EffectOf(client => client.SendAsync(method, path, body)));

    [Fact]
    public async Task RenewingATokenReadsAndGettingOneDoesNot()
    {
        Assert.Equal(
            "reads",
            await EffectOf(client => client.OAuth2.RequestTokenAsync(OAuth2TokenRequest.ForRefresh("c", "r", "s")))
        );
        Assert.Equal(
            "writes",
            await EffectOf(client =>
                client.OAuth2.RequestTokenAsync(new OAuth2TokenRequest { GrantType = "authorization_code" })
            )
        );
    }

    private static StubAnswer Refuse(Sent request) => new(404, """{"error":"ResourceNotFound","detail":"x"}""");

    private static SubscriptionUpdateDetails TrialNow()
    {
        var change = new SubscriptionUpdateDetails();
        change.EndTrialNow();
        return change;
    }

    private static async Task<string> EffectOf(Func<PolarClient, Task> call)
    {
        using var stub = Stub.Answering(Refuse);
        await Assert.ThrowsAnyAsync<PolarException>(() => call(stub.Client));
        return EffectOf(stub.Request);
    }

    private static string EffectOf(Sent request) => (string)request.Options["PolarPS.Effect"]!;
}
