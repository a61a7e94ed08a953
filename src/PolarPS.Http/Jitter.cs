#if !NET6_0_OR_GREATER
#endif

namespace PolarPS.Http;

/// <summary>Randomness for waits, from any thread.</summary>
internal static class Jitter
{
#if !NET6_0_OR_GREATER
    private static readonly ThreadLocal<Random> Source = new(static () => new Random(Guid.NewGuid().GetHashCode()));
#endif

    public static TimeSpan UpTo(TimeSpan limit) => TimeSpan.FromTicks((long)(limit.Ticks * Next()));

    private static double Next() =>
#if NET6_0_OR_GREATER
        Random.Shared.NextDouble();
#else
        Source.Value!.NextDouble();
#endif
}
