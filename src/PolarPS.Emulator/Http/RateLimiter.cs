namespace PolarPS.Emulator;

/// <summary>Counts requests by caller in windows of a minute.</summary>
internal sealed class RateLimiter
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Count> _counts = new(StringComparer.Ordinal);

    public RateLimiter(int limit) => Limit = limit;

    public int Limit { get; }

    /// <summary>Counts a request; gives the seconds to wait when it is one too many.</summary>
    public int? Admit(string caller, DateTimeOffset now)
    {
        lock (_counts)
        {
            if (!_counts.TryGetValue(caller, out var count) || now - count.Start >= Window)
            {
                count = new Count(now);
                _counts[caller] = count;
            }

            count.Requests++;
            if (count.Requests <= Limit)
            {
                return null;
            }

            return Math.Max(1, (int)Math.Ceiling((count.Start + Window - now).TotalSeconds));
        }
    }

    private sealed class Count
    {
        public Count(DateTimeOffset start) => Start = start;

        public DateTimeOffset Start { get; }

        public int Requests { get; set; }
    }
}
