namespace PolarPS.Views;

/// <summary>
/// How views show a property: text with its control characters visible, money with its currency, times in the local zone,
/// lists and dictionaries by what is in them. What the property is decides, and a view says only what it cannot know.
/// </summary>
internal static class Shown
{
    // What a view may ask for, as Property/form in Views.txt.
    private static readonly Dictionary<string, Func<object?, object?, object?>> Forms = new(StringComparer.Ordinal)
    {
        // An amount in major units, as the computed properties have it.
        ["money"] = static (owner, value) => Money.FormatDecimal(value as decimal?, Amounts.CurrencyOf(owner)),
        ["date"] = static (_, value) => Formatting.Date(value as DateTimeOffset?),
        ["expiry"] = static (_, value) => value is null ? "never" : Formatting.Date(value as DateTimeOffset?),
        ["clock"] = static (_, value) =>
            (value as DateTimeOffset?)?.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
        ["exact"] = static (_, value) => (value as DateTimeOffset?)?.ToString("o", CultureInfo.InvariantCulture),
        ["mark"] = static (_, value) => value is true ? "*" : null,
        ["count"] = static (_, value) => (value as ICollection)?.Count.ToString(CultureInfo.CurrentCulture),
        ["names"] = static (_, value) => string.Join(", ", (value as IEnumerable)?.Cast<object?>().Select(Name) ?? []),
        ["figures"] = static (_, value) =>
            string.Join(", ", (value as MetricFigure[])?.Select(static figure => $"{figure.Name} {figure.Text}") ?? []),
        // Secrets: what kind it is, that there is one, and an address without what it signs itself with.
        ["masked"] = static (_, value) => Formatting.Masked(value as string),
        ["hidden"] = static (_, value) => Formatting.Hidden(value as string),
        ["secret"] = static (_, value) => value is null or "" ? null : Redactor.Mark,
        ["signed"] = static (_, value) => Formatting.Signed(value as string),
        ["address"] = static (_, value) => Formatting.Address(value as string),
        // Words for what would need several columns.
        ["prices"] = static (owner, _) => VisibleText.Of(Prices.Text(owner as Product)),
        ["subscriptionPrice"] = static (owner, _) => Terms.Of(owner)?.PriceText,
        ["subscriptionState"] = static (owner, _) => Terms.Of(owner)?.StateText,
        ["pendingUpdate"] = static (_, value) => Formatting.PendingUpdate(value as PendingSubscriptionUpdate),
        ["ordinary"] = static (_, value) => value is "public" ? null : value,
        ["used"] = static (owner, _) =>
            owner is Discount discount ? Formatting.Usage(discount.RedemptionsCount, discount.MaxRedemptions) : null,
        ["usage"] = static (owner, _) => owner is LicenseKey key ? Formatting.Usage(key.Usage, key.LimitUsage) : null,
        ["card"] = static (owner, value) => $"{value} {Formatting.Expiry(owner)}".Trim(),
        ["limits"] = static (owner, _) =>
            owner is PolarConnection connection ? Formatting.Limits(connection.MoneyUsed, connection.MoneyLimit) : null,
        ["counts"] = static (owner, value) =>
            owner is PolarConnection connection ? $"{connection.MoneyCountUsed} of {value} used" : null,
        ["query"] = static (owner, value) =>
            owner is PolarEmulatorRequest { Query.Length: > 0 } request ? $"{value}?{request.Query}" : value,
    };

    /// <summary>What to show for an entry of a view.</summary>
    /// <param name="item">The object.</param>
    /// <param name="key">
    /// A property, or a path of them such as <c>Meter.Name</c>; alternatives with <c>|</c> between them, of which the first that
    /// is set counts; and a form with <c>/</c> before it.
    /// </param>
    /// <returns>Text, or an array of texts for a list; null where there is nothing to show.</returns>
    public static object? Of(object? item, string key)
    {
        var slash = key.IndexOf('/');
        var paths = slash < 0 ? key : key.Substring(0, slash);
        object? owner = null;
        object? value = null;
        var name = string.Empty;
        foreach (var path in paths.Split('|'))
        {
            (owner, name, value) = Find(item, path);
            if (value is not null)
            {
                break;
            }
        }

        if (slash < 0)
        {
            return value is null ? null : Text(owner!, name, value);
        }

        return Forms.TryGetValue(key.Substring(slash + 1), out var form) && form(owner, value) is { } shown
            ? Visible(shown as string ?? Convert.ToString(shown, CultureInfo.CurrentCulture))
            : null;
    }

    /// <summary>What a dictionary has, as <c>key=value; …</c>.</summary>
    public static string Entries(IEnumerable entries) =>
        string.Join(
            "; ",
            entries
                .Cast<object>()
                .Select(static entry => PSValue.Property(entry, "Key") + "=" + Plain(PSValue.Property(entry, "Value")))
        );

    private static (object? Owner, string Name, object? Value) Find(object? item, string path)
    {
        object? owner = null;
        var value = item;
        var name = string.Empty;
        foreach (var part in path.Split('.'))
        {
            (owner, name) = (value, part);
            value = owner is null ? null : Read(owner, part);
        }

        return (owner, name, value);
    }

    private static object? Read(object owner, string property) =>
        property == nameof(ToString) ? owner.ToString() : PSValue.Property(owner, property);

    private static object? Text(object owner, string name, object value)
    {
        switch (value)
        {
            case string text:
                return Visible(Interval(owner, name, text) ?? text);
            case long or int when Amounts.IsAmount(owner, name):
                return Visible(
                    Money.Format(Convert.ToInt64(value, CultureInfo.InvariantCulture), Amounts.CurrencyOf(owner, name))
                );
            case decimal rate when Amounts.IsAmount(owner, name):
                return Visible(Money.FormatRate(rate, Amounts.CurrencyOf(owner)));
            case decimal when owner is MetricValues values:
                return Visible(values.FigureOf(name)?.Text);
            case DateTimeOffset time:
                return Formatting.Time(time);
            case IFormattable number and not PSObject:
                return number.ToString(null, CultureInfo.CurrentCulture);
            case PolarObject model:
                return Visible(model.ToString());
            case IDictionary<string, long> amounts:
                return Visible(Formatting.Amounts(amounts));
            case IDictionary dictionary:
                return Visible(Entries(dictionary));
            case IEnumerable list when IsDictionary(list.GetType()):
                return Visible(Entries(list));
            case IEnumerable list:
                // PowerShell takes one layer off what a view's script gives.
                var texts = list.Cast<object?>().Select(Name).ToArray();
                return texts.Length == 0 ? null : new object[] { texts };
            default:
                return Visible(Convert.ToString(value, CultureInfo.CurrentCulture));
        }
    }

    // RecurringInterval and RecurringIntervalCount are one thing.
    private static string? Interval(object owner, string name, string unit) =>
        name.EndsWith("Interval", StringComparison.Ordinal) && PSValue.Property(owner, name + "Count") is int count
            ? Formatting.Interval(unit, count)
            : null;

    private static bool IsDictionary(Type type) =>
        type.GetInterfaces()
            .Any(known => known.IsGenericType && known.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>));

    private static string? Visible(string? text) => string.IsNullOrEmpty(text) ? null : VisibleText.Of(text);

    // Within a list: an object's text, or its id where its text would be no more than its fields.
    private static string Name(object? item) =>
        item switch
        {
            PolarObject { HasText: false } model when Commands.Kinds.IdOf(model) is { } id => VisibleText.Of(id),
            _ => VisibleText.Of(Plain(item)),
        };

    private static string Plain(object? value) =>
        PSValue.ValueOrCustom(value) switch
        {
            null => string.Empty,
            string text => text,
            IDictionary dictionary => "{" + Entries(dictionary) + "}",
            IEnumerable list when value is not PolarMetadata => string.Join(", ", list.Cast<object?>().Select(Plain)),
            var other => Convert.ToString(other, CultureInfo.CurrentCulture) ?? string.Empty,
        };
}
