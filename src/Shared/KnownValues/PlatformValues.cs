namespace PolarPS;

/// <summary>Known values of organizations, files, OAuth clients and webhooks.</summary>
internal static class PlatformValues
{
    /// <summary>What organizations are sorted by.</summary>
    public static KnownList OrganizationSort { get; } =
        new() { "created_at", "slug", "name", "next_review_threshold", "days_in_status" };

    /// <summary>Where an organization can have a profile.</summary>
    public static KnownList SocialPlatform { get; } =
        new()
        {
            "x",
            "github",
            "facebook",
            "instagram",
            "youtube",
            "tiktok",
            "linkedin",
            "threads",
            "discord",
            "other",
        };

    /// <summary>What an organization sold with before.</summary>
    public static KnownList FormerPlatform { get; } = new() { "paddle", "lemon_squeezy", "gumroad", "stripe", "other" };

    /// <summary>How an OAuth client proves who it is.</summary>
    public static KnownList ClientAuthentication { get; } =
        new() { "client_secret_basic", "client_secret_post", "none" };

    /// <summary>What an OAuth client can exchange for a token.</summary>
    public static KnownList ClientGrantType { get; } = new() { "authorization_code", "refresh_token" };

    /// <summary>Which of the two tokens of a sign-in one is.</summary>
    public static KnownList TokenTypeHint { get; } = new() { "access_token", "refresh_token" };

    /// <summary>For whom a token is.</summary>
    public static KnownList TokenSubject { get; } = new() { "user", "organization" };

    /// <summary>What a file is for.</summary>
    public static KnownList FileService { get; } =
        new()
        {
            { "downloadable", "Customers download it, with a benefit" },
            { "product_media", "An image of a product, up to 10 MB" },
            { "organization_avatar", "The image of an organization, up to 1 MB" },
            { "support_case_attachment", "Belongs to a support case" },
        };

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
