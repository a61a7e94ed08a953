namespace PolarPS.Commands;

/// <summary>Takes a length of time as a TimeSpan, as its text (00:05:00), or as a number of seconds.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The shortest that is taken, in seconds.</summary>
    public double MinimumSeconds { get; set; }

    /// <summary>The longest that is taken, in seconds.</summary>
    public double MaximumSeconds { get; set; } = TimeSpan.FromDays(3650).TotalSeconds;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        var time = value switch
        {
            TimeSpan span => span,
            int or long or double or decimal or float or short or byte => Seconds(
                Convert.ToDouble(value, CultureInfo.InvariantCulture)
            ),
            string text
                when double.TryParse(
                    text,
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var seconds
                ) => Seconds(seconds),
            string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) => span,
            _ => throw new RefusedArgumentException(
                $"{ValueText.Given(inputData)} is not a length of time. Use seconds, such as 30, or a TimeSpan, such as 00:05:00."
            ),
        };
        return time.TotalSeconds >= MinimumSeconds && time.TotalSeconds <= MaximumSeconds
            ? time
            : throw new RefusedArgumentException(
                FormattableString.Invariant(
                    $"{ValueText.Given(inputData)} is out of range: {MinimumSeconds} to {MaximumSeconds} seconds are possible."
                )
            );
    }

    private static TimeSpan Seconds(double seconds) =>
        double.IsNaN(seconds) || Math.Abs(seconds) > TimeSpan.MaxValue.TotalSeconds / 2
            ? throw new RefusedArgumentException("This is not a length of time.")
            : TimeSpan.FromSeconds(seconds);
}
