using System;
using System.Collections;
using System.Collections.Generic;

namespace PolarPS.Commands;

/// <summary>What Polar accepts as metadata, checked before anything is sent: its own refusal names no key.</summary>
internal static class MetadataRules
{
    private const int MostKeys = 50;
    private const int LongestKey = 40;
    private const int LongestText = 500;

    /// <summary>The metadata as it is sent; null becomes empty, which clears it.</summary>
    /// <exception cref="ArgumentException">A key or value that Polar would refuse.</exception>
    public static Dictionary<string, object?> Check(IDictionary? metadata)
    {
        if (metadata is null)
        {
            return [];
        }

        var plain = (Dictionary<string, object?>)PlainValues.Of(metadata)!;
        if (plain.Count > MostKeys)
        {
            throw new ArgumentException($"Metadata has at most {MostKeys} keys; this has {plain.Count}.");
        }

        foreach (var entry in plain)
        {
            CheckEntry(entry.Key, entry.Value);
        }

        return plain;
    }

    private static void CheckEntry(string key, object? value)
    {
        if (key.Length is < 1 or > LongestKey)
        {
            throw new ArgumentException(
                $"The metadata key '{key}' has {key.Length} characters; 1 to {LongestKey} are allowed."
            );
        }

        switch (value)
        {
            case string { Length: >= 1 and <= LongestText }:
            case bool or sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal:
                return;
            case string text:
                throw new ArgumentException(
                    $"The metadata value of '{key}' has {text.Length} characters; 1 to {LongestText} are allowed."
                );
            case null:
                throw new ArgumentException(
                    $"The metadata value of '{key}' is null. Leave the key out instead: what is given replaces what is stored."
                );
            default:
                throw new ArgumentException(
                    $"The metadata value of '{key}' is a {value.GetType().Name}; text, numbers and booleans are allowed."
                );
        }
    }
}
