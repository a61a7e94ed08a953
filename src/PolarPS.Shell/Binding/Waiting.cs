using System.Diagnostics;

namespace PolarPS.Commands;

/// <summary>Waits for what Polar makes later, such as an invoice.</summary>
internal static class Waiting
{
    /// <summary>
    /// Polls, with growing pauses, until there is an answer. Ctrl+C ends the waiting; progress shows it.
    /// </summary>
    /// <param name="cmdlet">Who waits.</param>
    /// <param name="activity">What is waited for, such as "Waiting for the invoice".</param>
    /// <param name="limit">How long at most.</param>
    /// <param name="ask">Returns null while there is nothing yet.</param>
    /// <returns>The answer; null when the time was up.</returns>
    public static T? WaitFor<T>(
        this PolarCmdlet cmdlet,
        string activity,
        TimeSpan limit,
        Func<CancellationToken, Task<T?>> ask
    )
        where T : class
    {
        var waited = Stopwatch.StartNew();
        var pause = TimeSpan.FromMilliseconds(500);
        try
        {
            while (true)
            {
                if (cmdlet.Await(ask) is { } answer)
                {
                    return answer;
                }

                var left = limit - waited.Elapsed;
                if (left <= TimeSpan.Zero)
                {
                    return null;
                }

                cmdlet.Progress.ShowTask(
                    activity,
                    FormattableString.Invariant($"{waited.Elapsed.TotalSeconds:N0} s of {limit.TotalSeconds:N0} s")
                );
                cmdlet.Await(token => Task.Delay(pause < left ? pause : left, token));
                pause = TimeSpan.FromMilliseconds(Math.Min(5000, pause.TotalMilliseconds * 1.5));
            }
        }
        finally
        {
            cmdlet.Progress.HideTask(activity);
        }
    }
}
