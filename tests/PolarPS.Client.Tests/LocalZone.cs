using System.Runtime.CompilerServices;
using Xunit;

namespace PolarPS.Client.Tests;

/// <summary>
/// All tests, and the processes that they start, run in a zone half an hour off every full one: where local time is that of
/// UTC, a time that is sent in the wrong one is not noticed.
/// </summary>
internal static class LocalZone
{
    private const string Name = "Asia/Kolkata";

    /// <summary>Why the local zone is that of UTC all the same; null where it is another.</summary>
    public static string? Problem =>
        OperatingSystem.IsWindows() && IsThatOfUtc
            ? "On Windows no process chooses its zone, and the computer's is that of UTC."
        : !TimeZoneInfo.TryFindSystemTimeZoneById(Name, out _) ? "This computer knows no time zones."
        : null;

    private static bool IsThatOfUtc => TimeZoneInfo.Local.BaseUtcOffset == TimeSpan.Zero;

    // A zone that is not that of UTC stays: the tests have to pass in it, too.
    [ModuleInitializer]
    internal static void Leave()
    {
        if (IsThatOfUtc)
        {
            Environment.SetEnvironmentVariable("TZ", Name);
            TimeZoneInfo.ClearCachedData();
        }
    }
}

/// <summary>A test that tells nothing where local time is that of UTC.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LocalZoneFactAttribute : FactAttribute
{
    public LocalZoneFactAttribute() => Skip = LocalZone.Problem!;
}

/// <summary>Such a test with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LocalZoneTheoryAttribute : TheoryAttribute
{
    public LocalZoneTheoryAttribute() => Skip = LocalZone.Problem!;
}
