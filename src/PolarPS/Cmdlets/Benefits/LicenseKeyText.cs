using System.ComponentModel;
using System.Security;
using PolarPS.Commands;

namespace PolarPS;

/// <summary>
/// A license key as its user has it. It is given as text; here it is wrapped, so that it shows nowhere as a whole: not in
/// prompts, errors, traces of parameter binding or $PSBoundParameters.
/// </summary>
[TypeConverter(typeof(ReadingConverter))]
public sealed class LicenseKeyText
{
    private const int Shown = 6;

    internal LicenseKeyText(string value, string? organizationId = null)
    {
        Value = value;
        OrganizationId = organizationId;
    }

    /// <summary>The end of the key, as Polar shows it too; of a text too short to be a key nothing.</summary>
    public string DisplayKey => Value.Length >= 3 * Shown ? "****-" + Value.Substring(Value.Length - Shown) : "****";

    /// <summary>The key itself.</summary>
    internal string Value { get; }

    /// <summary>The organization that gave it out, where the key came as an object; else null.</summary>
    internal string? OrganizationId { get; }

    /// <summary>The end of the key; never the whole.</summary>
    /// <returns>Such as <c>****-9F2C1A</c>.</returns>
    public override string ToString() => DisplayKey;
}

/// <summary>
/// Makes a parameter accept a license key's text (plain, or secured as from a vault), a license key from Polar, or an object with
/// a property Key such as a row of a CSV file. What is refused is not repeated in the message: it may be a key all the same.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LicenseKeyTextTransformationAttribute : ArgumentTransformationAttribute, IReferenceTransformation
{
    Type IReferenceTransformation.Model => typeof(LicenseKey);

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value switch
        {
            null or LicenseKeyText => value,
            string text => Checked(text, null),
            LicenseKey key => Checked(key.Key, key.OrganizationId),
            SecureString secret => Checked(Secrets.Text(secret)!, null),
            PolarObject other => throw new RefusedArgumentException(
                $"Expected a license key, but this is {Kinds.OneOf(other.GetType())}."
            ),
            _ when PlainValues.EntriesOf(value)?.ToList() is { } fields => Checked(
                TextOf(fields, "Key"),
                TextOf(fields, "OrganizationId")
            ),
            _ => throw new RefusedArgumentException(
                "Expected the text of a license key, or a license key from Get-PolarLicenseKey."
            ),
        };
    }

    private static LicenseKeyText Checked(string? text, string? organizationId) =>
        string.IsNullOrWhiteSpace(text)
            ? throw new RefusedArgumentException("Expected the text of a license key, and this object has none.")
            : new LicenseKeyText(text!.Trim(), Guid.TryParseExact(organizationId, "D", out _) ? organizationId : null);

    // An object in it would be a key made of the name of its type.
    private static string? TextOf(List<KeyValuePair<string, object?>> fields, string name) =>
        fields.Find(field => name.Equals(field.Key, StringComparison.OrdinalIgnoreCase)).Value is { } given
        && ValueReader.Read(given, typeof(string), out var text) is null
            ? (string?)text
            : null;
}
