using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PolarPS.Client;

namespace PolarPS.Commands;

/// <summary>Reads a limit of money: a hashtable of currencies and whole minor units, exactly as written.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MoneyLimitTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (PlainValues.Of(inputData) is not IDictionary { Count: > 0 } given)
        {
            throw new ArgumentTransformationMetadataException(
                "-MoneyLimit takes a hashtable of currencies and minor units, such as @{ usd = 50000 } for $500.00."
            );
        }

        var limits = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in given)
        {
            var currency = (entry.Key as string)?.Trim().ToLowerInvariant();
            if (currency is not { Length: 3 } || !currency.All(letter => letter is >= 'a' and <= 'z'))
            {
                throw new ArgumentTransformationMetadataException(
                    $"'{entry.Key}' is not a currency: three letters, such as usd."
                );
            }

            if (limits.ContainsKey(currency))
            {
                throw new ArgumentTransformationMetadataException($"The limit for {currency} is given twice.");
            }

            limits[currency] = LimitNumber.Read(entry.Value, $"The limit for {currency}", long.MaxValue);
        }

        return limits;
    }
}

/// <summary>Reads a limit of numbers, exactly as written.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MoneyCountTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (int)LimitNumber.Read(inputData, "-MoneyCount", int.MaxValue);
}

internal static class LimitNumber
{
    public static long Read(object? given, string name, long most)
    {
        var value = given is PSObject wrapped ? wrapped.BaseObject : given;
        var number = value switch
        {
            int or long or short or byte or sbyte or ushort or uint => Convert.ToDecimal(
                value,
                CultureInfo.InvariantCulture
            ),
            decimal exact => exact,
            double real when Math.Abs(real) < 1e15 => (decimal)real,
            string text
                when text.Trim() is { Length: > 0 and <= 18 } digits && digits.All(c => c is >= '0' and <= '9') =>
                decimal.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture),
            _ => -1,
        };
        return number >= 0 && number <= most && number == decimal.Truncate(number)
            ? (long)number
            : throw new ArgumentTransformationMetadataException(
                $"{name} is a whole number from 0, written in digits only, such as 50000; '{value}' is not."
            );
    }
}
