namespace PolarPS.Emulator;

/// <summary>What a checkout comes to, and what has to be asked for because of that.</summary>
internal sealed class CheckoutSum
{
    /// <param name="row">The checkout.</param>
    /// <param name="product">Its product; null if that is gone.</param>
    /// <param name="prices">The prices of the product in every currency.</param>
    /// <param name="discount">The discount; null for none.</param>
    /// <param name="taxOption">How prices contain tax that do not say themselves.</param>
    public CheckoutSum(
        JsonObject row,
        JsonObject? product,
        IReadOnlyList<JsonObject> prices,
        JsonObject? discount,
        string taxOption
    )
    {
        var currency = row.Text("currency")!;
        Chosen = PriceMath.In(prices, currency).ToArray();
        Usual = Chosen.FirstOrDefault(price => !PriceMath.IsMetered(price)) ?? (Chosen.Count > 0 ? Chosen[0] : null);
        var subtotal = Chosen.Sum(price =>
            PriceMath.UpFront(price, row.Number("chosen_amount"), row.Number("seats"), row.Number("units"))
        );
        var discounted = discount is null ? 0 : Discounts.Amount(discount, subtotal, currency);
        IsFree = prices.Count > 0 && prices.All(PriceMath.IsFree);
        TakesDiscount = prices.Any(price => !PriceMath.IsFree(price));
        HasTrial = row.Has("trial_end");
        NeedsSetup =
            product?.Flag("is_recurring") == true
            && !IsFree
            && (subtotal != 0 || prices.Any(PriceMath.IsMetered))
            && (discount is null || !Discounts.IsEverythingForEver(discount));
        // Where no card is asked for, there is nothing to tax.
        var isTaxed = NeedsSetup || (subtotal > discounted && !HasTrial);
        Amounts = new OrderAmounts(
            subtotal,
            discounted,
            isTaxed
                ? Taxes.On(
                    subtotal - discounted,
                    Usual?.Text("tax_behavior") ?? taxOption,
                    row["customer_billing_address"] as JsonObject,
                    row.Has("customer_tax_id")
                )
                : Tax.None
        );
        IsTaxKnown = !isTaxed || row.Has("customer_billing_address");
    }

    /// <summary>The prices in the currency of the checkout.</summary>
    public IReadOnlyList<JsonObject> Chosen { get; }

    /// <summary>The price that stands for all of them where only one can be told.</summary>
    public JsonObject? Usual { get; }

    public OrderAmounts Amounts { get; }

    public bool IsTaxKnown { get; }

    public bool HasTrial { get; }

    public bool IsFree { get; }

    public bool TakesDiscount { get; }

    public bool NeedsPayment => Amounts.Total > 0 && !HasTrial;

    /// <summary>Whether a card is kept for what will be charged later.</summary>
    public bool NeedsSetup { get; }

    public bool NeedsForm => NeedsPayment || NeedsSetup;
}
