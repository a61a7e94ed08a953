namespace PolarPS.Commands;

/// <summary>Creates a checkout link. Operation checkout-links:create.</summary>
[Cmdlet(VerbsCommon.New, "PolarCheckoutLink", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(CheckoutLink))]
public sealed class NewPolarCheckoutLinkCommand : NewPolarCmdlet<CheckoutLink, CheckoutLinkCreate>
{
    /// <summary>The products to choose from, or their ids; the first is preselected.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Product)]
    [PolarId(typeof(Product), OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("ProductId")]
    [Field("products")]
    public string[] Product { get; set; } = [];

    /// <summary>A label for yourself.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [Field]
    public string? Label { get; set; }

    /// <summary>The discount to apply, or its id.</summary>
    [Parameter(ValueFromPipeline = true)]
    [PolarId(typeof(Discount), OneOfSeveral = true)]
    [ArgumentCompleter(typeof(IdCompleter<Discount>))]
    [AllowNull]
    [Alias("DiscountId")]
    [Field("discount_id")]
    public string? Discount { get; set; }

    /// <summary>Lets customers type a discount code; with :$false it does not.</summary>
    [Parameter]
    [Field]
    public SwitchParameter AllowDiscountCodes { get; set; }

    /// <summary>Asks for a full billing address; with :$false only for what tax needs.</summary>
    [Parameter]
    [Field]
    public SwitchParameter RequireBillingAddress { get; set; }

    /// <summary>Where the customer goes after paying; {CHECKOUT_ID} in it is filled in.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? SuccessUrl { get; set; }

    /// <summary>The target of the checkout's back button.</summary>
    [Parameter]
    [AllowNull]
    [Field]
    public string? ReturnUrl { get; set; }

    /// <summary>How many seats are preselected.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? Seats { get; set; }

    /// <summary>How many units are preselected.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? Units { get; set; }

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

    /// <summary>Your own keys and values.</summary>
    [Parameter]
    [Entries(OrNull = true)]
    [AllowNull]
    [Field]
    public IDictionary? Metadata { get; set; }

    internal override string NewName =>
        Label is { Length: > 0 } label ? label : "for " + string.Join(", ", Array.ConvertAll(Product, LabelOf));

    internal override Task<CheckoutLink> CreateAsync(
        PolarClient client,
        CheckoutLinkCreate body,
        CancellationToken cancellationToken
    ) => client.CheckoutLinks.CreateAsync(body, cancellationToken);
}
