namespace PolarPS.Client.Models;

/// <summary>The properties of a draft order: a one-time product, for a customer who is not present.</summary>
public sealed class OrderCreate : RequestBody
{
    /// <summary>The id of the customer.</summary>
    public string? CustomerId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of the product: one-time, with a fixed price, free, or priced by units.</summary>
    public string? ProductId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The currency, as a lower-case ISO 4217 code; null for the organization's.</summary>
    public string? Currency
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>An amount in the place of the product's price, in minor units; null for the product's price. Not together with <see cref="Units"/>.</summary>
    public long? Amount
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>How many units, from 1; needed for a product that is priced by units, and null otherwise.</summary>
    public int? Units
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>The item text on the invoice, at most 500 characters; null for the product's name.</summary>
    public string? Description
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of the organization; only with a user's token.</summary>
    public string? OrganizationId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The answers to the product's custom fields, by the fields' slugs.</summary>
    public IDictionary<string, object?>? CustomFieldData
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }

    /// <summary>Your own keys and values: at most 50 keys of 1 to 40 characters; strings of 1 to 500 characters, numbers, booleans.</summary>
    public IDictionary<string, object?>? Metadata
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }
}

/// <summary>What to change on an order's invoice; only what is set is changed. An existing invoice has to be generated again.</summary>
public sealed class OrderUpdate : RequestBody
{
    /// <summary>The name on the invoice.</summary>
    public string? BillingName
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The address on the invoice; its country and state cannot be changed.</summary>
    public AddressInput? BillingAddress
    {
        get => Get<AddressInput?>();
        set => Set(value);
    }
}

/// <summary>How to charge for a draft.</summary>
public sealed class OrderFinalize : RequestBody
{
    /// <summary>The id of the customer's payment method; null for the default one.</summary>
    public string? PaymentMethodId
    {
        get => Get<string?>();
        set => Set(value);
    }
}
