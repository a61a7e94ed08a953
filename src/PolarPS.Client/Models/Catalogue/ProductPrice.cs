namespace PolarPS.Client.Models;

/// <summary>
/// A price of a product. One class for every kind; <see cref="AmountType"/> says which, and so which of the amounts are set.
/// Amounts are in the currency's minor unit: 1999 is $19.99, and 1999 is also 1999 yen.
/// </summary>
public sealed class ProductPrice : PolarObject, IDated
{
    /// <summary>The price's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>
    /// The kind of price: <c>fixed</c>, <c>custom</c> (the customer chooses), <c>seat_based</c>, <c>unit_based</c>,
    /// <c>metered_unit</c>, <c>metered_tiers</c>, or one that came after this version.
    /// </summary>
    public string? AmountType { get; set; }

    /// <summary>The currency, as a lower-case ISO 4217 code.</summary>
    public string? PriceCurrency { get; set; }

    /// <summary>The amount of a fixed price, in minor units; 0 is free. Null for other kinds.</summary>
    public long? PriceAmount { get; set; }

    /// <summary>The least that a customer may choose, in minor units. Null unless the kind is <c>custom</c>.</summary>
    public long? MinimumAmount { get; set; }

    /// <summary>The most that a customer may choose, in minor units; null for no limit or another kind.</summary>
    public long? MaximumAmount { get; set; }

    /// <summary>The preset amount, in minor units; null for none or another kind.</summary>
    public long? PresetAmount { get; set; }

    /// <summary>The price of one metered unit, in minor units with up to 12 decimals. Null unless the kind is <c>metered_unit</c>.</summary>
    public decimal? UnitAmount { get; set; }

    /// <summary>The most that usage may cost in a period, in minor units; null for no limit or another kind.</summary>
    public long? CapAmount { get; set; }

    /// <summary>The id of the meter that counts the usage; null for kinds without one.</summary>
    public string? MeterId { get; set; }

    /// <summary>The meter that counts the usage; null for kinds without one.</summary>
    public PriceMeter? Meter { get; set; }

    /// <summary>The steps of a unit-based or tiered metered price; null for other kinds.</summary>
    public PriceTiers? Tiers
    {
        get;
        set => field = Hold(value);
    }

    /// <summary>The minimum number of units; null for one, or another kind than <c>unit_based</c>.</summary>
    public int? MinimumUnits { get; set; }

    /// <summary>The maximum number of units; null for no limit, or another kind than <c>unit_based</c>.</summary>
    public int? MaximumUnits { get; set; }

    /// <summary>What a unit is called, by locale and plural form (<c>en</c>: <c>=1</c>, <c>other</c>); null for the default.</summary>
    public PolarDictionary<PolarDictionary<string>>? UnitLabel { get; set; }

    /// <summary>The steps of a seat-based price; null for other kinds.</summary>
    public SeatTiers? SeatTiers
    {
        get;
        set => field = Hold(value);
    }

    /// <summary>The price of one seat in minor units, as documents before 2026 had it; null in newer ones: see <see cref="SeatTiers"/>.</summary>
    public long? PricePerSeat { get; set; }

    /// <summary>Its source: <c>catalog</c>, or <c>ad_hoc</c> for one created for a single checkout.</summary>
    public string? Source { get; set; }

    /// <summary>How tax relates to it: <c>inclusive</c>, <c>exclusive</c>, <c>location</c>; null for the organization's default.</summary>
    public string? TaxBehavior { get; set; }

    /// <summary>Whether new customers no longer get this price.</summary>
    public bool? IsArchived { get; set; }

    /// <summary>The id of the product it belongs to.</summary>
    public string? ProductId { get; set; }

    /// <summary>Of older prices only: <c>one_time</c> or <c>recurring</c>. Newer ones leave it to the product; null.</summary>
    public string? Type { get; set; }

    /// <summary>Of older recurring prices only: the billing interval. Newer ones leave it to the product; null.</summary>
    public string? RecurringInterval { get; set; }

    /// <summary>true for a price from before products had intervals; else null.</summary>
    public bool? Legacy { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The price in words, such as <c>$49.00</c> or <c>$0.000125/token, at most $500.00</c>.</summary>
    /// <returns>A short text without the interval, which belongs to the product.</returns>
    private protected override string Describe() => PriceText.Of(this);

    /// <summary>The same, always with the currency: <c>free (USD)</c>.</summary>
    /// <returns>A short text.</returns>
    internal string ToText() => PriceText.WithCurrency(this);
}

/// <summary>The meter of a metered price, in short.</summary>
public sealed class PriceMeter : PolarObject
{
    /// <summary>The meter's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The meter's name.</summary>
    public string? Name { get; set; }

    /// <summary>What it counts: <c>scalar</c>, <c>token</c> or <c>custom</c>.</summary>
    public string? Unit { get; set; }

    /// <summary>What a unit is called when <see cref="Unit"/> is <c>custom</c>; else null.</summary>
    public string? CustomLabel { get; set; }

    /// <summary>How many counted units make one custom unit; null otherwise.</summary>
    public int? CustomMultiplier { get; set; }

    /// <summary>The meter's name.</summary>
    /// <returns>The name, or the id where there is none.</returns>
    private protected override string Describe() => Name ?? Id ?? string.Empty;
}

/// <summary>The steps of a unit-based or tiered metered price.</summary>
public sealed class PriceTiers : PolarObject
{
    /// <summary><c>volume</c>: one step's rate for all units. <c>graduated</c>: each step's rate for the units within it.</summary>
    public string? Type { get; set; }

    /// <summary>The steps, lowest first.</summary>
    public PolarList<PriceTier>? Tiers
    {
        get;
        set => field = Hold(value);
    }
}

/// <summary>One step of a tiered price.</summary>
public sealed class PriceTier : PolarObject
{
    /// <summary>The last unit to which the step applies; null for the open last step.</summary>
    public long? Bound { get; set; }

    /// <summary>The price of one unit in minor units, with up to 12 decimals.</summary>
    public decimal? UnitAmount { get; set; }
}

/// <summary>The steps of a seat-based price.</summary>
public sealed class SeatTiers : PolarObject
{
    /// <summary><c>volume</c>: one step's price for all seats. <c>graduated</c>: each step's price for the seats within it.</summary>
    public string? SeatTierType { get; set; }

    /// <summary>The steps, lowest first.</summary>
    public PolarList<SeatTier>? Tiers
    {
        get;
        set => field = Hold(value);
    }

    /// <summary>The minimum number of seats.</summary>
    public int? MinimumSeats { get; set; }

    /// <summary>The maximum number of seats; null for no limit.</summary>
    public int? MaximumSeats { get; set; }
}

/// <summary>One step of a seat-based price.</summary>
public sealed class SeatTier : PolarObject
{
    /// <summary>The first seat of the step.</summary>
    public int? MinSeats { get; set; }

    /// <summary>The last seat of the step; null for the open last step.</summary>
    public int? MaxSeats { get; set; }

    /// <summary>The price of one seat in minor units.</summary>
    public long? PricePerSeat { get; set; }
}
