using PolarPS.Views;

namespace PolarPS;

/// <summary>The words that views and questions share. All of it is one line in which every character can be seen.</summary>
internal static class Formatting
{
    // The widest that tables have for a date.
    private const int DateWidth = 10;

    /// <summary>A text with a secret in it, such as the address of a checkout, without the secret.</summary>
    /// <returns>Such as <c>https://polar.sh/checkout/polar_c_***</c>; the property has all of it.</returns>
    public static string Masked(string? text) => VisibleText.Of(Redactor.Redact(text));

    /// <summary>That there is a secret, and of which kind, but not which.</summary>
    /// <returns>Such as <c>polar_cst_***</c>; empty for none.</returns>
    public static string Hidden(string? secret) =>
        string.IsNullOrEmpty(secret) ? string.Empty
        : Redactor.Redact(secret) is { } text && text.EndsWith(Redactor.Mark, StringComparison.Ordinal)
            ? VisibleText.Of(text)
        : Redactor.Mark;

    /// <summary>An address without its query, where a token or a signature may be.</summary>
    /// <returns>Such as <c>https://polar.sh/acme/portal?***</c>; empty for none.</returns>
    public static string Signed(string? url)
    {
        if (string.IsNullOrEmpty(url))
        {
            return string.Empty;
        }

        var path = url!.Split('?', '#')[0];
        return VisibleText.Of(path.Length < url.Length ? path + "?" + Redactor.Mark : path);
    }

    /// <summary>An address as short as a browser takes it, so that it fits into a table whole.</summary>
    /// <returns>The address without <c>https://</c>.</returns>
    public static string Address(string? url)
    {
        const string Scheme = "https://";
        return VisibleText.Of(
            url?.StartsWith(Scheme, StringComparison.Ordinal) == true ? url.Substring(Scheme.Length) : url
        );
    }

    /// <summary>The month in which a card expires.</summary>
    /// <param name="owner">A payment method, or what Polar says of one.</param>
    /// <returns>Such as <c>12/2029</c>; null where it is not known.</returns>
    public static string? Expiry(object? owner) =>
        (owner as PaymentMethodMetadata ?? (owner as PaymentMethod)?.MethodMetadata)
            is { ExpMonth: { } month, ExpYear: { } year }
            ? string.Format(CultureInfo.InvariantCulture, "{0:00}/{1}", month, year)
            : null;

    /// <summary>What is used of a connection's limits of money.</summary>
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
    /// <returns>Short date and time as the user's culture has them; empty for null.</returns>
    public static string Time(DateTimeOffset? time) =>
        time is DateTimeOffset value ? value.LocalDateTime.ToString("g", CultureInfo.CurrentCulture) : string.Empty;

    /// <summary>A day in the computer's own zone.</summary>
    /// <returns>As the user's culture has it, or 2026-11-30 where that would be too long for a table; empty for null.</returns>
    public static string Date(DateTimeOffset? time)
    {
        if (time is not DateTimeOffset value)
        {
            return string.Empty;
        }

        var text = value.LocalDateTime.ToString("d", CultureInfo.CurrentCulture);
        return text.Length <= DateWidth
            ? text
            : value.LocalDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>An interval in words.</summary>
    /// <returns>Such as <c>month</c> or <c>3 months</c>; empty for none.</returns>
    public static string Interval(string? unit, int? count) =>
        unit is null ? string.Empty : VisibleText.Of(count is null or 1 ? unit : $"{count} {unit}s");

    /// <summary>Amounts in minor units by currency.</summary>
    /// <returns>Such as <c>$10.00, €9.00</c>.</returns>
    public static string Amounts(IDictionary<string, long>? amounts) =>
        VisibleText.Of(string.Join(", ", amounts?.Select(amount => Money.Format(amount.Value, amount.Key)) ?? []));

    /// <summary>What a subscription costs in a period, after its discount and without tax that is added.</summary>
    /// <returns>Such as <c>$49.00/month</c>, <c>$29.00/month + usage</c>, <c>usage</c> or <c>free</c>; empty when it is not known.</returns>
    public static string SubscriptionPrice(Subscription? subscription) =>
        Terms.Of(subscription)?.PriceText ?? string.Empty;

    /// <summary>What a change that waits for the next period will change, and when.</summary>
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

    /// <summary>How much of something is used, of how much there is.</summary>
    /// <param name="usage">How much is used; null for not known.</param>
    /// <param name="limit">How much there is; null for no limit.</param>
    /// <returns>Such as <c>41/500</c>.</returns>
    public static string Usage(long? usage, long? limit) => limit is null ? $"{usage}" : $"{usage}/{limit}";
}
