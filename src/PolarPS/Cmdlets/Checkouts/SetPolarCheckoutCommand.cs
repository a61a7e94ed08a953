namespace PolarPS.Commands;

/// <summary>
/// Changes open checkouts: what is given, and nothing else. By id as the seller, operation checkouts:update; by client secret
/// as the customer, operation checkouts:client_update.
/// </summary>
[Cmdlet(
    VerbsCommon.Set,
    "PolarCheckout",
    DefaultParameterSetName = IdSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(Checkout))]
public sealed class SetPolarCheckoutCommand : CheckoutCmdlet, IMetadataEditor
{
    /// <summary>The ids of checkouts, or checkouts.</summary>
    [Parameter(
        ParameterSetName = IdSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        HelpMessage = HelpMessages.Checkout
    )]
    [PolarId(typeof(Checkout))]
    [ArgumentCompleter(typeof(IdCompleter<Checkout>))]
    [Alias("CheckoutId")]
    public string[] Id { get; set; } = [];

    /// <summary>The client secret of a checkout: changes it as its customer.</summary>
    [Parameter(ParameterSetName = ClientSecretSet, Mandatory = true, HelpMessage = HelpMessages.ClientSecret)]
    [ClientSecret]
    [ValidateNotNullOrEmpty]
    public string ClientSecret { get; set; } = string.Empty;

    /// <summary>The currency to pay in, as an ISO 4217 code; $null for what fits the customer's country.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [CurrencyCode]
    [ArgumentCompleter(typeof(CurrencyCompleter))]
    [AllowNull]
    [NullableText]
    [Field]
    public object? Currency { get; set; }

    internal override string? GivenCurrency => (Currency as string)?.ToLowerInvariant();

    /// <summary>The discount to apply, or its id; $null for none.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [PolarId(typeof(Discount))]
    [ArgumentCompleter(typeof(IdCompleter<Discount>))]
    [AllowNull]
    [Alias("DiscountId")]
    [Field("discount_id")]
    public object? Discount { get; set; }

    /// <summary>The discount code that the customer types; $null for none.</summary>
    [Parameter(ParameterSetName = ClientSecretSet)]
    [AllowNull]
    [NullableText]
    [AllowEmptyString]
    [Field]
    public object? DiscountCode { get; set; }

    /// <summary>Lets the customer type a discount code; with :$false it does not.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [Field]
    public SwitchParameter AllowDiscountCodes { get; set; }

    /// <summary>Asks for a full billing address; with :$false only for what tax needs.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [Field]
    public SwitchParameter RequireBillingAddress { get; set; }

    /// <summary>Allows a trial; with :$false there is none. A customer can only forgo it.</summary>
    [Parameter]
    [Field]
    public SwitchParameter AllowTrial { get; set; }

    /// <summary>The unit of a trial period that takes the product's place; $null for none.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(IntervalCompleter))]
    [AllowNull]
    [NullableText]
    [Field]
    public object? TrialInterval { get; set; }

    /// <summary>The number of units of that trial period; $null for none.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? TrialIntervalCount { get; set; }

    /// <summary>The kind of payment that is chosen, such as card; $null for none.</summary>
    [Parameter(ParameterSetName = ClientSecretSet)]
    [AllowNull]
    [NullableText]
    [Field]
    public object? PaymentMethodType { get; set; }

    /// <summary>The customer's IP address, which tells the country; $null for none.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [AllowNull]
    [NullableText]
    [Field]
    public object? CustomerIpAddress { get; set; }

    /// <summary>Your own keys and values that a new customer will get; empty for none.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [Entries(OrNull = true)]
    [AllowNull]
    [Field]
    public IDictionary? CustomerMetadata { get; set; }

    /// <summary>Where the customer goes after paying; {CHECKOUT_ID} in it is filled in; $null for Polar's own page.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [AllowNull]
    [NullableText]
    [Field]
    public object? SuccessUrl { get; set; }

    /// <summary>The target of the back button; $null for no button.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [AllowNull]
    [NullableText]
    [Field]
    public object? ReturnUrl { get; set; }

    /// <summary>The origin of the page that embeds it; $null for none.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [AllowNull]
    [NullableText]
    [Field]
    public object? EmbedOrigin { get; set; }

    /// <summary>Your own keys and values, in place of those stored; empty for none.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [Entries(OrNull = true)]
    [AllowNull]
    [Field]
    public IDictionary? Metadata { get; set; }

    /// <summary>Keys and values to add to those stored, or to change; the others stay.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [Entries]
    [ValidateNotNullOrEmpty]
    [Field("metadata")]
    public IDictionary? AddMetadata { get; set; }

    /// <summary>Keys to remove from those stored; the others stay.</summary>
    [Parameter(ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string[]? RemoveMetadata { get; set; }

    /// <inheritdoc/>
    internal override void ProcessInput()
    {
        if (ParameterSetName == ClientSecretSet)
        {
            Update(
                SecretSubject(ClientSecret),
                NameOfSecret(ClientSecret),
                new CheckoutUpdatePublic(),
                (client, token) => client.Checkouts.ClientGetAsync(ClientSecret, token),
                (client, body, token) => client.Checkouts.ClientUpdateAsync(ClientSecret, body, token)
            );
            return;
        }

        foreach (var id in Id)
        {
            Update(
                Subject(id),
                NameOf(id),
                new CheckoutUpdate(),
                (client, token) => client.Checkouts.GetAsync(id, token),
                (client, body, token) => client.Checkouts.UpdateAsync(id, body, token)
            );
        }
    }

    private void Update<TBody>(
        ErrorSubject subject,
        string name,
        TBody body,
        Func<PolarClient, CancellationToken, Task<Checkout>> read,
        Func<PolarClient, TBody, CancellationToken, Task<Checkout>> update
    )
        where TBody : RequestBody =>
        Try(
            subject,
            () =>
            {
                if (IsNothing(Fill(body)))
                {
                    ThrowTerminatingError(ErrorRecords.NothingToChange(subject));
                }

                UpdateComparison? comparison = null;
                if (MetadataEdit.IsWanted || SaysWhatGoes(body))
                {
                    comparison = Compare(Await(token => read(Client, token)), body);
                }

                if (Confirm(name, Changes(comparison), (client, token) => update(client, body, token)))
                {
                    WriteModel(Await(token => update(Client, body, token)));
                }
            }
        );
}
