using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;

namespace PolarPS.Commands;

/// <summary>For text columns of a CSV file: an empty one says nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmptyIsNullAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        ValueReader.IsEmpty(inputData) ? null : inputData;
}

/// <summary>Lets amounts by currency be a hashtable, such as @{ usd = 1000; eur = 900 }, an object, or what a discount has.</summary>
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
        catch (ArgumentTransformationMetadataException)
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

            amounts[entry.Key.ToLowerInvariant()] = amount;
        }

        result = amounts;
        return null;
    }
}
