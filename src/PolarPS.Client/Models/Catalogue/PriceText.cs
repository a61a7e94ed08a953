namespace PolarPS.Client.Models;

/// <summary>Prices in words, for tables, prompts and CSV columns.</summary>
internal static class PriceText
{
    private static readonly string[] SingularForms = ["=1", "one", "other"];

    public static string Of(ProductPrice price)
    {
        var currency = price.PriceCurrency;
        return price.AmountType switch
        {
            "fixed" => price.PriceAmount == 0 ? "free" : Money.Format(price.PriceAmount, currency),
            "custom" => Custom(price),
            "seat_based" => Seats(price),
            "unit_based" => Tiered(price.Tiers, currency, UnitName(price)),
            "metered_unit" => Money.FormatRate(price.UnitAmount, currency) + "/" + MeterUnit(price.Meter) + Cap(price),
            "metered_tiers" => Tiered(price.Tiers, currency, MeterUnit(price.Meter)) + Cap(price),
            _ => price.PriceAmount is long amount ? Money.Format(amount, currency) : price.AmountType ?? string.Empty,
        };
    }

    /// <summary>The same, with the currency where no amount in it tells: free (USD).</summary>
    public static string WithCurrency(ProductPrice price)
    {
        var text = Of(price);
        return price.PriceCurrency is not { } currency || text.Contains(Money.Mark(currency))
            ? text
            : $"{text} ({currency.ToUpperInvariant()})";
    }

    private static string Custom(ProductPrice price)
    {
        var least = price.MinimumAmount is > 0 ? Money.Format(price.MinimumAmount, price.PriceCurrency) : "nothing";
        return price.MaximumAmount is long most
            ? $"{least} to {Money.Format(most, price.PriceCurrency)}, as you like"
            : $"{least} or more, as you like";
    }

    private static string Seats(ProductPrice price)
    {
        var tiers = price.SeatTiers?.Tiers;
        if (tiers is null || tiers.Count == 0)
        {
            return price.PricePerSeat is long each ? Money.Format(each, price.PriceCurrency) + "/seat" : "per seat";
        }

        return FirstAndMore(
            tiers.Count,
            Money.Format(tiers.Min(tier => tier?.PricePerSeat), price.PriceCurrency),
            "seat"
        );
    }

    private static string Tiered(PriceTiers? tiers, string? currency, string unit) =>
        tiers?.Tiers is { Count: > 0 } steps
            ? FirstAndMore(steps.Count, Money.FormatRate(steps.Min(tier => tier?.UnitAmount), currency), unit)
            : "per " + unit;

    private static string FirstAndMore(int steps, string lowest, string unit) =>
        steps == 1 ? $"{lowest}/{unit}" : $"from {lowest}/{unit}";

    private static string Cap(ProductPrice price) =>
        price.CapAmount is long cap ? $", at most {Money.Format(cap, price.PriceCurrency)}" : string.Empty;

    private static string MeterUnit(PriceMeter? meter) =>
        meter?.Unit switch
        {
            "token" => "token",
            "custom" => meter.CustomLabel ?? "unit",
            _ => "unit",
        };

    private static string UnitName(ProductPrice price)
    {
        if (price.UnitLabel is not { Count: > 0 } labels)
        {
            return "unit";
        }

        // What Polar sent may hold a null anywhere, whatever the types say.
        PolarDictionary<string>? forms = labels.TryGetValue("en", out var english) ? english : labels.Values.First();
        foreach (var form in SingularForms)
        {
            if (forms is not null && forms.TryGetValue(form, out var name) && name is not null)
            {
                return name;
            }
        }

        return "unit";
    }
}
