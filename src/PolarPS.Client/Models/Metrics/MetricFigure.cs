namespace PolarPS.Client.Models;

/// <summary>The value of one metric, as people read it: money in dollars, and no longer in cents.</summary>
public sealed class MetricFigure : IEquatable<MetricFigure>
{
    // Polar adds up in the currency that it settles in, whatever the buyers paid with.
    private const string SettlementCurrency = "usd";

    // Beyond it a number says more by its length than by its digits.
    private const decimal Most = 1_000_000_000_000_000m;

    private readonly decimal? _value;

    internal MetricFigure(Metric? metric, string slug, decimal? value)
    {
        Slug = slug;
        Name = metric?.DisplayName is { Length: > 0 } name ? name : JsonSettings.PropertyName(slug);
        Type = metric?.Type ?? MetricNames.TypeOf(slug);
        _value = value;
    }

    /// <summary>The metric's slug, such as <c>monthly_recurring_revenue</c>.</summary>
    public string Slug { get; }

    /// <summary>The metric's name for people, as Polar gives it; without one the name of its property.</summary>
    public string Name { get; }

    /// <summary>What the value is: <c>scalar</c>, <c>currency</c>, <c>currency_sub_cent</c>, <c>percentage</c>.</summary>
    public string Type { get; }

    /// <summary>The currency of money, in lower case; null for what is no money.</summary>
    public string? Currency => IsMoney ? SettlementCurrency : null;

    /// <summary>
    /// The value: money in major units (19.99), a percentage as a share of one (0.05 is 5 %), a count as it is. Null where Polar gave
    /// none.
    /// </summary>
    public decimal? Value => IsMoney ? Money.ToDecimal(_value, SettlementCurrency) : _value;

    /// <summary>The value with its unit, the same in every culture: <c>$19.99</c>, <c>5%</c>, <c>12</c>; empty for none.</summary>
    public string Text =>
        _value is not { } value ? string.Empty
        : Math.Abs(value) >= Most ? value.ToString("0.###E+0", CultureInfo.InvariantCulture)
        : Type switch
        {
            "currency" => Money.FormatDecimal(Value, SettlementCurrency),
            "currency_sub_cent" => Money.FormatRate(Math.Round(value, 6), SettlementCurrency),
            "percentage" => (value * 100).ToString("#,0.##", CultureInfo.InvariantCulture) + "%",
            _ => value.ToString("#,0.##", CultureInfo.InvariantCulture),
        };

    private bool IsMoney => Type is "currency" or "currency_sub_cent";

    /// <summary>The value with its unit.</summary>
    /// <returns>As <see cref="Text"/>.</returns>
    public override string ToString() => Text;

    /// <summary>Whether another figure is the same: of the same metric, with the same value.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>false for null.</returns>
    public bool Equals(MetricFigure? other) =>
        other is not null && Slug == other.Slug && Name == other.Name && Type == other.Type && _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MetricFigure);

    /// <inheritdoc/>
    public override int GetHashCode() => Slug.GetHashCode() ^ _value.GetHashCode();
}
