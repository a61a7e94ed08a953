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
        return VisibleText.Of(prices.Count == 1 ? text : $"{text} +{prices.Count - 1}");
    }

    /// <summary>How a product differs from an ordinary public one.</summary>
    /// <param name="isArchived">Whether it is archived.</param>
    /// <param name="visibility">Its visibility.</param>
    /// <returns><c>archived</c>, <c>draft</c>, <c>private</c>, or nothing.</returns>
    public static string State(bool? isArchived, string? visibility) =>
        isArchived == true ? "archived"
        : visibility is null or "public" ? string.Empty
        : VisibleText.Of(visibility);

    /// <summary>A text with a secret in it, such as the address of a checkout, without the secret.</summary>
    /// <param name="text">A text.</param>
    /// <returns>Such as <c>https://polar.sh/checkout/polar_c_***</c>; the property has all of it.</returns>
    public static string Masked(string? text) => VisibleText.Of(Redactor.Redact(text));

    /// <summary>Any text, with its control characters visible.</summary>
    /// <param name="text">A text.</param>
    /// <returns>The text in one line.</returns>
    public static string Text(string? text) => VisibleText.Of(text);

    /// <summary>How often a discount was redeemed, and its limit.</summary>
    /// <param name="discount">A discount.</param>
    /// <returns>Such as <c>41/500</c>.</returns>
    public static string Redemptions(Discount? discount) =>
        discount?.MaxRedemptions is int most ? $"{discount.RedemptionsCount}/{most}" : $"{discount?.RedemptionsCount}";

    /// <summary>The names of products, briefly.</summary>
    /// <param name="products">Products.</param>
    /// <returns>Such as <c>Pro, Team</c>.</returns>
    public static string Names(IEnumerable<Product>? products) =>
        string.Join(", ", products?.Select(product => product.ToString()) ?? []);

    /// <summary>The used part of a connection's money limits.</summary>
    /// <param name="used">In minor units, by currency.</param>
    /// <param name="limits">The limits.</param>
    /// <returns>Such as <c>$120.00 of $500.00 used</c>.</returns>
    public static string Limits(IReadOnlyDictionary<string, long>? used, IReadOnlyDictionary<string, long>? limits) =>
        VisibleText.Of(
            string.Join(
                ", ",
                limits?.Select(limit =>
                    $"{Money.Format(used is not null && used.TryGetValue(limit.Key, out var sum) ? sum : 0, limit.Key)} of {Money.Format(limit.Value, limit.Key)} used"
                )
                    ?? []
            )
        );

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
        unit is null ? string.Empty : VisibleText.Of(count is null or 1 ? unit : $"{count} {unit}s");

    /// <summary>An amount with its currency.</summary>
    /// <param name="amount">The amount in minor units.</param>
    /// <param name="currency">The currency.</param>
    /// <returns>Such as <c>$19.99</c>.</returns>
    public static string Amount(long? amount, string? currency) => VisibleText.Of(Money.Format(amount, currency));

    /// <summary>Amounts by currency.</summary>
    /// <param name="amounts">Minor units by currency code.</param>
    /// <returns>Such as <c>$10.00, €9.00</c>.</returns>
    public static string Amounts(IDictionary<string, long>? amounts) =>
        VisibleText.Of(string.Join(", ", amounts?.Select(amount => Money.Format(amount.Value, amount.Key)) ?? []));

    /// <summary>What a subscription costs in a period, before discount and tax.</summary>
    /// <param name="subscription">A subscription.</param>
    /// <returns>Such as <c>$49.00/month</c>, <c>$29.00/month + usage</c>, <c>usage</c> or <c>free</c>; empty when it is not known.</returns>
    public static string SubscriptionPrice(Subscription? subscription)
    {
        if (subscription?.Amount is not long amount)
        {
            return string.Empty;
        }

        var usage = subscription.Prices?.Any(price => price?.MeterId is not null) == true;
        if (amount == 0)
        {
            return usage ? "usage" : "free";
        }

        var interval = Interval(subscription.RecurringInterval, subscription.RecurringIntervalCount);
        return Amount(amount, subscription.Currency)
            + (interval.Length > 0 ? "/" + interval : string.Empty)
            + (usage ? " + usage" : string.Empty);
    }

    /// <summary>What a scheduled change will change, and when.</summary>
    /// <param name="update">A change.</param>
    /// <param name="product">What its product is called; null for the product's id.</param>
    /// <returns>Such as <c>8 seats, from 1/1/2027 9:00 AM</c>.</returns>
    public static string PendingUpdate(PendingSubscriptionUpdate? update, string? product = null)
    {
        if (update is null)
        {
            return string.Empty;
        }

        var changes = new[]
        {
            update.ProductId is { } id ? $"product {product ?? id}" : null,
            update.Seats is { } seats ? $"{seats} seats" : null,
            update.Units is { } units ? $"{units} units" : null,
            update.AppliesAt is { } time ? $"from {Time(time)}" : null,
        };
        return VisibleText.Of(string.Join(", ", changes.Where(change => change is not null)));
    }

    /// <summary>The status of a subscription, and what is scheduled.</summary>
    /// <param name="subscription">A subscription.</param>
    /// <returns>Such as <c>active</c>, <c>ends Jan 31</c>, <c>pauses Jan 31</c>; of a later year <c>ends Jan 2028</c>.</returns>
    public static string SubscriptionState(Subscription? subscription)
    {
        if (subscription?.Status is not ("active" or "trialing" or "past_due"))
        {
            return VisibleText.Of(subscription?.Status);
        }

        var coming =
            subscription.CancelAtPeriodEnd == true ? "ends"
            : subscription.PauseAtPeriodEnd == true ? "pauses"
            : null;
        if (coming is null || (subscription.EndsAt ?? subscription.CurrentPeriodEnd) is not { } end)
        {
            return subscription.Status;
        }

        var day = end - DateTimeOffset.Now < TimeSpan.FromDays(300) ? "MMM d" : "MMM yyyy";
        return $"{coming} {end.LocalDateTime.ToString(day, CultureInfo.CurrentCulture)}";
    }

    /// <summary>The person on a seat, or invited to it. With member seats, the customer is the one who pays.</summary>
    /// <param name="seat">A seat.</param>
    /// <returns>An email address where there is one; else empty.</returns>
    public static string SeatHolder(CustomerSeat? seat) =>
        VisibleText.Of(seat?.Member?.Email ?? seat?.Email ?? seat?.CustomerEmail);

    /// <summary>Whether a customer has a benefit, in a word: Polar has two switches for it, and a third state.</summary>
    /// <param name="grant">A grant, also one within a customer's state.</param>
    /// <returns><c>granted</c>, <c>revoked</c>, <c>failed</c>, or <c>waiting</c>.</returns>
    public static string GrantState(BenefitGrant? grant) =>
        grant is null ? string.Empty
        : grant.IsRevoked == true ? "revoked"
        : grant.IsGranted ?? grant.GrantedAt is not null ? "granted"
        : grant.Error is not null ? "failed"
        : "waiting";

    /// <summary>Usage and limit.</summary>
    /// <param name="usage">How much is used; null for not known.</param>
    /// <param name="limit">How much there is; null for no limit.</param>
    /// <returns>Such as <c>41/500</c>.</returns>
    public static string Usage(long? usage, long? limit) => limit is null ? $"{usage}" : $"{usage}/{limit}";

    /// <summary>When a card expires.</summary>
    /// <param name="card">The card's data.</param>
    /// <returns>Such as <c>12/2029</c>; empty where it is not known.</returns>
    public static string Expiry(PaymentMethodMetadata? card) =>
        card is { ExpMonth: { } month, ExpYear: { } year } ? $"{month:00}/{year}" : string.Empty;

    /// <summary>An address without its query, where a token may be.</summary>
    /// <param name="url">The address.</param>
    /// <returns>What comes before the question mark.</returns>
    public static string WithoutQuery(string? url) => VisibleText.Of(url?.Split('?', '#')[0]);

    /// <summary>That there is a secret, and its kind, but not its value.</summary>
    /// <param name="secret">The secret.</param>
    /// <returns>Such as <c>polar_cst_***</c>; empty for none.</returns>
    public static string Hidden(string? secret) =>
        string.IsNullOrEmpty(secret) ? string.Empty
        : Redactor.Redact(secret) is { } text && text.EndsWith(Redactor.Mark, StringComparison.Ordinal)
            ? VisibleText.Of(text)
        : Redactor.Mark;
}
