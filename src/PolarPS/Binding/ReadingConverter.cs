using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PolarPS.Client.Models;

namespace PolarPS.Commands;

/// <summary>
/// Reads the same values for a type as the attributes on the cmdlets' parameters do. Mocks, proxies and implicit remoting have
/// the parameters' types, but not their attributes.
/// </summary>
public sealed class ReadingConverter : PSTypeConverter
{
    // Always the strictest reading of the type: a proxy in front of a cmdlet must not let through what the cmdlet refuses.
    private static readonly Dictionary<Type, ArgumentTransformationAttribute> Readers = new()
    {
        [typeof(PolarConnection)] = new PolarConnectionTransformationAttribute(),
        [typeof(PolarEmulatorInstance)] = new PolarEmulatorTransformationAttribute(),
        [typeof(OrderReference)] = new OrderReferenceTransformationAttribute(),
        [typeof(ActivationReference)] = new ActivationTransformationAttribute { Strict = true },
        [typeof(SeatSource)] = new SeatSourceTransformationAttribute(),
        [typeof(LicenseKeyText)] = new LicenseKeyTextTransformationAttribute(),
        [typeof(Member)] = new MemberTransformationAttribute(),
        [typeof(PriceInput)] = new PriceTransformationAttribute(),
        [typeof(PriceTierInput)] = new TierTransformationAttribute(typeof(PriceTierInput)),
        [typeof(SeatTierInput)] = new TierTransformationAttribute(typeof(SeatTierInput)),
        [typeof(AttachedCustomFieldInput)] = new CustomFieldTransformationAttribute(),
        [typeof(CustomFieldOption)] = new CustomFieldOptionTransformationAttribute(),
        [typeof(LicenseKeyExpiration)] = new ExpirationTransformationAttribute(),
    };

    /// <summary>The types that are read by it.</summary>
    internal static IEnumerable<Type> Types => [.. Readers.Keys, typeof(ParentReference)];

    /// <inheritdoc/>
    public override bool CanConvertFrom(object? sourceValue, Type destinationType) =>
        sourceValue is not null && (destinationType == typeof(ParentReference) || Readers.ContainsKey(destinationType));

    /// <inheritdoc/>
    public override object ConvertFrom(
        object? sourceValue,
        Type destinationType,
        IFormatProvider? formatProvider,
        bool ignoreCase
    )
    {
        if (destinationType == typeof(ParentReference))
        {
            return ParentReference.Of(sourceValue!);
        }

        try
        {
            // Of a list there is one item here.
            return Readers[destinationType].Transform(null!, sourceValue) switch
            {
                Array { Length: 1 } read => read.GetValue(0)!,
                Array => throw new PSInvalidCastException("Expected one value, not a list."),
                { } read when destinationType.IsInstanceOfType(read) => read,
                _ => throw new PSInvalidCastException(
                    $"{ValueText.Given(sourceValue)} cannot be read as {destinationType.Name}."
                ),
            };
        }
        catch (ArgumentTransformationMetadataException refused)
        {
            throw new PSInvalidCastException(refused.Message, refused);
        }
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object? sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(
        object? sourceValue,
        Type destinationType,
        IFormatProvider? formatProvider,
        bool ignoreCase
    ) => throw new PSInvalidCastException("Only conversions to the type are read here.");
}
