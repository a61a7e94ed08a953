namespace PolarPS.Client.Models;

/// <summary>The properties of a new subscription: a product that costs nothing, and a customer who exists. What costs something goes through a checkout. One of the two ids of the customer is needed.</summary>
public sealed class SubscriptionCreate : RequestBody
{
    /// <summary>The id of the product; it has to be free.</summary>
    public string? ProductId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Polar's id of the customer.</summary>
    public string? CustomerId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Your own id of the customer, in the place of Polar's.</summary>
    public string? ExternalCustomerId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Your own keys and values: at most 50 keys of 1 to 40 characters; strings of 1 to 500 characters, numbers, booleans.</summary>
    public IDictionary<string, object?>? Metadata
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }
}
