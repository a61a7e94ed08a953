namespace PolarPS.Client.Models;

/// <summary>The properties of a discount that can be set on creation and later.</summary>
public abstract class DiscountFields : RequestBody
{
    private protected DiscountFields() { }

    /// <summary>The name, which customers see on their invoice.</summary>
    public string? Name
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The kind: <c>percentage</c> or <c>fixed</c>.</summary>
    public string? Type
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The code that customers type, 3 to 256 letters and digits; null where none is needed.</summary>
    public string? Code
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>For how long it applies to a subscription: <c>once</c>, <c>forever</c> or <c>repeating</c>.</summary>
    public string? Duration
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>For how many months it applies, 1 to 999; with <c>repeating</c> only.</summary>
    public int? DurationInMonths
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>Percentage: hundredths of a percent, 1 to 10000; 2500 is 25 % off.</summary>
    public int? BasisPoints
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>Fixed: the amount off, in minor units by lower-case currency code.</summary>
    public IDictionary<string, long>? Amounts
    {
        get => Get<IDictionary<string, long>?>();
        set => Set(value);
    }

    /// <summary>
    /// Fixed: the amount off in <see cref="Currency"/>, in minor units. Polar prefers <see cref="Amounts"/>.
    /// </summary>
    public long? Amount
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>Fixed: the currency of <see cref="Amount"/>, as a lower-case ISO 4217 code.</summary>
    public string? Currency
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>When it starts; null for immediately.</summary>
    public DateTimeOffset? StartsAt
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>When it ceases to apply; null for never.</summary>
    public DateTimeOffset? EndsAt
    {
        get => Get<DateTimeOffset?>();
        set => Set(value);
    }

    /// <summary>How often it may be used in all, from 1; null for no limit.</summary>
    public int? MaxRedemptions
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>How often one customer may use it, from 1; null for no limit.</summary>
    public int? MaxRedemptionsPerCustomer
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>The ids of the products it is limited to; empty for all. Null says nothing: a change leaves them as they are.</summary>
    public IReadOnlyList<string>? Products
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }

    /// <summary>
    /// Your own keys and values: at most 50 keys of 1 to 40 characters; strings of 1 to 500 characters, numbers, booleans.
    /// Replaces what is stored.
    /// </summary>
    public IDictionary<string, object?>? Metadata
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }
}

/// <summary>The properties of a new discount. Name, type, duration and the amount off are required.</summary>
public sealed class DiscountCreate : DiscountFields
{
    /// <summary>The organization that offers it. Needed with a user's token, refused with an organization's.</summary>
    public string? OrganizationId
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to change of a discount; only what is set is changed.</summary>
public sealed class DiscountUpdate : DiscountFields;
