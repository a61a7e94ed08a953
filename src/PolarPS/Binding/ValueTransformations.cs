using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;

namespace PolarPS.Commands;

/// <summary>
/// For amounts in minor units: PowerShell would round 9.99 to 10, and make ten cents of what was meant to be ten dollars.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MinorUnitsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is null or "" ? null : Read(value);
    }

    internal static object Read(object value)
    {
        var number = value switch
        {
            string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) =>
                parsed,
            decimal or double or float => LanguagePrimitives.ConvertTo<decimal>(value),
            _ => 0,
        };
        return number == decimal.Truncate(number)
            ? value
            : throw new ArgumentTransformationMetadataException(
                $"{number.ToString(CultureInfo.InvariantCulture)} is not an amount: amounts are whole numbers of the currency's smallest unit, 999 for 9.99."
            );
    }
}

/// <summary>For columns of a CSV file: an empty one says nothing, instead of zero.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmptyIsNullAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is "" ? null : inputData;
}

/// <summary>Lets amounts by currency be a hashtable, such as @{ usd = 1000; eur = 900 }, or what a discount has.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AmountsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not IDictionary given)
        {
            return inputData is null
                ? null
                : throw Refuse("Amounts by currency are a hashtable, such as @{ usd = 1000; eur = 900 }.");
        }

        var amounts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var entry in PlainValues.Entries(given))
        {
            var value = entry.Value is PSObject inner ? inner.BaseObject : entry.Value;
            if (
                value is null
                || !LanguagePrimitives.TryConvertTo<long>(
                    MinorUnitsAttribute.Read(value),
                    CultureInfo.InvariantCulture,
                    out var amount
                )
            )
            {
                throw Refuse($"The amount of {entry.Key} is not a whole number of minor units, such as 1000.");
            }

            amounts[entry.Key.ToLowerInvariant()] = amount;
        }

        return amounts;
    }

    private static ArgumentTransformationMetadataException Refuse(string message) => new(message);
}
