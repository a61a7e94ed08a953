namespace PolarPS.Commands;

/// <summary>Changes checkout links: what is given, and nothing else. Operation checkout-links:update.</summary>
[Cmdlet(VerbsCommon.Set, "PolarCheckoutLink", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(CheckoutLink))]
public sealed class SetPolarCheckoutLinkCommand : SetMetadataCmdlet<CheckoutLink, CheckoutLinkUpdate>
{
    /// <summary>The ids of checkout links, or checkout links.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.CheckoutLink)]
    [PolarId(typeof(CheckoutLink), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<CheckoutLink>))]
    [Alias("CheckoutLinkId")]
    public string[] Id { get; set; } = [];

    /// <summary>All products to choose from, or their ids; the first is preselected, an omitted one is removed.</summary>
    [Parameter]
    [PolarId(typeof(Product))]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("ProductId")]
    [Field("products")]
    public string[]? Product { get; set; }

    /// <summary>A label for yourself; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [AllowEmptyString]
    [Field]
    public object? Label { get; set; }

    /// <summary>The discount to apply, or its id; $null for none.</summary>
    [Parameter]
    [PolarId(typeof(Discount))]
    [ArgumentCompleter(typeof(IdCompleter<Discount>))]
    [AllowNull]
    [Alias("DiscountId")]
    [Field("discount_id")]
    public object? Discount { get; set; }

    /// <summary>Lets customers type a discount code; with :$false it does not.</summary>
    [Parameter]
    [Field]
    public SwitchParameter AllowDiscountCodes { get; set; }

    /// <summary>Asks for a full billing address; with :$false only for what tax needs.</summary>
    [Parameter]
    [Field]
    public SwitchParameter RequireBillingAddress { get; set; }

    /// <summary>Where the customer goes after paying; {CHECKOUT_ID} in it is filled in; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [Field]
    public object? SuccessUrl { get; set; }

    /// <summary>The target of the checkout's back button; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [Field]
    public object? ReturnUrl { get; set; }

    /// <summary>How many seats are preselected; $null for none.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? Seats { get; set; }

    /// <summary>How many units are preselected; $null for none.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? Units { get; set; }

    /// <summary>The unit of a trial period that takes the product's place; $null for none.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntervalCompleter))]
    [AllowNull]
    [NullableText]
    [Field]
    public object? TrialInterval { get; set; }

    /// <summary>The number of units of that trial period; $null for none.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? TrialIntervalCount { get; set; }

    internal override string[] Ids => Id;

    internal override Task<CheckoutLink> UpdateAsync(
        PolarClient client,
        string id,
        CheckoutLinkUpdate body,
        CancellationToken cancellationToken
    ) => client.CheckoutLinks.UpdateAsync(id, body, cancellationToken);

    internal override Task<CheckoutLink> ReadAsync(
        PolarClient client,
        string id,
        CancellationToken cancellationToken
    ) => client.CheckoutLinks.GetAsync(id, cancellationToken);
}
