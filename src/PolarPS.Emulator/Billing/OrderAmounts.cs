namespace PolarPS.Emulator;

/// <summary>The sums of an order, in minor units.</summary>
internal sealed class OrderAmounts
{
    public OrderAmounts(long subtotal, long discount, Tax tax)
    {
        Subtotal = subtotal;
        Discount = discount;
        Tax = tax;
    }

    /// <summary>The items together, with the tax where the price has it within.</summary>
    public long Subtotal { get; }

    public long Discount { get; }

    public Tax Tax { get; }

    /// <summary>Without discount and tax, however the price is told.</summary>
    public long Net => Subtotal - Discount - (Tax.IsInclusive ? Tax.Amount : 0);

    public long Total => Net + Tax.Amount;

    /// <summary>Adds up.</summary>
    /// <param name="items">The items. Prorations have had their discount.</param>
    /// <param name="discount">The discount on the others; null for none.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="tax">Works out the tax on what is left.</param>
    public static OrderAmounts Of(
        IReadOnlyCollection<OrderItem> items,
        JsonObject? discount,
        string currency,
        Func<long, Tax> tax
    )
    {
        var subtotal = items.Sum(item => item.Amount);
        var discounted = discount is null
            ? 0
            : Discounts.Amount(discount, items.Where(item => !item.IsProration).Sum(item => item.Amount), currency);
        var taxable = subtotal - discounted;
        return new OrderAmounts(subtotal, discounted, taxable == 0 ? Tax.None : tax(taxable));
    }

    /// <summary>
    /// How a customer's balance counts for an order: credit pays for what is charged, what is credited pays debts. Above zero
    /// the customer pays more than the order comes to.
    /// </summary>
    public static long ApplyBalance(long total, long balance)
    {
        if (total >= 0)
        {
            return -Math.Min(total, balance);
        }

        return balance < 0 ? Math.Min(-total, -balance) : 0;
    }
}
