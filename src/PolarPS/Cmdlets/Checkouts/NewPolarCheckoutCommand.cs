namespace PolarPS.Commands;

/// <summary>Opens a checkout for one customer. Operation checkouts:create.</summary>
[Cmdlet(VerbsCommon.New, "PolarCheckout", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Checkout))]
public sealed class NewPolarCheckoutCommand : NewPolarCmdlet<Checkout, CheckoutCreate>
{
    /// <summary>The products to choose from, or their ids; the first is preselected.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Product)]
    [PolarId(typeof(Product), OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("ProductId")]
    [Field("products")]
    public string[] Product { get; set; } = [];

    /// <summary>The customer, or the id.</summary>
    [Parameter(ValueFromPipeline = true)]
    [PolarId(typeof(Customer), OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("CustomerId")]
    [Field("customer_id")]
    public string? Customer { get; set; }

    /// <summary>Your own id of the customer, who is created if there is none.</summary>
    [Parameter]
    [ExternalId("customer")]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("CustomerExternalId")]
    [Field]
    public string? ExternalCustomerId { get; set; }

    /// <summary>Prices for this checkout only, by product: @{ $product.Id = New-PolarPrice 500 }; for the only product, prices alone.</summary>
    [Parameter]
    [CheckoutPriceTransformation]
    [ValidateNotNullOrEmpty]
    [Field("prices")]
    [Sum]
    public IDictionary? Price { get; set; }

    /// <summary>What the customer pays if the price is custom, in minor units: 1000 is $10.00.</summary>
    [Parameter]
    [MinorUnits(OrNull = true)]
    [AllowNull]
    [Field]
    [Sum]
    public long? Amount { get; set; }

    /// <summary>The currency to pay in, as an ISO 4217 code; without it what fits the customer's country.</summary>
    [Parameter]
    [CurrencyCode]
    [ArgumentCompleter(typeof(CurrencyCompleter))]
    [AllowNull]
    [Field]
    public string? Currency { get; set; }

    internal override string? GivenCurrency => Currency?.ToLowerInvariant();

    /// <summary>How many seats are preselected.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? Seats { get; set; }

    /// <summary>The fewest seats that can be chosen.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? MinSeats { get; set; }

    /// <summary>The most seats that can be chosen.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? MaxSeats { get; set; }

    /// <summary>How many units are preselected.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? Units { get; set; }

    /// <summary>The fewest units that can be chosen.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? MinUnits { get; set; }

    /// <summary>The most units that can be chosen.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? MaxUnits { get; set; }

    /// <summary>The discount to apply, or its id.</summary>
    [Parameter]
    [PolarId(typeof(Discount))]
    [ArgumentCompleter(typeof(IdCompleter<Discount>))]
    [AllowNull]
    [Alias("DiscountId")]
    [Field("discount_id")]
    public string? Discount { get; set; }

    /// <summary>Lets the customer type a discount code; with :$false it does not.</summary>
    [Parameter]
    [Field]
    public SwitchParameter AllowDiscountCodes { get; set; }

    /// <summary>Asks for a full billing address; with :$false only for what tax needs.</summary>
    [Parameter]
    [Field]
    public SwitchParameter RequireBillingAddress { get; set; }

    /// <summary>Allows a trial; with :$false there is none.</summary>
    [Parameter]
    [Field]
    public SwitchParameter AllowTrial { get; set; }

    /// <summary>The unit of a trial period that takes the product's place.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntervalCompleter))]
    [AllowNull]
    [Field]
    public string? TrialInterval { get; set; }

    /// <summary>How many units make that trial period.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? TrialIntervalCount { get; set; }

    /// <summary>A free subscription that this upgrades, or its id.</summary>
    [Parameter]
    [PolarId(typeof(Subscription))]
    [ArgumentCompleter(typeof(IdCompleter<Subscription>))]
    [AllowNull]
    [Alias("SubscriptionId")]
    [Field("subscription_id")]
    public string? Subscription { get; set; }

    /// <summary>The buyer is a business, so a full address and name are required; with :$false a private person.</summary>
    [Parameter]
    [Field]
    public SwitchParameter IsBusinessCustomer { get; set; }

    /// <summary>The customer's name.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? CustomerName { get; set; }

    /// <summary>The customer's email address.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? CustomerEmail { get; set; }

    /// <summary>The customer's IP address, which tells the country and so tax and currency.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? CustomerIpAddress { get; set; }

    /// <summary>The name on the invoice.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? CustomerBillingName { get; set; }

    /// <summary>The address on the invoice, created with New-PolarAddress or as a hashtable.</summary>
    [Parameter]
    [SettingsTransformation(typeof(AddressInput), From = typeof(Address))]
    [AllowNull]
    [Field]
    public IDictionary? CustomerBillingAddress { get; set; }

    /// <summary>The customer's tax number.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? CustomerTaxId { get; set; }

    /// <summary>Your own keys and values that a new customer will get.</summary>
    [Parameter]
    [Entries]
    [ValidateNotNull]
    [Field]
    public IDictionary? CustomerMetadata { get; set; }

    /// <summary>The answers to the product's questions, by slug.</summary>
    [Parameter]
    [Entries]
    [ValidateNotNull]
    [Field]
    public IDictionary? CustomFieldData { get; set; }

    /// <summary>The language of the page, such as fr; without it the customer's own.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? Locale { get; set; }

    /// <summary>Where the customer goes after paying; {CHECKOUT_ID} in it is filled in.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? SuccessUrl { get; set; }

    /// <summary>The target of the back button.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? ReturnUrl { get; set; }

    /// <summary>The origin of the page that embeds it.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? EmbedOrigin { get; set; }

    /// <summary>Your own keys and values.</summary>
    [Parameter]
    [Entries]
    [ValidateNotNull]
    [Field]
    public IDictionary? Metadata { get; set; }

    internal override string NewName => "for " + string.Join(", ", Array.ConvertAll(Product, LabelOf));

    internal override void Shape(RequestBody body)
    {
        if (Price?[CheckoutPriceTransformationAttribute.OnlyProduct] is { } prices)
        {
            body.SetField(
                "prices",
                Product.Length == 1
                    ? new Dictionary<string, object?> { [Product[0]] = prices }
                    : throw new ArgumentException(
                        "The checkout offers several products: assign the prices to a product, @{ <product id> = New-PolarPrice 500 }."
                    )
            );
        }
    }

    internal override Task<Checkout> CreateAsync(
        PolarClient client,
        CheckoutCreate body,
        CancellationToken cancellationToken
    ) => client.Checkouts.CreateAsync(body, cancellationToken);
}
