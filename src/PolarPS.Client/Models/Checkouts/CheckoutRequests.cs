namespace PolarPS.Client.Models;

/// <summary>What can be said of a checkout at any time, by seller and customer.</summary>
public abstract class CheckoutFields : RequestBody
{
    private protected CheckoutFields() { }

    /// <summary>What the customer pays if the price is custom, in minor units; else ignored.</summary>
    public long? Amount
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>How many seats to buy, 1 to 10000; null for the fewest.</summary>
    public int? Seats
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>How many units to buy, from 1; null for the fewest.</summary>
    public int? Units
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>Whether a business buys: then a full address and name are needed.</summary>
    public bool? IsBusinessCustomer
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary>The customer's name, at most 256 characters.</summary>
    public string? CustomerName
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The customer's email address.</summary>
    public string? CustomerEmail
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The name on the invoice.</summary>
    public string? CustomerBillingName
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The address on the invoice; null changes nothing.</summary>
    public AddressInput? CustomerBillingAddress
    {
        get => Get<AddressInput?>();
        set => Set(value);
    }

    /// <summary>The customer's tax number.</summary>
    public string? CustomerTaxId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The answers to custom fields, by slug: text, whole numbers, booleans, dates.</summary>
    public IDictionary<string, object?>? CustomFieldData
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }

    /// <summary>The language of the page, such as <c>fr</c>; null for the customer's own.</summary>
    public string? Locale
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>The properties of a checkout that the seller can set on creation and later.</summary>
public abstract class CheckoutSellerFields : CheckoutFields
{
    private protected CheckoutSellerFields() { }

    /// <summary>The currency to pay in, as a lower-case ISO 4217 code; null for what fits the customer's country.</summary>
    public string? Currency
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of the discount to apply; null for none.</summary>
    public string? DiscountId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Whether the customer may type a discount code.</summary>
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

    /// <summary>Whether a trial is possible.</summary>
    public bool? AllowTrial
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary>
    /// The unit of a trial that takes the product's place: <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c>; null for
    /// none.
    /// </summary>
    public string? TrialInterval
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The number of units of that trial, 1 to 1000; null for none.</summary>
    public int? TrialIntervalCount
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>The IP address of the customer, which tells the country and so tax and currency.</summary>
    public string? CustomerIpAddress
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Your own keys and values that a new customer will get; the rules are those of <see cref="Metadata"/>.</summary>
    public IDictionary<string, object?>? CustomerMetadata
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }

    /// <summary>
    /// Where the customer goes after paying; <c>{CHECKOUT_ID}</c> in it is filled in. Null for Polar's own page.
    /// </summary>
    public string? SuccessUrl
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Where the back button leads; null for no button.</summary>
    public string? ReturnUrl
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The origin of the page that embeds it; null for none.</summary>
    public string? EmbedOrigin
    {
        get => Get<string?>();
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

/// <summary>The properties of a new checkout. <see cref="Products"/> is needed.</summary>
public sealed class CheckoutCreate : CheckoutSellerFields
{
    /// <summary>The ids of the products to choose from, the preselected one first.</summary>
    public IReadOnlyList<string>? Products
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }

    /// <summary>Prices for this checkout only, by the id of the product; null for those of the catalog.</summary>
    public IDictionary<string, IReadOnlyList<PriceInput>>? Prices
    {
        get => Get<IDictionary<string, IReadOnlyList<PriceInput>>?>();
        set => Set(value);
    }

    /// <summary>The fewest seats that can be chosen, 1 to 10000; null for the price's own limit.</summary>
    public int? MinSeats
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>The most seats that can be chosen, 1 to 10000; null for the price's own limit.</summary>
    public int? MaxSeats
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>The fewest units that can be chosen, from 1; null for the price's own limit.</summary>
    public int? MinUnits
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>The most units that can be chosen, from 1; null for the price's own limit.</summary>
    public int? MaxUnits
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>The id of the customer; null for a new customer.</summary>
    public string? CustomerId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Your own id of the customer, who is created with it if there is none.</summary>
    public string? ExternalCustomerId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of a free subscription that this upgrades; null for none.</summary>
    public string? SubscriptionId
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to change of an open checkout; only what is set is changed.</summary>
public sealed class CheckoutUpdate : CheckoutSellerFields
{
    /// <summary>The id of the product to choose, one of those offered.</summary>
    public string? ProductId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Older way: the id of the price to choose.</summary>
    public string? ProductPriceId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The kind of payment that is chosen, such as <c>card</c>.</summary>
    public string? PaymentMethodType
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>The properties of a checkout that the customer can set until it is paid.</summary>
public abstract class CheckoutPublicFields : CheckoutFields
{
    private protected CheckoutPublicFields() { }

    /// <summary>The id of the product to choose, one of those offered.</summary>
    public string? ProductId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Older way: the id of the price to choose.</summary>
    public string? ProductPriceId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The kind of payment that is chosen, such as <c>card</c>.</summary>
    public string? PaymentMethodType
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The discount code to apply; null for none.</summary>
    public string? DiscountCode
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>false forgoes the trial; the only value that Polar accepts.</summary>
    public bool? AllowTrial
    {
        get => Get<bool?>();
        set => Set(value);
    }
}

/// <summary>What a customer changes of an open checkout; only what is set is changed.</summary>
public sealed class CheckoutUpdatePublic : CheckoutPublicFields;

/// <summary>The customer's last word: what to change, and how it is paid.</summary>
public sealed class CheckoutConfirm : CheckoutPublicFields
{
    /// <summary>
    /// The id of Stripe's confirmation token, which its payment form gives; null if nothing is due.
    /// </summary>
    public string? ConfirmationTokenId
    {
        get => Get<string?>();
        set => Set(value);
    }
}
