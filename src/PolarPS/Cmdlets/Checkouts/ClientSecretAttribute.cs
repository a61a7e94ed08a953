using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>
/// For the secret that opens a checkout without a token: as text, or as the checkout that has it. No message repeats it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ClientSecretAttribute : ArgumentTransformationAttribute
{
    private const string Prefix = "polar_c_";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.Bare(inputData);
        return value switch
        {
            null => null,
            IEnumerable items and not string => items
                .Cast<object?>()
                .Select(item => Read(PSValue.Bare(item)))
                .ToArray(),
            _ => Read(value),
        };
    }

    /// <summary>What is shown in the place of a secret.</summary>
    internal static string Mask(string secret) =>
        (secret.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix : string.Empty) + Redactor.Mark;

    private static string Read(object? value)
    {
        var text = (value as Checkout)?.ClientSecret ?? value as string;
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Refuse("Expected a checkout's client secret, or a checkout that has one.");
        }

        return Guid.TryParse(text, out _)
            ? throw Refuse("Expected a checkout's client secret, but this is an id; use -Id for ids.")
            : text!.Trim();
    }

    private static ArgumentTransformationMetadataException Refuse(string message) => new(message);
}
