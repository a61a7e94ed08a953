using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PolarPS.Client.Models;

namespace PolarPS;

/// <summary>
/// What the views of PolarPS.format.ps1xml show. Public because views can reach nothing else; not meant for scripts.
/// </summary>
public static class Formatting
{
    /// <summary>A product's first price with its interval, and how many more there are.</summary>
    /// <param name="product">A product.</param>
    /// <returns>Such as <c>$49.00/month +2</c>.</returns>
    public static string Prices(Product? product)
    {
        var prices = product?.Prices?.Where(price => price.IsArchived != true).ToList() ?? [];
        if (prices.Count == 0)
        {
            return string.Empty;
        }

        var first = prices[0].ToString();
        var text =
            product!.RecurringInterval is null || prices[0].AmountType is "metered_unit" or "metered_tiers"
                ? first
                : $"{first}/{Interval(product.RecurringInterval, product.RecurringIntervalCount)}";
        return prices.Count == 1 ? text : $"{text} +{prices.Count - 1}";
    }

    /// <summary>What sets a product apart from an ordinary one on sale.</summary>
    /// <param name="isArchived">Whether it is archived.</param>
    /// <param name="visibility">Its visibility.</param>
    /// <returns><c>archived</c>, <c>draft</c>, <c>private</c>, or nothing.</returns>
    public static string State(bool? isArchived, string? visibility) =>
        isArchived == true ? "archived"
        : visibility is null or "public" ? string.Empty
        : visibility;

    /// <summary>A text with a secret in it, such as the address of a checkout, without the secret.</summary>
    /// <param name="text">A text.</param>
    /// <returns>Such as <c>https://polar.sh/checkout/polar_c_***</c>; the property has all of it.</returns>
    public static string Masked(string? text) => Redactor.Redact(text);

    /// <summary>How often a discount was used, of how often it may be.</summary>
    /// <param name="discount">A discount.</param>
    /// <returns>Such as <c>41/500</c>.</returns>
    public static string Redemptions(Discount? discount) =>
        discount?.MaxRedemptions is int most ? $"{discount.RedemptionsCount}/{most}" : $"{discount?.RedemptionsCount}";

    /// <summary>The names of products, briefly.</summary>
    /// <param name="products">Products.</param>
    /// <returns>Such as <c>Pro, Team</c>.</returns>
    public static string Names(IEnumerable<Product>? products) =>
        string.Join(", ", products?.Select(product => product.ToString()) ?? []);

    /// <summary>A time in the computer's own zone.</summary>
    /// <param name="time">A time.</param>
    /// <returns>Short date and time as the user's culture has them; empty for null.</returns>
    public static string Time(DateTimeOffset? time) =>
        time is DateTimeOffset value ? value.LocalDateTime.ToString("g", CultureInfo.CurrentCulture) : string.Empty;

    /// <summary>An interval in words.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="count">How many.</param>
    /// <returns>Such as <c>month</c> or <c>3 months</c>; empty for none.</returns>
    public static string Interval(string? unit, int? count) =>
        unit is null ? string.Empty
        : count is null or 1 ? unit
        : $"{count} {unit}s";

    /// <summary>An amount with its currency.</summary>
    /// <param name="amount">The amount in minor units.</param>
    /// <param name="currency">The currency.</param>
    /// <returns>Such as <c>$19.99</c>.</returns>
    public static string Amount(long? amount, string? currency) => Money.Format(amount, currency);

    /// <summary>Amounts by currency.</summary>
    /// <param name="amounts">Minor units by currency code.</param>
    /// <returns>Such as <c>$10.00, €9.00</c>.</returns>
    public static string Amounts(IDictionary<string, long>? amounts) =>
        string.Join(", ", amounts?.Select(amount => Money.Format(amount.Value, amount.Key)) ?? []);
}
