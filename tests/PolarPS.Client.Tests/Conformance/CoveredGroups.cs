namespace PolarPS.Client.Tests.Conformance;

/// <summary>
/// The groups of operations that the client has whole. Within them a gap or a difference fails the test; the others are
/// listed with what is missing. A group is the id of its operations without the last part.
/// </summary>
internal static class CoveredGroups
{
    public static readonly string[] All =
    [
        "benefit-grants",
        "benefits",
        "checkout-links",
        "checkouts",
        "custom-fields",
        "customer-seats",
        "customer-sessions",
        "customer_meters",
        "customer_portal:benefit-grants",
        "customer_portal:customer-session",
        "customer_portal:customer_meters",
        "customer_portal:customers",
        "customer_portal:downloadables",
        "customer_portal:license_keys",
        "customer_portal:members",
        "customer_portal:orders",
        "customer_portal:organizations",
        "customer_portal:seats",
        "customer_portal:subscriptions",
        "customer_portal:wallets",
        "customers",
        "customers:members",
        "discounts",
        "disputes",
        "event-types",
        "events",
        "files",
        "license_keys",
        "meters",
        "metrics",
        "oauth2",
        "oauth2:clients:oauth2",
        "orders",
        "organizations",
        "payments",
        "products",
        "refunds",
        "subscriptions",
        "webhooks",
    ];
}
