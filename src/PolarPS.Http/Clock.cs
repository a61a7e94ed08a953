using System;
using System.Diagnostics;

namespace PolarPS.Http;

/// <summary>Elapsed time that no change of the computer's clock can bend, without an object per measurement.</summary>
internal static class Clock
{
    public static TimeSpan Since(long timestamp) =>
        TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - timestamp) / (double)Stopwatch.Frequency);
}
