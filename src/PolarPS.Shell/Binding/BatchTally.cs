using System.Diagnostics;

namespace PolarPS.Commands;

/// <summary>How far a batch is: what has come of its keys, how fast it is, and how long it will take.</summary>
/// <param name="cmdlet">Shows it.</param>
/// <param name="address">Polar's address, which tells its rate limit.</param>
/// <param name="total">How many keys there are.</param>
internal sealed class BatchTally(ScreenCmdlet cmdlet, Uri address, int total)
{
    private const int Id = 1;
    private const string Activity = "Running the batch";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Dictionary<BatchState, int> _states = [];
    private TimeSpan _shownAt = TimeSpan.MinValue;
    private int _skipped;
    private bool _isShown;

    /// <summary>Counts a key that was run now.</summary>
    public void Count(BatchState state) => _states[state] = (_states.TryGetValue(state, out var count) ? count : 0) + 1;

    /// <summary>Counts a key that was left as it is.</summary>
    public void Skip(BatchState? state)
    {
        _skipped++;
        Count(state ?? BatchState.Done);
    }

    /// <summary>Shows it, not too often.</summary>
    /// <param name="sent">How many requests were sent.</param>
    public void Show(long sent)
    {
        if (_isShown && _watch.Elapsed - _shownAt < Interval)
        {
            return;
        }

        (_isShown, _shownAt) = (true, _watch.Elapsed);
        var done = _states.Values.Sum();
        var ran = done - _skipped;
        var seconds = _watch.Elapsed.TotalSeconds;
        var left = SecondsLeft(ran, total - done, sent, seconds);
        var states = string.Join(
            ", ",
            _states.OrderBy(static state => state.Key).Select(static state => Text(state.Value, state.Key))
        );
        var rate =
            ran > 0 && seconds > 1 ? FormattableString.Invariant($"; {ran / seconds:0.#} a second") : string.Empty;
        cmdlet.WriteProgress(
            new ProgressRecord(
                Id,
                Activity,
                FormattableString.Invariant($"{done:N0} of {total:N0}")
                    + (states.Length > 0 ? ": " + states : string.Empty)
                    + rate
            )
            {
                PercentComplete = (int)(100L * done / Math.Max(1, total)),
                SecondsRemaining = left,
            }
        );
    }

    /// <summary>Clears what was shown.</summary>
    public void Hide()
    {
        if (_isShown)
        {
            _isShown = false;
            try
            {
                cmdlet.WriteProgress(
                    new ProgressRecord(Id, Activity, "done") { RecordType = ProgressRecordType.Completed }
                );
            }
            catch (PipelineStoppedException)
            {
                // PowerShell clears it by itself.
            }
        }
    }

    // As fast as up to now, but never faster than Polar allows.
    private int SecondsLeft(int ran, int left, long sent, double seconds)
    {
        if (ran == 0 || seconds < 1)
        {
            return -1;
        }

        var asBefore = left * seconds / ran;
        var allowed = RateLimits.PerMinute(address) is { } limit ? left * ((double)sent / ran) * 60 / limit : 0;
        return (int)Math.Min(int.MaxValue, Math.Max(asBefore, allowed));
    }

    private static string Text(int count, BatchState state) =>
        count.ToString("N0", CultureInfo.InvariantCulture) + " " + state.ToString().ToLowerInvariant();
}
