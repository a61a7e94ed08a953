namespace PolarPS;

/// <summary>Known values of webhooks.</summary>
internal static class WebhookValues
{
    /// <summary>The versions of the API in which events can be written.</summary>
    public static KnownList ApiVersion { get; } = new() { "2026-04", PolarApi.Version };

    /// <summary>For whom events are written.</summary>
    public static KnownList WebhookFormat { get; } = new() { "raw", "discord", "slack" };

    /// <summary>What an endpoint can be told of.</summary>
    public static KnownList WebhookEventType { get; } =
        new()
        {
            "checkout.created",
            "checkout.updated",
            "checkout.expired",
            "customer.created",
            "customer.updated",
            "customer.deleted",
            "customer.state_changed",
            "customer_seat.assigned",
            "customer_seat.claimed",
            "customer_seat.revoked",
            "member.created",
            "member.updated",
            "member.deleted",
            "order.created",
            "order.updated",
            "order.paid",
            "order.refunded",
            "subscription.created",
            "subscription.updated",
            "subscription.active",
            "subscription.canceled",
            "subscription.uncanceled",
            "subscription.cycled",
            "subscription.revoked",
            "subscription.past_due",
            "subscription.paused",
            "subscription.resumed",
            "subscription.migrated",
            "refund.created",
            "refund.updated",
            "product.created",
            "product.updated",
            "discount.created",
            "discount.updated",
            "discount.deleted",
            "benefit.created",
            "benefit.updated",
            "benefit_grant.created",
            "benefit_grant.cycled",
            "benefit_grant.updated",
            "benefit_grant.revoked",
            "organization.updated",
        };

    /// <summary>How an endpoint answered, by the first digit.</summary>
    public static KnownList DeliveryCodeClass { get; } = new() { "2xx", "3xx", "4xx", "5xx" };
}
