namespace PolarPS.Client.Models;

/// <summary>A price for a product: a new one of some type, or an existing one to keep.</summary>
public sealed class PriceInput : RequestBody
{
    /// <summary>The currency of a price that names none.</summary>
    internal const string DefaultCurrency = "usd";

    private decimal? _unitAmount;

    /// <summary>Keeps this existing price; nothing else is set then.</summary>
    public string? Id
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The kind: <c>fixed</c>, <c>custom</c>, <c>seat_based</c>, <c>unit_based</c>, <c>metered_unit</c>, <c>metered_tiers</c>.</summary>
    public string? AmountType
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The currency, as a lower-case ISO 4217 code; usd when not set.</summary>
    public string? PriceCurrency
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>How tax relates to it: <c>inclusive</c>, <c>exclusive</c>, <c>location</c>; null for the organization's default.</summary>
    public string? TaxBehavior
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>fixed</c>: the amount in minor units (1999 is $19.99); 0 is free.</summary>
    public long? PriceAmount
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary><c>custom</c>: the least that a customer may choose, in minor units; 0 allows nothing at all.</summary>
    public long? MinimumAmount
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary><c>custom</c>: the most that a customer may choose, in minor units; null for no limit.</summary>
    public long? MaximumAmount
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary><c>custom</c>: the preset amount, in minor units; null for none.</summary>
    public long? PresetAmount
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary><c>metered_unit</c>, <c>metered_tiers</c>: the id of the meter that counts the usage.</summary>
    public string? MeterId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary><c>metered_unit</c>: the price of one unit in minor units, with up to 12 decimals; sent as text, so that no digit is lost.</summary>
    public decimal? UnitAmount
    {
        get => _unitAmount;
        set
        {
            _unitAmount = value;
            Set(value is decimal number ? new DecimalText(number) : null);
        }
    }

    /// <summary><c>metered_unit</c>, <c>metered_tiers</c>: the most that usage may cost in a period, in minor units; null for no limit.</summary>
    public long? CapAmount
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary><c>unit_based</c>, <c>metered_tiers</c>: the steps.</summary>
    public PriceTiersInput? Tiers
    {
        get => Get<PriceTiersInput?>();
        set => Set(value);
    }

    /// <summary><c>unit_based</c>: the minimum number of units; null for one.</summary>
    public int? MinimumUnits
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary><c>unit_based</c>: what a unit is called, by locale and plural form; each locale needs <c>other</c>.</summary>
    public IDictionary<string, IDictionary<string, string>>? UnitLabel
    {
        get => Get<IDictionary<string, IDictionary<string, string>>?>();
        set => Set(value);
    }

    /// <summary><c>seat_based</c>: the steps.</summary>
    public SeatTiersInput? SeatTiers
    {
        get => Get<SeatTiersInput?>();
        set => Set(value);
    }

    /// <summary>An existing price to keep.</summary>
    /// <param name="id">The price's id.</param>
    /// <returns>The entry for <see cref="ProductUpdate.Prices"/>.</returns>
    public static PriceInput Keep(string id) => new() { Id = id };

    /// <summary>The price in words.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => VisibleText.Of(Id ?? PriceText.Of(Preview()));

    /// <summary>The price in words, such as <c>$49.00</c>, always with its currency.</summary>
    /// <returns>A short text; the id of a price that is kept.</returns>
    internal string ToText() => Id ?? PriceText.WithCurrency(Preview());

    /// <summary>The price that Polar would make of this, as far as it can be told.</summary>
    internal ProductPrice Preview() =>
        new()
        {
            AmountType = AmountType,
            PriceCurrency = PriceCurrency ?? DefaultCurrency,
            PriceAmount = PriceAmount,
            MinimumAmount = MinimumAmount,
            MaximumAmount = MaximumAmount,
            UnitAmount = UnitAmount,
            CapAmount = CapAmount,
            Tiers = Tiers?.Preview(),
            SeatTiers = SeatTiers?.Preview(),
        };
}

/// <summary>The steps of a unit-based or tiered metered price.</summary>
public sealed class PriceTiersInput : RequestBody
{
    /// <summary><c>volume</c>: one step's rate for all units. <c>graduated</c>: each step's rate for the units within it.</summary>
    public string? Type
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The steps, lowest first; only the last may be open.</summary>
    public IReadOnlyList<PriceTierInput>? Tiers
    {
        get => Get<IReadOnlyList<PriceTierInput>?>();
        set => Set(value);
    }

    internal PriceTiers Preview()
    {
        var preview = new PriceTiers { Type = Type, Tiers = [] };
        foreach (var tier in Tiers ?? [])
        {
            preview.Tiers.Add(new PriceTier { Bound = tier.Bound, UnitAmount = tier.UnitAmount });
        }

        return preview;
    }
}

/// <summary>One step of a tiered price.</summary>
public sealed class PriceTierInput : RequestBody
{
    private decimal? _unitAmount;

    /// <summary>The last unit to which the step applies; null for the open last step.</summary>
    public long? Bound
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>The price of one unit in minor units; whole numbers for unit-based prices, else with up to 12 decimals.</summary>
    public decimal? UnitAmount
    {
        get => _unitAmount;
        set
        {
            _unitAmount = value;
            Set(value is decimal number ? new DecimalText(number) : null);
        }
    }
}

/// <summary>The steps of a seat-based price.</summary>
public sealed class SeatTiersInput : RequestBody
{
    /// <summary><c>volume</c>: one step's price for all seats. <c>graduated</c>: each step's price for the seats within it.</summary>
    public string? SeatTierType
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The steps, lowest first.</summary>
    public IReadOnlyList<SeatTierInput>? Tiers
    {
        get => Get<IReadOnlyList<SeatTierInput>?>();
        set => Set(value);
    }

    internal SeatTiers Preview()
    {
        var preview = new SeatTiers { SeatTierType = SeatTierType, Tiers = [] };
        foreach (var tier in Tiers ?? [])
        {
            preview.Tiers.Add(
                new SeatTier
                {
                    MinSeats = tier.MinSeats,
                    MaxSeats = tier.MaxSeats,
                    PricePerSeat = tier.PricePerSeat,
                }
            );
        }

        return preview;
    }
}

/// <summary>One step of a seat-based price.</summary>
public sealed class SeatTierInput : RequestBody
{
    /// <summary>The first seat of the step.</summary>
    public int? MinSeats
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>The last seat of the step; null for the open last step.</summary>
    public int? MaxSeats
    {
        get => Get<int?>();
        set => Set(value);
    }

    /// <summary>The price of one seat in minor units.</summary>
    public long? PricePerSeat
    {
        get => Get<long?>();
        set => Set(value);
    }
}
