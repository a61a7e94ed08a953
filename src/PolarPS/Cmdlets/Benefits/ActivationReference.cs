using System.ComponentModel;
using PolarPS.Commands;

namespace PolarPS;

/// <summary>Which activation is meant, and, where that is known, of which license key.</summary>
[TypeConverter(typeof(ReadingConverter))]
public sealed class ActivationReference
{
    internal ActivationReference(string? id, string? licenseKeyId)
    {
        Id = id;
        LicenseKeyId = licenseKeyId;
    }

    /// <summary>The activation's id; null for all of the license key.</summary>
    public string? Id { get; }

    /// <summary>The id of the license key; null where only the activation's own id was given.</summary>
    public string? LicenseKeyId { get; }

    /// <summary>The id.</summary>
    /// <returns>The activation's, or the license key's where all of its activations are meant.</returns>
    public override string ToString() => Id ?? LicenseKeyId ?? string.Empty;
}

/// <summary>Makes a parameter accept activations: ids, or objects, which know their license key too.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ActivationTransformationAttribute : ArgumentTransformationAttribute, IReferenceTransformation
{
    Type IReferenceTransformation.Model => typeof(LicenseKeyActivation);

    private static readonly PolarIdAttribute KeyIds = new(typeof(LicenseKey));
    private static readonly PolarIdAttribute StrictKeyIds = new(typeof(LicenseKey)) { Strict = true };

    /// <summary>Whether objects that merely refer to an activation are refused: what ends has to be what was piped.</summary>
    public bool Strict { get; set; }

    /// <summary>Whether a license key is accepted for all of its activations.</summary>
    public bool WithKeys { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value switch
        {
            null or ActivationReference => value,
            _ when PSValue.Items(value) is { } items => items.Select(item => Of(engineIntrinsics, item)).ToArray(),
            _ => Of(engineIntrinsics, inputData),
        };
    }

    private ActivationReference Of(EngineIntrinsics engine, object? item)
    {
        var value = PSValue.ValueOrCustom(item);
        if (WithKeys && (value is LicenseKey || PSValue.IsCopyOf(item, typeof(LicenseKey))))
        {
            return new ActivationReference(null, (string?)StrictKeyIds.Transform(engine, item));
        }

        // One at a time, so that null within a list is refused as it is elsewhere.
        var ids = (string[])
            new PolarIdAttribute(typeof(LicenseKeyActivation)) { Strict = Strict }.Transform(engine, new[] { item })!;
        return new ActivationReference(ids[0], KeyIdOf(engine, item));
    }

    // Objects know it by a property; of a text there is nothing to know.
    private static string? KeyIdOf(EngineIntrinsics engine, object? item) =>
        PSValue.ValueOrCustom(item) is not (string or Guid or null)
        && PSValue.Property(item!, "LicenseKeyId")?.ToString() is { Length: > 0 } id
            ? (string?)KeyIds.Transform(engine, id)
            : null;
}
