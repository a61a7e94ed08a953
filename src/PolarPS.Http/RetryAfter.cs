using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;

namespace PolarPS.Http;

/// <summary>Reads how long the server asks to wait.</summary>
internal static class RetryAfter
{
    private const double LongestSeconds = 366 * 24 * 3600;

    /// <summary>The wait, never negative; null when the answer asks for none.</summary>
    public static TimeSpan? Of(HttpResponseMessage response)
    {
        // The framework's own parser knows no negative number.
        if (!response.Headers.TryGetValues("Retry-After", out var values))
        {
            return null;
        }

        var text = values.FirstOrDefault()?.Trim();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return double.IsNaN(seconds) ? null : NotNegative(TimeSpan.FromSeconds(Math.Min(seconds, LongestSeconds)));
        }

        if (RetryConditionHeaderValue.TryParse(text, out var parsed) && parsed.Date is { } date)
        {
            // The server's own clock where it shows it: the two may differ by more than the wait.
            return NotNegative(date - (response.Headers.Date ?? DateTimeOffset.UtcNow));
        }

        return null;
    }

    private static TimeSpan NotNegative(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
}
