using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Http;

/// <summary>
/// What all requests of a connection pass. Polar counts requests per organization, so whoever is told to wait is told for
/// all of them; those who went on regardless would prolong the wait.
/// </summary>
internal sealed class RateGate
{
    private static readonly TimeSpan Spread = TimeSpan.FromMilliseconds(200);

    private long _opensAt = Stopwatch.GetTimestamp();

    /// <summary>Closes the gate for so long from now, or leaves it closed if that was longer.</summary>
    public void Close(TimeSpan wait)
    {
        var opensAt = Stopwatch.GetTimestamp() + (long)(wait.TotalSeconds * Stopwatch.Frequency);
        var current = Volatile.Read(ref _opensAt);
        while (opensAt > current)
        {
            var seen = Interlocked.CompareExchange(ref _opensAt, opensAt, current);
            if (seen == current)
            {
                return;
            }

            current = seen;
        }
    }

    /// <summary>Returns when the gate is open.</summary>
    /// <param name="waiting">Told once how long it will take, if it is closed; may throw not to wait.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public async Task PassAsync(Action<TimeSpan> waiting, CancellationToken cancellationToken)
    {
        var told = false;
        while (true)
        {
            var left = -Clock.Since(Volatile.Read(ref _opensAt));
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            if (!told)
            {
                told = true;
                waiting(left);
            }

            // Not all at the same moment, or the first ones through the gate close it again for the rest.
            await Task.Delay(left + Jitter.UpTo(Spread), cancellationToken).ConfigureAwait(false);
        }
    }
}
