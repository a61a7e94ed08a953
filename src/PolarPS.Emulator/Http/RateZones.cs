using System.Text.RegularExpressions;

namespace PolarPS.Emulator;

/// <summary>
/// The limits that Polar has for some paths, besides the one for all: who goes beyond one of these is shut out for a while. A
/// token that has not been used for some minutes counts by itself until it is known whose it is.
/// </summary>
internal sealed class RateZones
{
    private const int Second = 1;
    private const int Minute = 60;
    private const int Hour = 60 * Minute;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private static readonly Zone[] Special =
    [
        new(
            "^/v1/customer-portal/customers/me/email-update/(request|check|verify)",
            15 * Minute,
            (Minute, 6),
            (Hour, 12)
        ),
        new("^/v1/customer-portal/license-keys/(validate|activate|deactivate)", Minute, (Second, 3)),
        new("^/v1/checkouts/.+/confirm", 30 * Minute, (Minute, 6), (Hour, 20)),
    ];

    private static readonly Zone Pending = new("^/v1", 0, (Minute, 60));

    private readonly Zone _usual;
    private readonly Dictionary<string, Count> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _known = new(StringComparer.Ordinal);

    /// <param name="isSandbox">The sandbox allows less.</param>
    public RateZones(bool isSandbox) => _usual = new Zone("^/v1", 0, (Minute, isSandbox ? 100 : 500));

    /// <summary>Counts a request; gives the seconds to wait where it is one too many.</summary>
    /// <param name="path">What is asked for.</param>
    /// <param name="token">The token that was sent; null for none.</param>
    /// <param name="caller">Whose token it is.</param>
    /// <param name="now">The time.</param>
    public int? Admit(string path, string? token, string caller, DateTimeOffset now)
    {
        lock (_counts)
        {
            var isPending = token is not null && !(_known.TryGetValue(token, out var seen) && now - seen < Remembered);
            var zone = Array.Find(Special, special => special.Matches(path)) ?? (isPending ? Pending : _usual);
            var wait = CountIn(zone, isPending ? "token " + token : caller, now);
            if (wait is null && token is not null && isPending)
            {
                _known[token] = now;
            }

            return wait;
        }
    }

    private int? CountIn(Zone zone, string caller, DateTimeOffset now)
    {
        int? wait = null;
        foreach (var (seconds, most) in zone.Limits)
        {
            var key = $"{zone.Pattern} {seconds} {caller}";
            if (!_counts.TryGetValue(key, out var count) || now >= count.End)
            {
                _counts[key] = count = new Count(now.AddSeconds(seconds));
            }

            count.Requests++;
            if (count.Requests > most)
            {
                if (zone.Block > 0 && count.Requests == most + 1)
                {
                    count.End = now.AddSeconds(zone.Block);
                }

                wait = Math.Max(wait ?? 1, (int)Math.Ceiling((count.End - now).TotalSeconds));
            }
        }

        return wait;
    }

    private sealed class Zone
    {
        private readonly Regex _pattern;

        public Zone(string pattern, int block, params (int Seconds, int Most)[] limits)
        {
            Pattern = pattern;
            Block = block;
            Limits = limits;
            _pattern = new Regex(pattern, RegexOptions.CultureInvariant);
        }

        public string Pattern { get; }

        /// <summary>For how many seconds nothing goes after that; 0 for until the time that is counted over.</summary>
        public int Block { get; }

        public (int Seconds, int Most)[] Limits { get; }

        public bool Matches(string path) => _pattern.IsMatch(path);
    }

    private sealed class Count
    {
        public Count(DateTimeOffset end) => End = end;

        public DateTimeOffset End { get; set; }

        public int Requests { get; set; }
    }
}
