using System.Diagnostics;

namespace PolarPS.Http;

/// <summary>Elapsed time independent of changes to the computer's clock, without an object per measurement.</summary>
internal static class Clock
{
    public static TimeSpan Since(long timestamp) =>
        TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - timestamp) / (double)Stopwatch.Frequency);
}
