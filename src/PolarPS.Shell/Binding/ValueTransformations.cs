namespace PolarPS.Commands;

/// <summary>For text columns of a CSV file: an empty one counts as omitted.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmptyIsNullAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        ValueReader.IsEmpty(inputData) ? null : inputData;
}

/// <summary>Accepts amounts by currency as a hashtable, such as @{ usd = 1000; eur = 900 }, an object, or a discount's amounts.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AmountsTransformationAttribute : ReadingAttribute
{
    private static readonly EntriesAttribute Entries = new();

    private protected override bool IsScalar => false;

    private protected override string? Read(object? value, out object? result)
    {
        result = null;
        IDictionary given;
        try
        {
            given = (IDictionary)Entries.Transform(null!, value)!;
        }
        catch (RefusedArgumentException)
        {
            return $"{ValueText.Given(value)} has no amounts by currency. Use a hashtable, such as @{{ usd = 1000; eur = 900 }}.";
        }

        var amounts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var entry in PlainValues.Entries(given))
        {
            if (NumberReader.Amount(entry.Value, out var amount) is { } problem)
            {
                return $"The amount for {entry.Key} is not valid. {problem}";
            }

            if (CurrencyCodeAttribute.Read(entry.Key, out var currency) is { } unknown)
            {
                return unknown;
            }

            amounts[currency] = amount;
        }

        result = amounts;
        return null;
    }
}
