namespace PolarPS.Commands;

/// <summary>How the limits of a custom field are sent, and which kinds have which.</summary>
internal static class CustomFieldLimits
{
    public const string Text = "Text";
    public const string Number = "Number";
    public const string Date = "Date";
    public const string Select = "Select";

    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The kind of field that a parameter set is for; null where it is for all.</summary>
    public static string? KindOf(string parameterSet) =>
        parameterSet is Text or Number or Date or Select ? parameterSet.ToLowerInvariant() : null;

    /// <summary>Sets a day in the properties in Polar's form: the seconds from 1970 to its beginning in UTC.</summary>
    /// <exception cref="ArgumentException">The day is later than Polar can store.</exception>
    public static void SetDay(RequestBody body, string name, DateTime? day)
    {
        var properties = FieldPath.Group(body, "properties");
        if (day is not { } given)
        {
            properties[name] = null;
            return;
        }

        // The day that was written, wherever the computer stands.
        var seconds = (long)(given.Date - Epoch.Date).TotalSeconds;
        properties[name] = seconds is >= int.MinValue and <= int.MaxValue
            ? seconds
            : throw new ArgumentException(
                $"Polar stores dates from 1901-12-14 to 2038-01-19; {given.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} is out of range."
            );
    }
}
