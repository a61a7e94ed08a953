using System;
using System.Collections.Generic;
using System.Text.Json.Serialization.Metadata;

namespace PolarPS.Client;

/// <summary>Which class the data of each type of event has. The only place that knows.</summary>
internal static class WebhookData
{
    private static readonly Dictionary<string, Func<string, object?>> Readers = new(StringComparer.Ordinal)
    {
        ["benefit.created"] = json => As(json, PolarJson.Default.Benefit),
        ["benefit.updated"] = json => As(json, PolarJson.Default.Benefit),
        ["benefit_grant.created"] = json => As(json, PolarJson.Default.BenefitGrant),
        ["benefit_grant.updated"] = json => As(json, PolarJson.Default.BenefitGrant),
        ["benefit_grant.cycled"] = json => As(json, PolarJson.Default.BenefitGrant),
        ["benefit_grant.revoked"] = json => As(json, PolarJson.Default.BenefitGrant),
        ["checkout.created"] = json => As(json, PolarJson.Default.Checkout),
        ["checkout.updated"] = json => As(json, PolarJson.Default.Checkout),
        ["checkout.expired"] = json => As(json, PolarJson.Default.Checkout),
        ["customer.created"] = json => As(json, PolarJson.Default.Customer),
        ["customer.updated"] = json => As(json, PolarJson.Default.Customer),
        ["customer.deleted"] = json => As(json, PolarJson.Default.Customer),
        ["customer.state_changed"] = json => As(json, PolarJson.Default.CustomerState),
        ["customer_seat.assigned"] = json => As(json, PolarJson.Default.CustomerSeat),
        ["customer_seat.claimed"] = json => As(json, PolarJson.Default.CustomerSeat),
        ["customer_seat.revoked"] = json => As(json, PolarJson.Default.CustomerSeat),
        ["discount.created"] = json => As(json, PolarJson.Default.Discount),
        ["discount.updated"] = json => As(json, PolarJson.Default.Discount),
        ["discount.deleted"] = json => As(json, PolarJson.Default.Discount),
        ["member.created"] = json => As(json, PolarJson.Default.Member),
        ["member.updated"] = json => As(json, PolarJson.Default.Member),
        ["member.deleted"] = json => As(json, PolarJson.Default.Member),
        ["order.created"] = json => As(json, PolarJson.Default.Order),
        ["order.updated"] = json => As(json, PolarJson.Default.Order),
        ["order.paid"] = json => As(json, PolarJson.Default.Order),
        ["order.refunded"] = json => As(json, PolarJson.Default.Order),
        ["organization.updated"] = json => As(json, PolarJson.Default.Organization),
        ["product.created"] = json => As(json, PolarJson.Default.Product),
        ["product.updated"] = json => As(json, PolarJson.Default.Product),
        ["refund.created"] = json => As(json, PolarJson.Default.Refund),
        ["refund.updated"] = json => As(json, PolarJson.Default.Refund),
        ["subscription.created"] = json => As(json, PolarJson.Default.Subscription),
        ["subscription.updated"] = json => As(json, PolarJson.Default.Subscription),
        ["subscription.active"] = json => As(json, PolarJson.Default.Subscription),
        ["subscription.canceled"] = json => As(json, PolarJson.Default.Subscription),
        ["subscription.uncanceled"] = json => As(json, PolarJson.Default.Subscription),
        ["subscription.cycled"] = json => As(json, PolarJson.Default.Subscription),
        ["subscription.revoked"] = json => As(json, PolarJson.Default.Subscription),
        ["subscription.past_due"] = json => As(json, PolarJson.Default.Subscription),
        ["subscription.paused"] = json => As(json, PolarJson.Default.Subscription),
        ["subscription.resumed"] = json => As(json, PolarJson.Default.Subscription),
        ["subscription.migrated"] = json => As(json, PolarJson.Default.Subscription),
    };

    public static IReadOnlyCollection<string> Types => Readers.Keys;

    /// <summary>The data of an event; plain values by name where the type is not known.</summary>
    public static object? Read(string type, string json) =>
        Readers.TryGetValue(type, out var read) ? read(json) : Plain(json);

    private static object? As<T>(string json, JsonTypeInfo<T> type)
        where T : class => TolerantJson.Read(json, type);

    private static object? Plain(string json) => As(json, PolarJson.Default.PolarMetadata);
}
