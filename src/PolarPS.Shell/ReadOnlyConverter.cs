namespace PolarPS;

/// <summary>A converter that makes objects of a type from other values. What becomes of such an object is PowerShell's own business.</summary>
public abstract class ReadOnlyConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public sealed override bool CanConvertTo(object? sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public sealed override object ConvertTo(
        object? sourceValue,
        Type destinationType,
        IFormatProvider? formatProvider,
        bool ignoreCase
    ) => throw new PSInvalidCastException("Only conversions to the type are read here.");
}
