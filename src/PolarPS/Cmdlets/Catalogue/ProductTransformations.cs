namespace PolarPS.Commands;

/// <summary>Accepts for -Price the output of New-PolarPrice and, to keep them, a product's prices.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PriceTransformationAttribute : ItemTransformationAttribute
{
    private protected override Type Item => typeof(PriceInput);

    /// <summary>Whether there is no product yet whose prices could be kept.</summary>
    public bool NewOnly { get; set; }

    private protected override Array ToArray(IEnumerable<object?> items)
    {
        var given = items.ToList();
        return given.Count > 1 && NumberReader.MajorUnits(given) is { } money
            ? throw new RefusedArgumentException(
                $"{string.Join(",", given)} is a list: in PowerShell, a comma separates values. Use {Suggest((long)(money * 100))}."
            )
            : given.Select(ToPrice).ToArray();
    }

    private PriceInput ToPrice(object? item)
    {
        switch (item)
        {
            case PriceInput price:
                return price;
            case ProductPrice { Id: { } id } when !NewOnly:
                return PriceInput.Keep(id);
            case string text when !NewOnly && Guid.TryParseExact(text, "D", out _):
                return PriceInput.Keep(text);
            default:
                throw new RefusedArgumentException(
                    NumberReader.MajorUnits(item) is { } money ? Bare(item, money) : What()
                );
        }
    }

    private string What() =>
        NewOnly
            ? $"Create prices with New-PolarPrice, such as (New-PolarPrice 999 usd) for {Money.Format(999, "usd")}."
            : $"Create prices with New-PolarPrice, such as (New-PolarPrice 999 usd) for {Money.Format(999, "usd")}; to keep existing ones, use a product's Prices or their ids.";

    // A number alone may be dollars or cents; with decimals it is no cents, and less than a dollar is hardly meant.
    private static string Bare(object? item, decimal money)
    {
        var readings = new List<string> { Suggest((long)(money * 100)) };
        if (money == decimal.Truncate(money) && money >= 100)
        {
            readings.Insert(0, Suggest((long)money));
        }

        return $"{ValueText.Given(item)} alone is not a price: its type and its currency are missing. Use {string.Join(" or ", readings)}.";
    }

    private static string Suggest(long amount) =>
        FormattableString.Invariant($"(New-PolarPrice {amount} usd) for {Money.Format(amount, "usd")}");
}

/// <summary>Accepts tiers of a price as numbers or hashtables.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TierTransformationAttribute : ItemTransformationAttribute
{
    private readonly Type _tier;

    /// <summary>For steps of a kind.</summary>
    /// <param name="tier">SeatTierInput or PriceTierInput.</param>
    public TierTransformationAttribute(Type tier) => _tier = tier;

    private protected override Type Item => _tier;

    private protected override Array ToArray(IEnumerable<object?> items) =>
        _tier == typeof(SeatTierInput) ? items.Select(ToSeatTier).ToArray() : items.Select(ToPriceTier).ToArray();

    private static SeatTierInput ToSeatTier(object? item)
    {
        switch (item)
        {
            case SeatTierInput tier:
                return tier;
            case SeatTier tier:
                return new SeatTierInput
                {
                    MinSeats = tier.MinSeats,
                    MaxSeats = tier.MaxSeats,
                    PricePerSeat = tier.PricePerSeat,
                };
        }

        if (Entries(item) is not { } entries)
        {
            return new SeatTierInput
            {
                MinSeats = 1,
                MaxSeats = null,
                PricePerSeat = Amount(item),
            };
        }

        OnlyKnown(entries, "MinSeats", "MaxSeats", "PricePerSeat");
        return new SeatTierInput
        {
            MinSeats = Value<int>(entries, "MinSeats") ?? 1,
            MaxSeats = Value<int>(entries, "MaxSeats"),
            PricePerSeat =
                Amount(entries, "PricePerSeat")
                ?? throw new RefusedArgumentException("A tier needs PricePerSeat, in minor units."),
        };
    }

    private static PriceTierInput ToPriceTier(object? item)
    {
        switch (item)
        {
            case PriceTierInput tier:
                return tier;
            case PriceTier tier:
                return new PriceTierInput { Bound = tier.Bound, UnitAmount = tier.UnitAmount };
        }

        if (Entries(item) is not { } entries)
        {
            return new PriceTierInput { Bound = null, UnitAmount = Rate(item) };
        }

        OnlyKnown(entries, "Bound", "UnitAmount");
        return new PriceTierInput
        {
            Bound = Value<long>(entries, "Bound"),
            UnitAmount =
                Rate(entries, "UnitAmount")
                ?? throw new RefusedArgumentException("A tier needs UnitAmount, in minor units."),
        };
    }

    private static long? Amount(Dictionary<string, object?> entries, string name) =>
        entries.TryGetValue(name, out var value) && value is not null ? Amount(value) : null;

    private static decimal? Rate(Dictionary<string, object?> entries, string name) =>
        entries.TryGetValue(name, out var value) && value is not null ? Rate(value) : null;

    private static decimal Rate(object? item) =>
        NumberReader.Positive(item, out var rate) is { } problem ? throw new RefusedArgumentException(problem) : rate;

    private static long Amount(object? item) =>
        NumberReader.Amount(item, out var amount) is { } problem ? throw new RefusedArgumentException(problem) : amount;
}

/// <summary>Accepts for -CustomField custom fields, their ids, what a product has attached, or @{ CustomFieldId = …; Required = $true }.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CustomFieldTransformationAttribute : ItemTransformationAttribute
{
    private protected override Type Item => typeof(AttachedCustomFieldInput);

    private protected override Array ToArray(IEnumerable<object?> items) => items.Select(ToField).ToArray();

    private static AttachedCustomFieldInput ToField(object? item)
    {
        switch (item)
        {
            case AttachedCustomFieldInput field:
                return field;
            case AttachedCustomField field:
                return Field(field.CustomFieldId, field.Required ?? false);
            case CustomField field:
                return Field(field.Id, required: false);
            case string id:
                return Field(id, required: false);
        }

        if (Entries(item) is not { } entries)
        {
            throw new RefusedArgumentException(
                "Expected a custom field, its id, or @{ CustomFieldId = ...; Required = $true }."
            );
        }

        OnlyKnown(entries, "CustomFieldId", "Required");
        return Field(
            entries.TryGetValue("CustomFieldId", out var value) ? value as string : null,
            Value<bool>(entries, "Required") ?? false
        );
    }

    private static AttachedCustomFieldInput Field(string? id, bool required) =>
        Guid.TryParseExact(id, "D", out _)
            ? new AttachedCustomFieldInput { CustomFieldId = id, Required = required }
            : throw new RefusedArgumentException(
                $"'{Redactor.Redact(id)}' is not the id of a custom field: ids are UUIDs."
            );
}
