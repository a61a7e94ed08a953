namespace PolarPS.Commands;

/// <summary>
/// Describes a price for New-PolarProduct and Set-PolarProduct; sends nothing. One parameter set for each kind of price. It
/// is part of the operations products:create and products:update.
/// </summary>
[Cmdlet(VerbsCommon.New, "PolarPrice", DefaultParameterSetName = Fixed)]
[OutputType(typeof(PriceInput))]
[Makes(typeof(PriceInput))]
public sealed class NewPolarPriceCommand : ScreenCmdlet
{
    private const string Fixed = "Fixed";
    private const string CustomSet = "Custom";
    private const string SeatBased = "SeatBased";
    private const string UnitBased = "UnitBased";
    private const string MeteredUnit = "MeteredUnit";
    private const string MeteredTiers = "MeteredTiers";

    /// <summary>The amount in minor units: 1999 is $19.99; 0 is free.</summary>
    [Parameter(ParameterSetName = Fixed, Mandatory = true, Position = 0, HelpMessage = HelpMessages.Amount)]
    [MinorUnits]
    [ValidateRange(0L, long.MaxValue)]
    [Field("price_amount")]
    public long Amount { get; set; }

    /// <summary>The customer chooses the amount.</summary>
    [Parameter(ParameterSetName = CustomSet, Mandatory = true, HelpMessage = HelpMessages.Switch)]
    public SwitchParameter Custom { get; set; }

    /// <summary>The least that a customer may choose, in minor units; 0 allows nothing at all.</summary>
    [Parameter(ParameterSetName = CustomSet)]
    [MinorUnits]
    [ValidateRange(0L, long.MaxValue)]
    [Field]
    public long MinimumAmount { get; set; }

    /// <summary>The most that a customer may choose, in minor units.</summary>
    [Parameter(ParameterSetName = CustomSet)]
    [MinorUnits]
    [ValidateRange(1L, long.MaxValue)]
    [Field]
    public long MaximumAmount { get; set; }

    /// <summary>The preset amount, in minor units.</summary>
    [Parameter(ParameterSetName = CustomSet)]
    [MinorUnits]
    [ValidateRange(0L, long.MaxValue)]
    [Field]
    public long PresetAmount { get; set; }

    /// <summary>The steps of a price per seat, or the price of every seat in minor units.</summary>
    [Parameter(
        ParameterSetName = SeatBased,
        Mandatory = true,
        HelpMessage = "Price per seat as 999 for 9.99; tiers only on the command line"
    )]
    [TierTransformation(typeof(SeatTierInput))]
    [ValidateNotNullOrEmpty]
    [Field("seat_tiers.tiers")]
    public SeatTierInput[] SeatTier { get; set; } = [];

    /// <summary>The steps of a price per unit, or the price of every unit in minor units.</summary>
    [Parameter(
        ParameterSetName = UnitBased,
        Mandatory = true,
        HelpMessage = "Price per unit as 999 for 9.99; tiers only on the command line"
    )]
    [TierTransformation(typeof(PriceTierInput))]
    [ValidateNotNullOrEmpty]
    [Field("tiers.tiers")]
    public PriceTierInput[] UnitTier { get; set; } = [];

    /// <summary>The fewest units that can be bought.</summary>
    [Parameter(ParameterSetName = UnitBased)]
    [WholeNumber]
    [ValidateRange(1, int.MaxValue)]
    [Field]
    public int MinimumUnits { get; set; }

    /// <summary>What a unit is called, by locale and plural form.</summary>
    [Parameter(ParameterSetName = UnitBased)]
    [Entries]
    [ValidateNotNull]
    [Field]
    public IDictionary? UnitLabel { get; set; }

    /// <summary>The meter that counts the usage.</summary>
    [Parameter(ParameterSetName = MeteredUnit, Mandatory = true, HelpMessage = "UUID of a meter")]
    [Parameter(ParameterSetName = MeteredTiers, Mandatory = true, HelpMessage = "UUID of a meter")]
    [PolarId(typeof(Meter), IdOnly = true)]
    [ValidateNotNullOrEmpty]
    [Field]
    public string MeterId { get; set; } = string.Empty;

    /// <summary>The price of one metered unit in minor units, with up to 12 decimals: 0.0125 is $0.000125.</summary>
    [Parameter(
        ParameterSetName = MeteredUnit,
        Mandatory = true,
        HelpMessage = "Number of the currency's smallest unit, with decimals: 1.5 for 0.015"
    )]
    [Field]
    [DecimalNumber]
    public decimal UnitAmount { get; set; }

    /// <summary>The steps of a metered price.</summary>
    [Parameter(
        ParameterSetName = MeteredTiers,
        Mandatory = true,
        HelpMessage = "Price per metered unit as 1.5 for 0.015; tiers only on the command line"
    )]
    [TierTransformation(typeof(PriceTierInput))]
    [ValidateNotNullOrEmpty]
    [Field("metered_tiers.tiers.tiers")]
    public PriceTierInput[] MeteredTier { get; set; } = [];

    /// <summary>The most that usage may cost in a period, in minor units.</summary>
    [Parameter(ParameterSetName = MeteredUnit)]
    [Parameter(ParameterSetName = MeteredTiers)]
    [MinorUnits]
    [ValidateRange(0L, int.MaxValue)]
    [Field]
    public long CapAmount { get; set; }

    /// <summary>How the steps apply: volume, or graduated.</summary>
    [Parameter(ParameterSetName = SeatBased)]
    [Parameter(ParameterSetName = UnitBased)]
    [Parameter(ParameterSetName = MeteredTiers)]
    [ArgumentCompleter(typeof(TierTypeCompleter))]
    [ValidateNotNullOrEmpty]
    [Field("seat_tiers.seat_tier_type")]
    public string TierType { get; set; } = "volume";

    /// <summary>The currency, as an ISO 4217 code; without it usd.</summary>
    [Parameter(Position = 1)]
    [CurrencyCode]
    [ArgumentCompleter(typeof(CurrencyCompleter))]
    [ValidateNotNullOrEmpty]
    [Field("price_currency")]
    public string? Currency { get; set; }

    /// <summary>How tax relates to the price; without it the organization's default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TaxBehaviorCompleter))]
    [ValidateNotNullOrEmpty]
    [Field]
    public string? TaxBehavior { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        KnownValues.Spell(this, (parameter, value) => parameter.SetValue(this, value));
        var price = new PriceInput();
        switch (ParameterSetName)
        {
            case CustomSet:
                price.AmountType = "custom";
                SetCustom(price);
                break;
            case SeatBased:
                price.AmountType = "seat_based";
                price.SeatTiers = new SeatTiersInput { SeatTierType = TierType, Tiers = SeatTier };
                break;
            case UnitBased:
                price.AmountType = "unit_based";
                price.Tiers = new PriceTiersInput { Type = TierType, Tiers = UnitTier };
                SetUnits(price);
                break;
            case MeteredUnit:
                price.AmountType = "metered_unit";
                price.MeterId = MeterId;
                price.UnitAmount = UnitAmount;
                break;
            case MeteredTiers:
                price.AmountType = "metered_tiers";
                price.MeterId = MeterId;
                price.Tiers = new PriceTiersInput { Type = TierType, Tiers = MeteredTier };
                break;
            default:
                price.AmountType = "fixed";
                price.PriceAmount = Amount;
                break;
        }

        if (IsBound(nameof(CapAmount)))
        {
            price.CapAmount = CapAmount;
        }

        if (Currency is not null)
        {
            price.PriceCurrency = Currency;
        }

        if (TaxBehavior is not null)
        {
            price.TaxBehavior = TaxBehavior;
        }

        WriteObject(price);
    }

    private void SetCustom(PriceInput price)
    {
        if (IsBound(nameof(MinimumAmount)))
        {
            price.MinimumAmount = MinimumAmount;
        }

        if (IsBound(nameof(MaximumAmount)))
        {
            price.MaximumAmount = MaximumAmount;
        }

        if (IsBound(nameof(PresetAmount)))
        {
            price.PresetAmount = PresetAmount;
        }
    }

    private void SetUnits(PriceInput price)
    {
        if (IsBound(nameof(MinimumUnits)))
        {
            price.MinimumUnits = MinimumUnits;
        }

        if (UnitLabel is not null)
        {
            price.UnitLabel = ((Dictionary<string, object?>)PlainValues.Of(UnitLabel)!).ToDictionary(
                locale => locale.Key,
                IDictionary<string, string> (locale) => Forms(locale.Key, locale.Value)
            );
        }
    }

    private static Dictionary<string, string> Forms(string locale, object? forms) =>
        forms is Dictionary<string, object?> dictionary
            ? dictionary.ToDictionary(form => form.Key, form => form.Value?.ToString() ?? string.Empty)
            : throw new PSArgumentException(
                $"-UnitLabel needs the plural forms for each locale, such as @{{ en = @{{ '=1' = 'pack'; other = 'packs' }} }}; '{locale}' has none."
            );
}
