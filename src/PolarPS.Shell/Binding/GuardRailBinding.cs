namespace PolarPS.Commands;

/// <summary>Reads a money limit: a hashtable of currencies and whole minor units, exactly as written.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MoneyLimitTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (PlainValues.Of(inputData) is not IDictionary { Count: > 0 } given)
        {
            throw new RefusedArgumentException(
                "-MoneyLimit takes a hashtable of currencies and minor units, such as @{ usd = 50000 } for $500.00."
            );
        }

        var limits = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in given)
        {
            if (CurrencyCodeAttribute.Read(entry.Key as string ?? $"{entry.Key}", out var currency) is { } unknown)
            {
                throw new RefusedArgumentException(unknown);
            }

            if (limits.ContainsKey(currency))
            {
                throw new RefusedArgumentException($"The limit for {currency} is given twice.");
            }

            limits[currency] = NumberReader.Amount(entry.Value, out var amount) is { } problem
                ? throw new RefusedArgumentException($"The limit for {currency}: {problem}")
                : amount;
        }

        return limits;
    }
}
