using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolarPS.Client.Tests.Emulator;
using PolarPS.Emulator;
using Xunit;

namespace PolarPS.Client.Tests.Reading;

/// <summary>What Polar and the emulator answer is read by generated code, whole, and to the same objects as by metadata.</summary>
public sealed class AnswerTests
{
    /// <summary>File, and what it is read as; null for what is no answer, or that of an error.</summary>
    private static readonly Dictionary<string, string?> Examples = new(StringComparer.Ordinal)
    {
        ["benefits-all-types.json"] = "Benefit",
        ["checkout-link.json"] = "CheckoutLink",
        ["customer-state.json"] = "CustomerState",
        ["customer.json"] = "Customer",
        ["discount-fixed.json"] = "Discount",
        ["discount-percentage-repeating.json"] = "Discount",
        ["discount-percentage.json"] = "Discount",
        ["event.json"] = "PolarEvent",
        ["events-ingest-request.json"] = null,
        ["legacy-checkout-link.json"] = "CheckoutLink",
        ["license-key.json"] = "LicenseKey",
        ["meter.json"] = "Meter",
        ["order.json"] = "Order",
        ["product-custom-price.json"] = "Product",
        ["product-seat-based.json"] = "Product",
        ["product-unit-based.json"] = "Product",
        ["product.json"] = "Product",
        ["products-list-beyond-last-page.json"] = "ListEnvelopeProduct",
        ["products-list.json"] = "ListEnvelopeProduct",
        ["subscription.json"] = "Subscription",
        ["webhook-customer-state.legacy.body.json"] = "WebhookEvent",
        ["webhook-customer-state.legacy.json"] = null,
        ["webhook-order-paid.standard.body.json"] = "WebhookEvent",
        ["webhook-order-paid.standard.json"] = null,
    };

    /// <summary>Path, what the list is read as, and what each of its rows is where that is asked for alone, too.</summary>
    public static TheoryData<string, string, string?> Lists { get; } =
        new()
        {
            { "/v1/products/", "ListEnvelopeProduct", "Product" },
            { "/v1/checkout-links/", "ListEnvelopeCheckoutLink", "CheckoutLink" },
            { "/v1/organizations/", "ListEnvelopeOrganization", "Organization" },
            { "/v1/discounts/", "ListEnvelopeDiscount", "Discount" },
            { "/v1/benefits/", "ListEnvelopeBenefit", "Benefit" },
            { "/v1/meters/", "ListEnvelopeMeter", "Meter" },
            { "/v1/custom-fields/", "ListEnvelopeCustomField", "CustomField" },
            { "/v1/customers/", "ListEnvelopeCustomer", "Customer" },
            { "/v1/customers/{team}/members", "ListEnvelopeMember", "Member" },
            { "/v1/customers/{customer}/payment-methods", "ListEnvelopePaymentMethod", null },
            { "/v1/checkouts/", "ListEnvelopeCheckout", "Checkout" },
            { "/v1/subscriptions/", "ListEnvelopeSubscription", "Subscription" },
            { "/v1/orders/", "ListEnvelopeOrder", "Order" },
            { "/v1/payments/", "ListEnvelopePayment", "Payment" },
            { "/v1/refunds/", "ListEnvelopeRefund", "Refund" },
            { "/v1/disputes/", "ListEnvelopeDispute", "Dispute" },
            { "/v1/benefit-grants/", "ListEnvelopeBenefitGrant", "BenefitGrant" },
            { "/v1/license-keys/", "ListEnvelopeLicenseKey", "LicenseKey" },
            { "/v1/events/", "ListEnvelopePolarEvent", "PolarEvent" },
            { "/v1/events/names", "ListEnvelopeEventName", "EventName" },
            { "/v1/event-types/", "ListEnvelopeEventType", "EventType" },
            { "/v1/customer-meters/", "ListEnvelopeCustomerMeter", "CustomerMeter" },
            { "/v1/files/", "ListEnvelopePolarFile", "PolarFile" },
            { "/v1/webhooks/endpoints", "ListEnvelopeWebhookEndpoint", "WebhookEndpoint" },
            { "/v1/webhooks/deliveries", "ListEnvelopeWebhookDelivery", "WebhookDelivery" },
            { "/v1/metrics/dashboards", "PolarListMetricDashboard", null },
            { "/v1/customer-seats?subscription_id={fleet}", "CustomerSeatList", null },
        };

    /// <summary>The lists of the customer portal.</summary>
    public static TheoryData<string, string, string?> PortalLists { get; } =
        new()
        {
            { "/v1/customer-portal/subscriptions/", "ListEnvelopeSubscription", "Subscription" },
            { "/v1/customer-portal/orders/", "ListEnvelopeOrder", "Order" },
            { "/v1/customer-portal/benefit-grants/", "ListEnvelopeBenefitGrant", "BenefitGrant" },
            { "/v1/customer-portal/license-keys/", "ListEnvelopeLicenseKey", "LicenseKey" },
            { "/v1/customer-portal/downloadables/", "ListEnvelopeDownloadable", null },
            { "/v1/customer-portal/meters/", "ListEnvelopeCustomerMeter", "CustomerMeter" },
            { "/v1/customer-portal/wallets/", "ListEnvelopeWallet", "Wallet" },
            { "/v1/customer-portal/customers/me/payment-methods", "ListEnvelopePaymentMethod", null },
        };

    [ExampleFact]
    public void EveryExampleReadsBothWays()
    {
        var files = ExampleFiles.Names().Where(name => !name.StartsWith("error-", StringComparison.Ordinal));
        // One that is new has to be looked at.
        Assert.Equal(Examples.Keys.Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
        foreach (var (file, kind) in Examples.Where(example => example.Value is not null))
        {
            using var document = JsonDocument.Parse(ExampleFiles.Read(file));
            var root = document.RootElement;
            foreach (var item in root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : new[] { root })
            {
                Hold(kind!, item.GetRawText(), file);
                if (item.TryGetProperty("data", out var data) && kind == "WebhookEvent")
                {
                    Hold(
                        file.Contains("order", StringComparison.Ordinal) ? "Order" : "CustomerState",
                        data.GetRawText(),
                        file
                    );
                }
            }
        }
    }

    [ExampleFact]
    public void WhatIsNoAnswerReadsTheSameNevertheless()
    {
        foreach (var file in ExampleFiles.Names())
        {
            var json = ExampleFiles.Read(file);
            Assert.All(BothWays.All.Values, pair => Assert.Null(pair.Differences(json)));
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task EveryListOfTheEmulatorReadsBothWays(string path, string list, string? row)
    {
        using var shop = new Shop(new EmulatorOptions { ProductCount = 60 });
        if (path.Contains("checkouts", StringComparison.Ordinal))
        {
            await Places.Fill(shop, "{checkout}");
        }
        else if (path.Contains("webhooks", StringComparison.Ordinal))
        {
            await Places.Fill(shop, "{told}");
        }
        else if (path.Contains("dashboards", StringComparison.Ordinal))
        {
            await Places.Fill(shop, "{dashboard}");
        }

        await Hold(shop, await Places.Fill(shop, path), list, row);
    }

    [Theory]
    [MemberData(nameof(PortalLists))]
    public async Task EveryListOfThePortalReadsBothWays(string path, string list, string? row)
    {
        using var shop = new Shop();
        var customers = (await shop.Get("/v1/customers/?limit=100")).Texts("id").ToList();
        var rows = 0;
        foreach (var customer in customers)
        {
            shop.Token = shop.Emulator.AccessToken;
            var session = await shop.Post("/v1/customer-sessions/", $"{{'customer_id':'{customer}'}}");
            if (session.Status != 201)
            {
                // A team's customer has members, of whom one has to be named.
                continue;
            }

            Hold("CustomerSession", session.Body!.ToJsonString(), path);
            shop.Token = (string)session.Body!["token"]!;
            rows += await Hold(shop, path, list, row, mayBeEmpty: true);
        }

        Assert.True(rows > 0 || path.Contains("wallets", StringComparison.Ordinal), path);
    }

    [Fact]
    public async Task EverySingleAnswerOfTheEmulatorReadsBothWays()
    {
        using var shop = new Shop();
        foreach (
            var (path, kind) in new[]
            {
                ("/v1/products/{product}", "Product"),
                ("/v1/customers/{customer}/state", "CustomerState"),
                ("/v1/customers/{team}", "Customer"),
                ("/v1/orders/{order}", "Order"),
                ("/v1/subscriptions/{fleet}", "Subscription"),
                ("/v1/license-keys/{key}", "LicenseKey"),
                ("/v1/checkouts/{checkout}", "Checkout"),
                ("/v1/checkouts/client/{secret}", "Checkout"),
                ("/v1/webhooks/endpoints/{endpoint}", "WebhookEndpoint"),
                ("/v1/metrics/dashboards/{dashboard}", "MetricDashboard"),
                ("/v1/metrics/limits", "MetricsLimits"),
                ("/v1/metrics/?start_date=2026-01-01&end_date=2026-03-31&interval=month", "MetricsResponse"),
                (
                    "/v1/meters/{meter}/quantities?start_timestamp=2026-01-01T00:00:00Z&end_timestamp=2026-12-31T00:00:00Z&interval=month",
                    "MeterQuantities"
                ),
            }
        )
        {
            var answer = await shop.Get(await Places.Fill(shop, path));
            Assert.True(answer.Status == 200, $"{path}: {answer.Status}");
            Hold(kind, answer.Body!.ToJsonString(), path);
        }
    }

    private static async Task<int> Hold(Shop shop, string path, string list, string? row, bool mayBeEmpty = false)
    {
        var rows = 0;
        Answer answer;
        var page = 0;
        do
        {
            page++;
            answer = await shop.Get(
                $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=100&page={page}"
            );
            Assert.True(answer.Status == 200, $"{path}: {answer.Status}");
            Hold(list, answer.Body!.ToJsonString(), path);
            foreach (var item in RowsOf(answer.Body!))
            {
                rows++;
                if (row is not null)
                {
                    Hold(row, item!.ToJsonString(), path);
                }
            }
        } while (answer.Body is JsonObject fields && fields["pagination"]?["max_page"] is { } last && page < (int)last);

        Assert.True(mayBeEmpty || rows > 0, path);
        return rows;
    }

    private static JsonArray RowsOf(JsonNode body) => body as JsonArray ?? (body["items"] ?? body["seats"])!.AsArray();

    // Generated code reads it, without metadata; everything has its property; and metadata reads it to the same object.
    private static void Hold(string kind, string json, string place)
    {
        var pair = BothWays.All[kind];
        var model = pair.Generated(Encoding.UTF8.GetBytes(json));
        Assert.True(model is not null, $"{place}: generated code gave up");
        // The emulator tells more of a pending update than Polar's description does.
        Assert.All(
            Deep.Unknown(model),
            name => Assert.StartsWith("PendingSubscriptionUpdate.", name, StringComparison.Ordinal)
        );
        Assert.Null(pair.Differences(json));
    }
}
