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

    /// <summary>Whether a customer has a benefit, in a word: Polar has two switches for it, and a third state.</summary>
    /// <param name="grant">A grant, also one within a customer's state.</param>
    /// <returns><c>granted</c>, <c>revoked</c>, <c>failed</c>, or <c>waiting</c>.</returns>
    public static string GrantState(BenefitGrant? grant) =>
        grant is null ? string.Empty
        : grant.IsRevoked == true ? "revoked"
        : grant.IsGranted ?? grant.GrantedAt is not null ? "granted"
        : grant.Error is not null ? "failed"
        : "waiting";

    /// <summary>How much of something is used, of how much there is.</summary>
    /// <param name="usage">How much is used; null for not known.</param>
    /// <param name="limit">How much there is; null for no limit.</param>
    /// <returns>Such as <c>41/500</c>.</returns>
    public static string Usage(long? usage, long? limit) => limit is null ? $"{usage}" : $"{usage}/{limit}";
}
