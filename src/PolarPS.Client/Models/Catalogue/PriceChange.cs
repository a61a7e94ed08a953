namespace PolarPS.Client.Models;

/// <summary>
/// What happens to the prices of a product: Polar takes the whole list, and archives whatever is not in it. A new price that is
/// equal to one that the product has is that price, so that nothing is archived and made again.
/// </summary>
public sealed class PriceChange
{
    private PriceChange(Product product, IEnumerable<PriceInput> prices)
    {
        var active = Active(product);
        var list = new List<PriceInput>();
        var added = new List<PriceInput>();
        var kept = new List<ProductPrice>();
        // Those that are named are taken first: an equal new price must not take the place of one of them.
        var named = new HashSet<string>(
            prices.Select(price => price?.Id).Where(id => id is not null).Select(id => id!),
            StringComparer.OrdinalIgnoreCase
        );
        foreach (var price in prices)
        {
            var known = price.Id is { } id
                ? active.Find(candidate => string.Equals(candidate.Id, id, StringComparison.OrdinalIgnoreCase))
                : active.Find(candidate =>
                    candidate.Id is { } free
                    && !named.Contains(free)
                    && !kept.Contains(candidate)
                    && AreEqual(price, candidate)
                );
            list.Add(known?.Id is { } same ? PriceInput.Keep(same) : price);
            if (known is not null)
            {
                kept.Add(known);
            }
            else
            {
                added.Add(price);
            }
        }

        Prices = list;
        Added = added;
        Kept = kept;
        Archived = [.. active.Except(kept)];
    }

    /// <summary>All prices that the product is to have, for <see cref="ProductUpdate.Prices"/>: those that it keeps by id, and new ones.</summary>
    public IReadOnlyList<PriceInput> Prices { get; }

    /// <summary>The prices that would be new, or ids that are no price of the product, which Polar refuses.</summary>
    public IReadOnlyList<PriceInput> Added { get; }

    /// <summary>The prices that the product would keep.</summary>
    public IReadOnlyList<ProductPrice> Kept { get; }

    /// <summary>The prices that new customers would no longer get.</summary>
    public IReadOnlyList<ProductPrice> Archived { get; }

    /// <summary>Whether the product would have the same prices as now.</summary>
    public bool ChangesNothing => Added.Count == 0 && Archived.Count == 0;

    /// <summary>Puts prices in the place of all that a product has.</summary>
    /// <param name="product">The product, read just now.</param>
    /// <param name="prices">The prices that it is to have.</param>
    /// <returns>What that does.</returns>
    public static PriceChange Replace(Product product, IEnumerable<PriceInput> prices)
    {
        Check(product, prices);
        return new PriceChange(product, [.. prices]);
    }

    /// <summary>Adds prices to a product's, and removes some.</summary>
    /// <param name="product">The product, read just now.</param>
    /// <param name="add">The prices to add.</param>
    /// <param name="remove">The ids of the prices to archive.</param>
    /// <returns>What that does; the prices that stay come first, in their order.</returns>
    /// <exception cref="ArgumentException">The product has no active price with one of the ids.</exception>
    public static PriceChange Modify(Product product, IEnumerable<PriceInput> add, IEnumerable<string> remove)
    {
        Check(product, add);
        var gone = new HashSet<string>(
            remove ?? throw new ArgumentNullException(nameof(remove)),
            StringComparer.OrdinalIgnoreCase
        );
        var active = Active(product);
        foreach (var id in gone)
        {
            if (!active.Exists(price => string.Equals(price.Id, id, StringComparison.OrdinalIgnoreCase)))
            {
                throw new ArgumentException(
                    $"The product '{product}' has no active price with the id '{id}'. It has: {string.Join(", ", active.Select(price => $"{PriceText.WithCurrency(price)} ({price.Id})"))}."
                );
            }
        }

        // One that is there already is not added again.
        var staying = active.FindAll(price => price.Id is { } id && !gone.Contains(id));
        var missing = add.Where(price => !staying.Exists(present => AreEqual(price, present)));
        return new PriceChange(product, [.. staying.Select(price => PriceInput.Keep(price.Id!)), .. missing]);
    }

    private static void Check(Product product, IEnumerable<PriceInput> prices)
    {
        if (product is null)
        {
            throw new ArgumentNullException(nameof(product));
        }

        if (prices is null)
        {
            throw new ArgumentNullException(nameof(prices));
        }
    }

    private static List<ProductPrice> Active(Product product) =>
        [.. (product.Prices ?? []).Where(price => price is not null && price.IsArchived != true)];

    // What is not sent is Polar's default, where that is known, and else not equal.
    private static bool AreEqual(PriceInput input, ProductPrice price)
    {
        // Prices from before products had intervals carry one of their own.
        if (price.Legacy == true || price.RecurringInterval is not null || price.Source is not (null or "catalog"))
        {
            return false;
        }

        return input.AmountType is not null
            && input.AmountType == price.AmountType
            && string.Equals(
                input.PriceCurrency ?? PriceInput.DefaultCurrency,
                price.PriceCurrency,
                StringComparison.OrdinalIgnoreCase
            )
            && input.TaxBehavior == price.TaxBehavior
            && input.PriceAmount == price.PriceAmount
            && input.MinimumAmount == price.MinimumAmount
            && input.MaximumAmount == price.MaximumAmount
            && input.PresetAmount == price.PresetAmount
            && input.UnitAmount == price.UnitAmount
            && input.CapAmount == price.CapAmount
            && string.Equals(input.MeterId, price.MeterId, StringComparison.OrdinalIgnoreCase)
            && input.MinimumUnits == price.MinimumUnits
            && HaveSameSteps(input.Tiers, price.Tiers)
            && HaveSameSteps(input.SeatTiers, price.SeatTiers)
            && HaveSameLabels(input.UnitLabel, price.UnitLabel)
            && input.FieldNames().All(IsCompared);
    }

    // A field that came after this version may make the difference.
    private static bool IsCompared(string field) =>
        field
            is "amount_type"
                or "price_currency"
                or "tax_behavior"
                or "price_amount"
                or "minimum_amount"
                or "maximum_amount"
                or "preset_amount"
                or "unit_amount"
                or "cap_amount"
                or "meter_id"
                or "minimum_units"
                or "tiers"
                or "seat_tiers"
                or "unit_label";

    private static bool HaveSameSteps(PriceTiersInput? input, PriceTiers? tiers) =>
        input is null
            ? tiers is null
            : tiers is not null
                && input.Type == tiers.Type
                && (input.Tiers ?? [])
                    .Select(tier => (tier.Bound, tier.UnitAmount))
                    .SequenceEqual((tiers.Tiers ?? []).Select(tier => (tier.Bound, tier.UnitAmount)));

    private static bool HaveSameSteps(SeatTiersInput? input, SeatTiers? tiers) =>
        input is null
            ? tiers is null
            : tiers is not null
                && input.SeatTierType == tiers.SeatTierType
                && (input.Tiers ?? [])
                    .Select(tier => (tier.MinSeats, tier.MaxSeats, tier.PricePerSeat))
                    .SequenceEqual(
                        (tiers.Tiers ?? []).Select(tier => (tier.MinSeats, tier.MaxSeats, tier.PricePerSeat))
                    );

    private static bool HaveSameLabels(
        IDictionary<string, IDictionary<string, string>>? input,
        PolarDictionary<PolarDictionary<string>>? labels
    ) =>
        input is null
            ? labels is null
            : labels is not null
                && input.Count == labels.Count
                && input.All(locale =>
                    labels.TryGetValue(locale.Key, out var forms)
                    && forms is not null
                    && forms.Count == locale.Value.Count
                    && locale.Value.All(form => forms.TryGetValue(form.Key, out var text) && text == form.Value)
                );
}
