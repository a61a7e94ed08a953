namespace PolarPS.Commands;

/// <summary>Changes discounts: what is given, and nothing else. Operation discounts:update.</summary>
[Cmdlet(
    VerbsCommon.Set,
    "PolarDiscount",
    DefaultParameterSetName = "Terms",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium
)]
[OutputType(typeof(Discount))]
public sealed class SetPolarDiscountCommand : SetMetadataCmdlet<Discount, DiscountUpdate>
{
    private const string Percentage = "Percentage";
    private const string Fixed = "Fixed";
    private const string FixedByCurrency = "FixedByCurrency";

    /// <summary>The ids of discounts, or discounts.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = HelpMessages.Discount)]
    [PolarId(typeof(Discount), Each = true)]
    [ArgumentCompleter(typeof(IdCompleter<Discount>))]
    [Alias("DiscountId")]
    public string[] Id { get; set; } = [];

    /// <summary>The name, which customers see on their invoice.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Name { get; set; }

    /// <summary>The percentage off: 20, or 12.5; from 0.01 to 100. For a percentage only.</summary>
    [Parameter(ParameterSetName = Percentage, Mandatory = true, HelpMessage = "Number from 0.01 to 100")]
    [DecimalNumber]
    [ValidateRange(0.01, 100.0)]
    [Field("basis_points")]
    public decimal Percent { get; set; }

    /// <summary>The amount off, in minor units: 1000 is $10.00. In this currency only; other amounts go.</summary>
    [Parameter(ParameterSetName = Fixed, Mandatory = true, HelpMessage = HelpMessages.Amount)]
    [MinorUnits]
    [ValidateRange(0L, long.MaxValue)]
    [Field("amounts")]
    public long Amount { get; set; }

    /// <summary>The currency of the amount, as an ISO 4217 code.</summary>
    [Parameter(ParameterSetName = Fixed, Mandatory = true, HelpMessage = "ISO 4217 code of the amount, such as usd")]
    [CurrencyCode]
    [ArgumentCompleter(typeof(CurrencyCompleter))]
    [ValidateNotNullOrEmpty]
    public string Currency { get; set; } = string.Empty;

    internal override string? GivenCurrency => Currency.ToLowerInvariant();

    /// <summary>The amount off in each currency, in minor units, in place of all that is stored.</summary>
    [Parameter(
        ParameterSetName = FixedByCurrency,
        Mandatory = true,
        HelpMessage = "Not by typing, but on the command line: @{ usd = 1000; eur = 900 }"
    )]
    [AmountsTransformation]
    [ValidateNotNullOrEmpty]
    [Field]
    public IDictionary? Amounts { get; set; }

    /// <summary>For how long it applies to a subscription, which cannot be changed: what the discount has already.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DiscountDurationCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? Duration { get; set; }

    /// <summary>For how many months a repeating discount applies; $null for another duration.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? DurationInMonths { get; set; }

    /// <summary>The code that customers type, 3 to 256 letters and digits; $null for none.</summary>
    [Parameter]
    [AllowNull]
    [NullableText]
    [AllowEmptyString]
    [Field]
    public object? Code { get; set; }

    /// <summary>When it starts; $null for immediately.</summary>
    [Parameter]
    [Instant(OrNull = true)]
    [AllowNull]
    [Field]
    public DateTimeOffset? StartsAt { get; set; }

    /// <summary>When it ceases to apply; $null for never.</summary>
    [Parameter]
    [Instant(OrNull = true)]
    [AllowNull]
    [Field]
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>How often it may be used in all; $null for no limit.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? MaxRedemptions { get; set; }

    /// <summary>How often one customer may use it; $null for no limit.</summary>
    [Parameter]
    [WholeNumber(OrNull = true)]
    [AllowNull]
    [Field]
    public int? MaxRedemptionsPerCustomer { get; set; }

    /// <summary>The only products that it is for, or their ids, in place of those stored; $null for all products.</summary>
    [Parameter]
    [PolarId(typeof(Product))]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [AllowNull]
    [AllowEmptyCollection]
    [Alias("ProductId")]
    [Field("products")]
    public string[]? Product { get; set; }

    internal override string[] Ids => Id;

    internal override void Shape(RequestBody body)
    {
        // Null would say nothing of the products.
        if (IsBound(nameof(Product)) && Product is null)
        {
            body.SetField("products", Array.Empty<string>());
        }

        switch (ParameterSetName)
        {
            case Percentage:
                DiscountReduction.SetPercent(body, Percent);
                break;
            case Fixed:
                DiscountReduction.SetAmounts(body, DiscountReduction.Single(Amount, Currency));
                break;
            case FixedByCurrency:
                DiscountReduction.SetAmounts(body, Amounts!);
                break;
        }
    }

    internal override string TextOf(string parameter, object? value) =>
        parameter switch
        {
            nameof(Percent) => ValueText.Of(value) + "%",
            nameof(Amount) => Money.Format(Amount, Currency.ToLowerInvariant()),
            nameof(Amounts) => DiscountReduction.Text(Amounts),
            nameof(Product) when Product is not { Length: > 0 } => "all products",
            _ => base.TextOf(parameter, value),
        };

    internal override Task<Discount> UpdateAsync(
        PolarClient client,
        string id,
        DiscountUpdate body,
        CancellationToken cancellationToken
    ) => client.Discounts.UpdateAsync(id, body, cancellationToken);

    internal override Task<Discount> ReadAsync(PolarClient client, string id, CancellationToken cancellationToken) =>
        client.Discounts.GetAsync(id, cancellationToken);
}
