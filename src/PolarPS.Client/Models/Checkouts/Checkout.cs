namespace PolarPS.Client.Models;

/// <summary>
/// One checkout, from opening it to the payment. The same class serves the public side, where Polar leaves out
/// what only the seller may see and adds the organization.
/// </summary>
public sealed class Checkout : PolarObject, IDated, IPriced, IHasMetadata
{
    /// <summary>The checkout's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary><c>open</c>, <c>confirmed</c> (being paid), <c>succeeded</c>, <c>failed</c> or <c>expired</c>.</summary>
    public string? Status { get; set; }

    /// <summary>The address of the page where the customer pays.</summary>
    public string? Url { get; set; }

    /// <summary>When it ceases to be open.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>The product that is chosen; null for none.</summary>
    public Product? Product { get; set; }

    /// <summary>The id of the product that is chosen; null for none.</summary>
    public string? ProductId { get; set; }

    /// <summary>The products to choose from.</summary>
    public PolarList<Product>? Products { get; set; }

    /// <summary>The prices by the id of the product; null for a product without its own prices.</summary>
    public PolarDictionary<PolarList<ProductPrice>>? Prices { get; set; }

    /// <summary>The price that is chosen. Polar prefers <see cref="Prices"/>; null for none.</summary>
    public ProductPrice? ProductPrice { get; set; }

    /// <summary>The id of the price that is chosen. Polar prefers <see cref="Prices"/>; null for none.</summary>
    public string? ProductPriceId { get; set; }

    /// <summary>The amount before discount and tax, in minor units.</summary>
    public long? Amount { get; set; }

    /// <summary>The discount, in minor units.</summary>
    public long? DiscountAmount { get; set; }

    /// <summary>What remains after the discount, in minor units, before tax.</summary>
    public long? NetAmount { get; set; }

    /// <summary>The tax, in minor units; null while it is not known.</summary>
    public long? TaxAmount { get; set; }

    /// <summary>How tax relates to the price: <c>inclusive</c> or <c>exclusive</c>; null while it is not known.</summary>
    public string? TaxBehavior { get; set; }

    /// <summary>The total amount due, in minor units.</summary>
    public long? TotalAmount { get; set; }

    /// <summary>The currency, as a lower-case ISO 4217 code.</summary>
    public string? Currency { get; set; }

    /// <summary>The number of seats; null for another type of price.</summary>
    public int? Seats { get; set; }

    /// <summary>The fewest seats that can be chosen; null for the price's own limit.</summary>
    public int? MinSeats { get; set; }

    /// <summary>The most seats that can be chosen; null for the price's own limit.</summary>
    public int? MaxSeats { get; set; }

    /// <summary>The number of units; null for another type of price.</summary>
    public int? Units { get; set; }

    /// <summary>The fewest units that can be chosen; null for the price's own limit.</summary>
    public int? MinUnits { get; set; }

    /// <summary>The most units that can be chosen; null for the price's own limit.</summary>
    public int? MaxUnits { get; set; }

    /// <summary>The discount that is applied; null for none.</summary>
    public Discount? Discount { get; set; }

    /// <summary>The id of the discount that is applied; null for none.</summary>
    public string? DiscountId { get; set; }

    /// <summary>Whether the customer may type a discount code.</summary>
    public bool? AllowDiscountCodes { get; set; }

    /// <summary>Whether a discount can apply to what is chosen.</summary>
    public bool? IsDiscountApplicable { get; set; }

    /// <summary>Whether a trial is possible; null if not known.</summary>
    public bool? AllowTrial { get; set; }

    /// <summary>
    /// The unit of the trial that will take place: <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c>; null for none.
    /// </summary>
    public string? ActiveTrialInterval { get; set; }

    /// <summary>The number of units of that trial; null for none.</summary>
    public int? ActiveTrialIntervalCount { get; set; }

    /// <summary>When that trial ends; null for none.</summary>
    public DateTimeOffset? TrialEnd { get; set; }

    /// <summary>
    /// The unit of a trial that takes the product's place: <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c>; null for
    /// none.
    /// </summary>
    public string? TrialInterval { get; set; }

    /// <summary>How many units make the trial that takes the product's place; null for none.</summary>
    public int? TrialIntervalCount { get; set; }

    /// <summary>Whether the price is free.</summary>
    public bool? IsFreeProductPrice { get; set; }

    /// <summary>Whether something has to be paid now.</summary>
    public bool? IsPaymentRequired { get; set; }

    /// <summary>Whether a payment method has to be given for later.</summary>
    public bool? IsPaymentSetupRequired { get; set; }

    /// <summary>Whether the page has to ask for a payment method.</summary>
    public bool? IsPaymentFormRequired { get; set; }

    /// <summary>The id of the customer; null for a new customer.</summary>
    public string? CustomerId { get; set; }

    /// <summary>Your own id of the customer; null for none.</summary>
    public string? ExternalCustomerId { get; set; }

    /// <summary>The customer's name; null if not known yet.</summary>
    public string? CustomerName { get; set; }

    /// <summary>The customer's email address; null if not known yet.</summary>
    public string? CustomerEmail { get; set; }

    /// <summary>The IP address of the customer; null if not known yet.</summary>
    public string? CustomerIpAddress { get; set; }

    /// <summary>The name on the invoice; null if not known yet.</summary>
    public string? CustomerBillingName { get; set; }

    /// <summary>The address on the invoice; null if not known yet.</summary>
    public Address? CustomerBillingAddress { get; set; }

    /// <summary>The customer's tax number; null for none.</summary>
    public string? CustomerTaxId { get; set; }

    /// <summary>Your own keys and values that a new customer will get.</summary>
    public PolarMetadata? CustomerMetadata { get; set; }

    /// <summary>Whether a business buys: then a full address and name are needed.</summary>
    public bool? IsBusinessCustomer { get; set; }

    /// <summary>Whether a full billing address is asked for.</summary>
    public bool? RequireBillingAddress { get; set; }

    /// <summary>Which parts of the address are requested.</summary>
    public CheckoutBillingAddressFields? BillingAddressFields { get; set; }

    /// <summary>The language of the page, such as <c>fr</c>; null for the customer's own.</summary>
    public string? Locale { get; set; }

    /// <summary>The custom fields; null while no product is chosen.</summary>
    public PolarList<AttachedCustomField>? AttachedCustomFields { get; set; }

    /// <summary>The answers, by the custom field's slug.</summary>
    public PolarMetadata? CustomFieldData { get; set; }

    /// <summary>The id of the free subscription that this upgrades; null for none.</summary>
    public string? SubscriptionId { get; set; }

    /// <summary>Where the customer goes after paying.</summary>
    public string? SuccessUrl { get; set; }

    /// <summary>Where the back button leads; null for no button.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>The origin of the page that embeds it; null for none.</summary>
    public string? EmbedOrigin { get; set; }

    /// <summary>
    /// What opens the checkout on the customer's side, without a token. A secret between you and the customer.
    /// </summary>
    public string? ClientSecret { get; set; }

    /// <summary>A token for calls of the customer portal, right after confirming only; else null. A secret.</summary>
    public string? CustomerSessionToken { get; set; }

    /// <summary>Who handles the payment: <c>stripe</c>.</summary>
    public string? PaymentProcessor { get; set; }

    /// <summary>What the payment page of the processor needs.</summary>
    public PolarMetadata? PaymentProcessorMetadata { get; set; }

    /// <summary>The kind of payment that is chosen, such as <c>card</c>; null for none yet.</summary>
    public string? PaymentMethodType { get; set; }

    /// <summary>Your own keys and values (string, long, double, bool).</summary>
    public PolarMetadata? Metadata { get; set; }

    /// <summary>The id of the organization that sells.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>The organization that sells, in short. On the public side only; else null.</summary>
    public Organization? Organization { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The checkout in words; never its secret.</summary>
    /// <returns>Such as <c>Pro plan $49.00 (open)</c>.</returns>
    private protected override string Describe() =>
        $"{Product?.ToString() ?? Id} {Money.Format(TotalAmount, Currency)} ({Status})";
}

/// <summary>
/// Which parts of the billing address are asked for: each <c>required</c>, <c>optional</c> or <c>disabled</c>.
/// </summary>
public sealed class CheckoutBillingAddressFields : PolarObject
{
    /// <summary>The country.</summary>
    public string? Country { get; set; }

    /// <summary>The state or province.</summary>
    public string? State { get; set; }

    /// <summary>The city.</summary>
    public string? City { get; set; }

    /// <summary>The postal code.</summary>
    public string? PostalCode { get; set; }

    /// <summary>Street and number.</summary>
    public string? Line1 { get; set; }

    /// <summary>The second street line.</summary>
    public string? Line2 { get; set; }
}
