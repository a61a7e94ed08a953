namespace PolarPS.Emulator;

/// <summary>
/// The version of the API that the emulator answers as. Polar has two more, a deprecated and a coming one: a caller that asks for
/// these is told that there are none here, instead of being answered in another's shape.
/// </summary>
internal static class ApiVersions
{
    public const string Current = PolarApi.Version;

    /// <summary>The version that a request is for; null where it is none that is spoken here.</summary>
    public static string? Choose(string? header)
    {
        var wanted = header?.Trim();
        return string.IsNullOrEmpty(wanted) || wanted == Current ? Current : null;
    }
}
