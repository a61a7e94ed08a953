namespace PolarPS.Commands;

/// <summary>Subscribes a customer who exists to a product that costs nothing. Operation subscriptions:create.</summary>
[Cmdlet(
    VerbsCommon.New,
    "PolarSubscription",
    DefaultParameterSetName = CustomerSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(Subscription))]
public sealed class NewPolarSubscriptionCommand : NewPolarCmdlet<Subscription, SubscriptionCreate>
{
    private const string CustomerSet = "Customer";
    private const string ExternalSet = "ExternalCustomer";

    /// <summary>The product, or its id; it has to be free and recurring.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = HelpMessages.Product
    )]
    [PolarId(typeof(Product))]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("ProductId")]
    [Field("product_id")]
    public string? Product { get; set; }

    /// <summary>The customer, or the customer's id.</summary>
    [Parameter(
        ParameterSetName = CustomerSet,
        Mandatory = true,
        Position = 1,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Customer
    )]
    [PolarId(typeof(Customer))]
    [ArgumentCompleter(typeof(IdCompleter<Customer>))]
    [ValidateNotNullOrEmpty]
    [Alias("CustomerId")]
    [Field("customer_id")]
    public string? Customer { get; set; }

    /// <summary>Your own id of the customer.</summary>
    [Parameter(ParameterSetName = ExternalSet, Mandatory = true, HelpMessage = HelpMessages.ExternalCustomerId)]
    [ExternalId("customer")]
    [ArgumentCompleter(typeof(CustomerExternalIdCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("CustomerExternalId")]
    [Field]
    public string? ExternalCustomerId { get; set; }

    /// <summary>Your own keys and values.</summary>
    [Parameter]
    [Entries(OrNull = true)]
    [AllowNull]
    [Field]
    public IDictionary? Metadata { get; set; }

    internal override string NewName => $"{Label(Product!)} for {ExternalCustomerId ?? Label(Customer!)}";

    internal override Task<Subscription> CreateAsync(
        PolarClient client,
        SubscriptionCreate body,
        CancellationToken cancellationToken
    ) => client.Subscriptions.CreateAsync(body, cancellationToken);

    private string Label(string id) => UsedConnection.Seen.LabelOf(id) ?? id;
}
