namespace PolarPS.Emulator;

/// <summary>In which state an object is after what an event tells of; the rest of a sample is the object itself.</summary>
internal static class WebhookSamples
{
    private static readonly Dictionary<string, string[]> States = new()
    {
        ["checkout.created"] = ["status=open"],
        ["checkout.expired"] = ["status=expired"],
        ["customer_seat.assigned"] = ["status=pending"],
        ["customer_seat.claimed"] = ["status=claimed"],
        ["customer_seat.revoked"] = ["status=revoked", "revoked_at=@now"],
        ["order.created"] = ["status=pending", "paid=false"],
        ["order.paid"] = ["status=paid", "paid=true"],
        ["order.refunded"] = ["status=partially_refunded"],
        ["subscription.created"] = ["status=active", "cancel_at_period_end=false"],
        ["subscription.updated"] = ["status=active", "cancel_at_period_end=false"],
        ["subscription.active"] = ["status=active", "cancel_at_period_end=false"],
        ["subscription.canceled"] = ["status=active", "cancel_at_period_end=true"],
        ["subscription.uncanceled"] = ["status=active", "cancel_at_period_end=false"],
        ["subscription.cycled"] = ["status=active", "cancel_at_period_end=false"],
        ["subscription.revoked"] = ["status=canceled"],
        ["subscription.past_due"] = ["status=past_due"],
        ["subscription.paused"] = ["status=paused"],
        ["subscription.resumed"] = ["status=active", "cancel_at_period_end=false"],
        ["subscription.migrated"] = ["status=active", "cancel_at_period_end=false"],
        ["benefit_grant.created"] = ["is_granted=true"],
        ["benefit_grant.updated"] = ["is_granted=true"],
        ["benefit_grant.cycled"] = ["is_granted=true"],
        ["benefit_grant.revoked"] = ["is_revoked=true", "is_granted=false"],
    };

    /// <summary>The fields that say so, by name.</summary>
    public static IReadOnlyList<KeyValuePair<string, JsonNode?>> StateAfter(string type, string now) =>
        States.TryGetValue(type, out var state)
            ? state
                .Select(text => text.Split('='))
                .Select(pair => new KeyValuePair<string, JsonNode?>(
                    pair[0],
                    pair[1] switch
                    {
                        "true" => JsonValue.Create(true),
                        "false" => JsonValue.Create(false),
                        "@now" => JsonValue.Create(now),
                        var text => JsonValue.Create(text),
                    }
                ))
                .ToList()
            : [];

    /// <summary>What such an event says beside its object.</summary>
    public static IReadOnlyList<KeyValuePair<string, JsonNode?>> Beside(string type) =>
        type == "subscription.migrated"
            ?
            [
                new("provider", JsonValue.Create("stripe")),
                new("provider_subscription_id", JsonValue.Create("sub_1QpolarPSsample")),
            ]
            : [];
}
