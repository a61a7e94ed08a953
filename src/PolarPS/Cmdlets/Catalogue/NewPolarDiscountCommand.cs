namespace PolarPS.Commands;

/// <summary>Creates a discount: a percentage, or an amount in one or more currencies. Operation discounts:create.</summary>
[Cmdlet(VerbsCommon.New, "PolarDiscount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Discount))]
// Parameter sets would tell a percentage from an amount. But PowerShell binds a row to the default set and looks at no other,
// and without a default one a row with both is refused without a word of which column is too much.
public sealed class NewPolarDiscountCommand : NewMetadataCmdlet<Discount, DiscountCreate>
{
    /// <summary>The name, which customers see on their invoice.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = "What customers see on their invoice, such as Launch week"
    )]
    [Text]
    [ValidateNotNullOrEmpty]
    [Field]
    public string Name { get; set; } = string.Empty;

    /// <summary>The percentage off: 20, or 12.5; from 0.01 to 100.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DecimalNumber(Cell = RowCell.Optional)]
    [ValidateRange(0.01, 100.0)]
    [Field("basis_points")]
    [Sum]
    public decimal Percent { get; set; }

    /// <summary>The amount off, in minor units: 1000 is $10.00.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [MinorUnits(Cell = RowCell.Optional)]
    [FromRow]
    [ValidateRange(0L, long.MaxValue)]
    [Sum]
    public long Amount { get; set; }

    /// <summary>The currency of the amount, as an ISO 4217 code.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text(OrEmpty = true)]
    [FromRow]
    [CurrencyCode]
    [ArgumentCompleter(typeof(CurrencyCompleter))]
    [ValidateNotNullOrEmpty]
    public string Currency { get; set; } = string.Empty;

    internal override string? GivenCurrency => Currency.ToLowerInvariant();

    /// <summary>The amount off in each currency, in minor units: @{ usd = 1000; eur = 900 }.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AmountsTransformation(Cell = RowCell.Optional)]
    [FromRow]
    [ValidateNotNullOrEmpty]
    [Field]
    [Sum]
    public IDictionary? Amounts { get; set; }

    /// <summary>For how long it applies to a subscription: once, forever, or repeating for some months.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, HelpMessage = "once, forever or repeating")]
    [Text]
    [ArgumentCompleter(typeof(DiscountDurationCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string Duration { get; set; } = string.Empty;

    /// <summary>For how many months a repeating discount applies.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(OrNull = true, Cell = RowCell.Optional)]
    [AllowNull]
    [Field]
    public int? DurationInMonths { get; set; }

    /// <summary>The code that customers type, 3 to 256 letters and digits; without it none is needed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNull]
    [AllowNull]
    [Field]
    public string? Code { get; set; }

    /// <summary>When it starts; without it immediately.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Instant(OrNull = true, Cell = RowCell.Optional)]
    [AllowNull]
    [Field]
    public DateTimeOffset? StartsAt { get; set; }

    /// <summary>When it ceases to apply; without it never.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Instant(OrNull = true, Cell = RowCell.Optional)]
    [AllowNull]
    [Field]
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>How often it may be used in all; without it as often as people like.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(OrNull = true, Cell = RowCell.Optional)]
    [AllowNull]
    [Field]
    public int? MaxRedemptions { get; set; }

    /// <summary>How often one customer may use it; without it as often as they like.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(OrNull = true, Cell = RowCell.Optional)]
    [AllowNull]
    [Field]
    public int? MaxRedemptionsPerCustomer { get; set; }

    /// <summary>The only products that it is for, or their ids; without it all.</summary>
    [Parameter]
    [PolarId(typeof(Product))]
    [ArgumentCompleter(typeof(IdCompleter<Product>))]
    [ValidateNotNullOrEmpty]
    [Alias("ProductId")]
    [Field("products")]
    public string[]? Product { get; set; }

    internal override string TextOf(string parameter, object? value) =>
        parameter switch
        {
            nameof(Percent) => ValueText.Of(value) + "%",
            nameof(Amounts) => DiscountReduction.Text(Amounts),
            _ => base.TextOf(parameter, value),
        };

    internal override string NewName => Name;

    internal override void Shape(RequestBody body)
    {
        if (IsBound(nameof(Percent)))
        {
            DiscountReduction.SetPercent(body, Percent);
        }
        else
        {
            DiscountReduction.SetAmounts(
                body,
                IsBound(nameof(Amounts)) ? Amounts! : DiscountReduction.Single(Amount, Currency)
            );
        }
    }

    internal override void ProcessInput()
    {
        if (Contradiction() is { } problem)
        {
            Fail(
                ErrorRecords.InvalidArgument(
                    new ArgumentException(problem),
                    new ErrorSubject(Kind, NewName, IsNew: true)
                ),
                inRows: false
            );
            return;
        }

        base.ProcessInput();
    }

    // What is wrong with how the reduction is given; null where nothing is.
    private string? Contradiction()
    {
        var given = new[] { nameof(Percent), nameof(Amount), nameof(Amounts) }.Where(IsBound).ToList();
        var currency = IsBound(nameof(Currency));
        return given.Count switch
        {
            0 => "The discount has no amount: give -Percent, or -Amount and -Currency, or -Amounts.",
            > 1 =>
                $"{string.Join(" and ", given.Select(Given))} cannot be combined: give only one of -Percent, -Amount with -Currency, or -Amounts.",
            _ when given[0] == nameof(Amount) && !currency =>
                $"{Given(nameof(Amount))} needs -Currency: an amount without a currency is ambiguous.",
            _ when given[0] != nameof(Amount) && currency => $"{Given(nameof(Currency))} works only with -Amount.",
            _ => null,
        };
    }

    private string Given(string parameter) =>
        $"-{parameter} {ValueText.Of(GetType().GetProperty(parameter)!.GetValue(this))}";

    internal override Task<Discount> CreateAsync(
        PolarClient client,
        DiscountCreate body,
        CancellationToken cancellationToken
    ) => client.Discounts.CreateAsync(body, cancellationToken);
}
