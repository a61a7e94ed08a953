namespace PolarPS.Emulator;

/// <summary>The scopes that access tokens can have.</summary>
public static class EmulatorScopes
{
    private static readonly string[] ReadAndWrite =
    [
        "benefits",
        "checkout_links",
        "checkouts",
        "custom_fields",
        "customer_portal",
        "customer_seats",
        "customers",
        "discounts",
        "disputes",
        "events",
        "files",
        "license_keys",
        "members",
        "meters",
        "metrics",
        "notification_recipients",
        "notifications",
        "orders",
        "organization_access_tokens",
        "organizations",
        "payouts",
        "products",
        "refunds",
        "subscriptions",
        "transactions",
        "user",
        "wallets",
        "webhooks",
    ];

    /// <summary>The scopes that only read.</summary>
    public static IReadOnlyList<string> ReadOnly { get; } =
    [.. ReadAndWrite.Select(name => name + ":read"), "customer_meters:read", "payments:read"];

    /// <summary>Every scope.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "openid",
        "profile",
        "email",
        .. ReadOnly,
        .. ReadAndWrite.Select(name => name + ":write"),
        "customer_sessions:write",
        "member_sessions:write",
    ];
}
