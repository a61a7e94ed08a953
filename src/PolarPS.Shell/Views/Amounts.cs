namespace PolarPS.Views;

/// <summary>Which properties hold money, and in which currency.</summary>
internal static class Amounts
{
    /// <summary>Whether a property of an object from Polar, or of a price to be sent, is an amount in minor units.</summary>
    public static bool IsAmount(object owner, string property) =>
        owner is PolarObject or PriceInput
        && (
            property.EndsWith("Amount", StringComparison.Ordinal)
            || property is nameof(ProductPrice.PricePerSeat)
            || (owner is Wallet && property is nameof(Wallet.Balance))
        );

    /// <summary>The currency of an object's amounts: its own, or that of what it is part of; null where neither is known.</summary>
    /// <param name="item">The object.</param>
    /// <param name="property">The amount, where an object has amounts in several currencies.</param>
    public static string? CurrencyOf(object? item, string? property = null) =>
        item switch
        {
            Order order when property is nameof(Order.PlatformFeeAmount) => order.PlatformFeeCurrency,
            Product product => CurrencyOf(Prices.First(product)),
            ProductPrice price => price.PriceCurrency,
            PriceInput price => price.PriceCurrency,
            PolarObject model => (model as IPriced)?.Currency ?? CurrencyOf(model.Holder),
            _ => null,
        };
}
