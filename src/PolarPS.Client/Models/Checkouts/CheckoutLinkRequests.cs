namespace PolarPS.Client.Models;

/// <summary>The properties of a checkout link that can be set on creation and later.</summary>
public abstract class CheckoutLinkFields : RequestBody
{
    private protected CheckoutLinkFields() { }

    /// <summary>A label for yourself; null for none.</summary>
    public string? Label
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Whether customers may type a discount code.</summary>
    public bool? AllowDiscountCodes
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary>Whether a full billing address is asked for.</summary>
    public bool? RequireBillingAddress
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary>The id of the discount to apply; null for none.</summary>
    public string? DiscountId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>How many seats to preselect, 1 to 10000; null for the customer's choice.</summary>
    public int? Seats
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>How many units to preselect, from 1; null for the customer's choice.</summary>
    public int? Units
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>Where the customer goes after paying; <c>{CHECKOUT_ID}</c> in it is filled in. Null for Polar's own page.</summary>
    public string? SuccessUrl
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Where the checkout's back button leads; null for no button.</summary>
    public string? ReturnUrl
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Your own keys and values: at most 50 keys of 1 to 40 characters; strings of 1 to 500 characters, numbers, booleans. Replaces what is stored.</summary>
    public IDictionary<string, object?>? Metadata
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }

    /// <summary>The unit of a trial period that takes the product's place: <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c>; null for no trial.</summary>
    public string? TrialInterval
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>How many units make a trial period that takes the product's place, 1 to 1000; null for no trial.</summary>
    public int? TrialIntervalCount
    {
        get => Get<int?>();
        set => Set(value);
    }
}

/// <summary>The properties of a new checkout link. <see cref="Products"/> is needed, or one of the two older ways to name a single product.</summary>
public sealed class CheckoutLinkCreate : CheckoutLinkFields
{
    /// <summary>A body for Polar's only payment processor.</summary>
    public CheckoutLinkCreate() => Set("stripe", "PaymentProcessor");

    /// <summary>The ids of the products to choose from, the preselected one first.</summary>
    public IReadOnlyList<string>? Products
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }

    /// <summary>Older way: the id of the only product.</summary>
    public string? ProductId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Older way: the id of the only price.</summary>
    public string? ProductPriceId
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to change of a checkout link; only what is set is changed.</summary>
public sealed class CheckoutLinkUpdate : CheckoutLinkFields
{
    /// <summary>The ids of all products to choose from, the preselected one first. An omitted product is removed from the link.</summary>
    public IReadOnlyList<string>? Products
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }
}
