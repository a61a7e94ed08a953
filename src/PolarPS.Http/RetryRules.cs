using System.Net;
using System.Net.Http;

namespace PolarPS.Http;

/// <summary>When the next attempt is due, and whether the server has said so.</summary>
internal readonly struct RetryPlan
{
    private RetryPlan(TimeSpan delay, TimeSpan asked, string? why)
    {
        Delay = delay;
        Asked = asked;
        Why = why;
    }

    public static RetryPlan Backoff => default;

    public TimeSpan Delay { get; }

    /// <summary>What the server asked for, if <see cref="Why"/> is set.</summary>
    public TimeSpan Asked { get; }

    /// <summary>How long to pause here. A wait that the server asks for is the gate's: there the request keeps its place.</summary>
    public TimeSpan Pause => Why is null ? Delay : TimeSpan.Zero;

    /// <summary>Why the server asks to wait; null if it does not.</summary>
    public string? Why { get; }

    public static RetryPlan AsAsked(TimeSpan wait, string why) => new(wait, wait, why);

    /// <summary>The plan with its actual delay, jitter included: requests that failed together must not return together.</summary>
    public RetryPlan WithDelay(TransportOptions options, int retries)
    {
        if (Why is not null)
        {
            return this;
        }

        var longest = Math.Min(
            options.BackoffCap.Ticks,
            options.BackoffBase.Ticks * Math.Pow(2, Math.Min(retries, 30))
        );
        var half = TimeSpan.FromTicks((long)(longest / 2));
        return new(half + Jitter.UpTo(half), TimeSpan.Zero, null);
    }
}

/// <summary>Which outcomes are worth another attempt. Money must not move twice: in doubt, a write is not sent again.</summary>
internal static class RetryRules
{
    public const string RateLimit = "rate limit";

    public static RetryPlan? AfterAnswer(HttpResponseMessage response, bool isRepeatable)
    {
        var asked = RetryAfter.Of(response);
        var status = (int)response.StatusCode;
        return status switch
        {
            // Refused before it was processed, so any method may be retried. Without the header it is a response from
            // Polar's own rules ("no more attempts at this payment"), which stays the same however long one waits.
            429 => asked is null ? null : RetryPlan.AsAsked(asked.Value, RateLimit),
            _ when !isRepeatable => null,
            _ when asked is not null && HttpStatuses.MayAskToWait(status) => RetryPlan.AsAsked(
                asked.Value,
                "service unavailable"
            ),
            _ => HttpStatuses.IsUnsettled(status) ? RetryPlan.Backoff : null,
        };
    }

    public static RetryPlan? AfterFailure(Exception failure, bool isRepeatable, bool mayHaveReached, int nameFailures)
    {
        if (failure is not (HttpRequestException or TimeoutException))
        {
            return null;
        }

        var worthIt = Failures.KindOf(failure) switch
        {
            FailureKind.NotTrusted => false,
            FailureKind.NameNotFound => nameFailures < 2,
            _ => true,
        };
        return worthIt && (isRepeatable || !mayHaveReached) ? RetryPlan.Backoff : null;
    }
}
