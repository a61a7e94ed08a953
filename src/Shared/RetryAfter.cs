using System.Net.Http;
using System.Net.Http.Headers;

namespace PolarPS;

/// <summary>The one reader, and writer, of <c>Retry-After</c>.</summary>
internal static class RetryAfter
{
    private const string Name = "Retry-After";
    private const double LongestSeconds = 366 * 24 * 3600;

    /// <summary>How long a response asks to wait, never negative; null if it does not, or in an unreadable form.</summary>
    public static TimeSpan? Of(HttpResponseMessage response)
    {
        // The framework's own parser knows neither fractions nor negative numbers.
        if (!response.Headers.TryGetValues(Name, out var values))
        {
            return null;
        }

        TimeSpan? longest = null;
        foreach (var value in values)
        {
            var wait = Read(value, response.Headers.Date);
            longest = longest > wait ? longest : wait ?? longest;
        }

        return longest;
    }

    /// <summary>Reads a value: seconds, also with a fraction, or an HTTP date. A date in the past is no wait.</summary>
    /// <param name="text">The header's value.</param>
    /// <param name="serverTime">
    /// The server's own clock, where it shows it: the two may differ by more than the wait. Null for this computer's.
    /// </param>
    /// <returns>The wait, at most a year; null when it cannot be read.</returns>
    public static TimeSpan? Read(string? text, DateTimeOffset? serverTime = null)
    {
        text = text?.Trim();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return double.IsNaN(seconds) || double.IsInfinity(seconds) ? null : Limited(seconds);
        }

        return RetryConditionHeaderValue.TryParse(text, out var parsed) && parsed.Date is { } date
            ? Limited((date - (serverTime ?? DateTimeOffset.UtcNow)).TotalSeconds)
            : null;
    }

    /// <summary>A wait as the header has it.</summary>
    public static string Write(TimeSpan wait) => wait.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    private static TimeSpan Limited(double seconds) =>
        TimeSpan.FromSeconds(Math.Max(0, Math.Min(seconds, LongestSeconds)));
}
