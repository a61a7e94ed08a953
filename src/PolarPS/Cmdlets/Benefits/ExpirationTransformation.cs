using System.Text.RegularExpressions;

namespace PolarPS.Commands;

/// <summary>
/// Accepts the validity of a license key as text such as "1 year", a time span of whole days, or what another benefit has. A
/// number alone is refused: nobody could tell what it counts.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExpirationTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly Regex Text = new(
        @"^\s*(?<count>[0-9]{1,9})\s*(?<unit>[A-Za-z_]+?)s?\s*$",
        RegexOptions.CultureInvariant
    );

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        switch (value)
        {
            case null:
            case LicenseKeyExpiration:
                return value;
            case TimeSpan span when span > TimeSpan.Zero && span.Ticks % TimeSpan.TicksPerDay == 0:
                return new LicenseKeyExpiration { Ttl = (int)span.TotalDays, Timeframe = "day" };
            case string text when Text.Match(text) is { Success: true } match:
                var count = int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);
                if (count > 0)
                {
                    return new LicenseKeyExpiration
                    {
                        Ttl = count,
                        Timeframe = match.Groups["unit"].Value.ToLowerInvariant(),
                    };
                }

                break;
        }

        throw new RefusedArgumentException(
            $"'{Redactor.Redact(Convert.ToString(value, CultureInfo.InvariantCulture))}' is not a validity period. Give a number and a unit, such as '30 days', '6 months' or '1 year'."
        );
    }
}
