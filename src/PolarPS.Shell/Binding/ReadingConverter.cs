namespace PolarPS.Commands;

/// <summary>
/// Reads the same values for a type as the attributes on the cmdlets' parameters do. Mocks, proxies and implicit remoting have
/// the parameters' types, but not their attributes.
/// </summary>
public class ReadingConverter : ReadOnlyConverter
{
    private static readonly Lazy<Dictionary<Type, ArgumentTransformationAttribute>> Readers = new(() =>
    {
        var readers = ModuleRoot.Readers().ToDictionary(reader => reader.Key, reader => reader.Value);
        readers.Add(typeof(PolarConnection), new PolarConnectionTransformationAttribute());
        readers.Add(typeof(PolarEmulatorInstance), new PolarEmulatorTransformationAttribute());
        return readers;
    });

    /// <summary>The types that are read by it.</summary>
    internal static IEnumerable<Type> Types => [.. Readers.Value.Keys, typeof(ParentReference)];

    /// <inheritdoc/>
    public sealed override bool CanConvertFrom(object? sourceValue, Type destinationType) =>
        sourceValue is not null
        && (destinationType == typeof(ParentReference) || Readers.Value.ContainsKey(destinationType));

    /// <inheritdoc/>
    public sealed override object ConvertFrom(
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
            return Readers.Value[destinationType].Transform(null!, sourceValue) switch
            {
                Array { Length: 1 } read => read.GetValue(0)!,
                Array => throw new PSInvalidCastException("Expected one value, not a list."),
                { } read when destinationType.IsInstanceOfType(read) => read,
                _ => throw new PSInvalidCastException(
                    $"{ValueText.Given(sourceValue)} cannot be read as {destinationType.Name}."
                ),
            };
        }
        catch (RefusedArgumentException refused)
        {
            throw new PSInvalidCastException(refused.Message, refused);
        }
    }
}
