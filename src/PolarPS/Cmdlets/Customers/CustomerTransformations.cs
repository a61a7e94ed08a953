namespace PolarPS.Commands;

/// <summary>
/// Makes a parameter accept an address as <see cref="SettingsTransformationAttribute"/> does, also from a column of a row.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddressTransformationAttribute : ReadingAttribute
{
    private static readonly SettingsTransformationAttribute Settings = new(typeof(AddressInput))
    {
        From = typeof(Address),
    };

    private protected override bool IsScalar => false;

    private protected override string? Read(object? value, out object? result)
    {
        result = null;
        if (value is null or "")
        {
            return "The address is empty.";
        }

        try
        {
            result = Settings.Transform(null!, value);
            return null;
        }
        catch (RefusedArgumentException exception)
        {
            return exception.Message;
        }
    }
}

/// <summary>Accepts a tax number as text, or the number with its type as customers have it; only the number is sent.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TaxIdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PSValue.Items(inputData) is { } pair ? pair.FirstOrDefault() : inputData;
}
