namespace PolarPS.Commands;

/// <summary>
/// Drafts an order for a customer who is not present; Complete-PolarOrder charges for it. Operation orders:create.
/// </summary>
[Cmdlet(VerbsCommon.New, "PolarOrder", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Order))]
public sealed class NewPolarOrderCommand : NewMetadataCmdlet<Order, OrderCreate>
{
    /// <summary>The customer who buys, or the id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Customer)]
    [PolarId(typeof(Customer))]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("CustomerId")]
    [Field("customer_id")]
    public string Customer { get; set; } = string.Empty;

    /// <summary>What is bought: a one-time product, or its id.</summary>
    [Parameter(
        Mandatory = true,
        Position = 1,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = HelpMessages.Product
    )]
    [PolarId(typeof(Product))]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("ProductId")]
    [Field("product_id")]
    public string Product { get; set; } = string.Empty;

    /// <summary>An amount in place of the product's price, in minor units: 1999 is $19.99.</summary>
    [Parameter]
    [MinorUnits]
    [ValidateRange(0L, long.MaxValue)]
    [Field]
    [Sum]
    public long Amount { get; set; }

    /// <summary>The currency; without it the organization's.</summary>
    [Parameter]
    [CurrencyCode]
    [ArgumentCompleter(typeof(CurrencyCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Currency { get; set; }

    internal override string? GivenCurrency => Currency?.ToLowerInvariant();

    /// <summary>How many units, for a product that is priced by units.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, int.MaxValue)]
    [Field]
    public int Units { get; set; }

    /// <summary>The item text on the invoice; without it the product's name.</summary>
    [Parameter]
    [ValidateLength(1, 500)]
    [Field]
    public string? Description { get; set; }

    /// <summary>Answers to the product's questions, by their slugs.</summary>
    [Parameter]
    [Entries]
    [ValidateNotNull]
    [Field]
    public IDictionary? CustomFieldData { get; set; }

    internal override string NewName => $"{LabelOf(Product)} for {LabelOf(Customer)}";

    internal override Task<Order> CreateAsync(
        PolarClient client,
        OrderCreate body,
        CancellationToken cancellationToken
    ) => client.Orders.CreateAsync(body, cancellationToken);
}
