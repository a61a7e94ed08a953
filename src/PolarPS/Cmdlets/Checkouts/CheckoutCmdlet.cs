namespace PolarPS.Commands;

/// <summary>Changes an open checkout, as the seller by id or as the customer by client secret.</summary>
public abstract class CheckoutCmdlet : PolarWriteCmdlet<Checkout>
{
    internal const string IdSet = "Id";
    internal const string ClientSecretSet = "ClientSecret";

    /// <summary>The product to choose, or its id; one of those that the checkout offers.</summary>
    [Parameter]
    [PolarId(typeof(Product))]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("ProductId")]
    [Field("product_id")]
    public string? Product { get; set; }

    /// <summary>What the customer pays if the price is custom, in minor units: 1000 is $10.00.</summary>
    [Parameter]
    [MinorUnits(OrNull = true)]
    [AllowNull]
    [Field]
    public long? Amount { get; set; }

    /// <summary>How many seats to buy; $null for the fewest.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? Seats { get; set; }

    /// <summary>How many units to buy; $null for the fewest.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? Units { get; set; }

    /// <summary>The buyer is a business, so a full address and name are required; with :$false a private person.</summary>
    [Parameter]
    [Field]
    public SwitchParameter IsBusinessCustomer { get; set; }

    /// <summary>The customer's name; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [AllowEmptyString]
    [Field]
    public object? CustomerName { get; set; }

    /// <summary>The customer's email address; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [Field]
    public object? CustomerEmail { get; set; }

    /// <summary>The name on the invoice; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [AllowEmptyString]
    [Field]
    public object? CustomerBillingName { get; set; }

    /// <summary>The address on the invoice, created with New-PolarAddress or as a hashtable; Polar ignores $null.</summary>
    [Parameter]
    [SettingsTransformation(typeof(AddressInput), From = typeof(Address))]
    [AllowNull]
    [Field]
    public IDictionary? CustomerBillingAddress { get; set; }

    /// <summary>The customer's tax number; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [AllowEmptyString]
    [Field]
    public object? CustomerTaxId { get; set; }

    /// <summary>The answers to the product's questions, by slug.</summary>
    [Parameter]
    [Entries]
    [ValidateNotNull]
    [Field]
    public IDictionary? CustomFieldData { get; set; }

    /// <summary>The language of the page, such as fr; $null for the customer's own.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [AllowEmptyString]
    [Field]
    public object? Locale { get; set; }

    /// <summary>The subject of errors where only the secret is known.</summary>
    internal static ErrorSubject SecretSubject(string secret) =>
        Subject(ClientSecretAttribute.Mask(secret)) with
        {
            Key = "client secret",
        };

    /// <summary>The checkout in a prompt; never its secret.</summary>
    internal string NameOfSecret(string secret) =>
        UsedConnection
            .Seen.OfKind(typeof(Checkout))
            .FirstOrDefault(seen => (seen.Item as Checkout)?.ClientSecret == secret)
            is { } known
            ? NameOf(known.Id)
            : $"{Kind} {ClientSecretAttribute.Mask(secret)}";

    internal override string TextOf(string parameter, object? value) =>
        parameter == nameof(Amount) && value is long amount
            ? Money.Format(amount, CurrencyOf())
            : base.TextOf(parameter, value);

    /// <summary>The currency of the checkout that a prompt is about; null where it is not known.</summary>
    internal virtual string? CurrencyOf() => null;
}
