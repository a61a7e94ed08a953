namespace PolarPS.Client;

/// <summary>Which class the data of each type of event has. The only place that knows.</summary>
internal static class WebhookData
{
    private static readonly Dictionary<string, Func<string, object?>> Readers = new(StringComparer.Ordinal)
    {
        ["benefit.created"] = json => As(json, ModelReaders.Benefit),
        ["benefit.updated"] = json => As(json, ModelReaders.Benefit),
        ["benefit_grant.created"] = json => As(json, ModelReaders.BenefitGrant),
        ["benefit_grant.updated"] = json => As(json, ModelReaders.BenefitGrant),
        ["benefit_grant.cycled"] = json => As(json, ModelReaders.BenefitGrant),
        ["benefit_grant.revoked"] = json => As(json, ModelReaders.BenefitGrant),
        ["checkout.created"] = json => As(json, ModelReaders.Checkout),
        ["checkout.updated"] = json => As(json, ModelReaders.Checkout),
        ["checkout.expired"] = json => As(json, ModelReaders.Checkout),
        ["customer.created"] = json => As(json, ModelReaders.Customer),
        ["customer.updated"] = json => As(json, ModelReaders.Customer),
        ["customer.deleted"] = json => As(json, ModelReaders.Customer),
        ["customer.state_changed"] = json => As(json, ModelReaders.CustomerState),
        ["customer_seat.assigned"] = json => As(json, ModelReaders.CustomerSeat),
        ["customer_seat.claimed"] = json => As(json, ModelReaders.CustomerSeat),
        ["customer_seat.revoked"] = json => As(json, ModelReaders.CustomerSeat),
        ["discount.created"] = json => As(json, ModelReaders.Discount),
        ["discount.updated"] = json => As(json, ModelReaders.Discount),
        ["discount.deleted"] = json => As(json, ModelReaders.Discount),
        ["member.created"] = json => As(json, ModelReaders.Member),
        ["member.updated"] = json => As(json, ModelReaders.Member),
        ["member.deleted"] = json => As(json, ModelReaders.Member),
        ["order.created"] = json => As(json, ModelReaders.Order),
        ["order.updated"] = json => As(json, ModelReaders.Order),
        ["order.paid"] = json => As(json, ModelReaders.Order),
        ["order.refunded"] = json => As(json, ModelReaders.Order),
        ["organization.updated"] = json => As(json, ModelReaders.Organization),
        ["product.created"] = json => As(json, ModelReaders.Product),
        ["product.updated"] = json => As(json, ModelReaders.Product),
        ["refund.created"] = json => As(json, ModelReaders.Refund),
        ["refund.updated"] = json => As(json, ModelReaders.Refund),
        ["subscription.created"] = json => As(json, ModelReaders.Subscription),
        ["subscription.updated"] = json => As(json, ModelReaders.Subscription),
        ["subscription.active"] = json => As(json, ModelReaders.Subscription),
        ["subscription.canceled"] = json => As(json, ModelReaders.Subscription),
        ["subscription.uncanceled"] = json => As(json, ModelReaders.Subscription),
        ["subscription.cycled"] = json => As(json, ModelReaders.Subscription),
        ["subscription.revoked"] = json => As(json, ModelReaders.Subscription),
        ["subscription.past_due"] = json => As(json, ModelReaders.Subscription),
        ["subscription.paused"] = json => As(json, ModelReaders.Subscription),
        ["subscription.resumed"] = json => As(json, ModelReaders.Subscription),
        ["subscription.migrated"] = json => As(json, ModelReaders.Subscription),
    };

    public static IReadOnlyCollection<string> Types => Readers.Keys;

    /// <summary>The data of an event; plain values by name where the type is not known.</summary>
    public static object? Read(string type, string json) =>
        Readers.TryGetValue(type, out var read) ? read(json) : Plain(json);

    private static object? As<T>(string json, ModelReader<T> reader)
        where T : class => reader.Read(json);

    private static object? Plain(string json) => As(json, ModelReaders.PolarMetadata);
}
