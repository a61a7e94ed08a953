namespace PolarPS.Emulator;

/// <summary>
/// The emulator's time. No two stamps are equal and none goes back, even when the given clock stands still: whatever is
/// created later sorts as created later.
/// </summary>
internal sealed class Clock
{
    // Read by requests that do not hold the store's gate: swapped as a whole.
    private volatile Hands _hands;
    private DateTimeOffset _last = DateTimeOffset.MinValue;
    private DateTimeOffset? _fixed;

    /// <param name="source">Tells the time; null for the computer's clock.</param>
    /// <param name="start">The time to begin with, from which on it goes as the source does; null for the source's own.</param>
    /// <param name="isFrozen">Whether it stands still until it is moved.</param>
    public Clock(Func<DateTimeOffset>? source, DateTimeOffset? start = null, bool isFrozen = false)
    {
        source ??= () => DateTimeOffset.UtcNow;
        var now = source().ToUniversalTime();
        var time = start?.ToUniversalTime() ?? now;
        _hands = new Hands(source, time - now, isFrozen ? time : null);
    }

    /// <summary>The time for code that holds the store's gate: while catching up on the past, the time of the current event.</summary>
    public DateTimeOffset Now => _fixed ?? Present;

    /// <summary>The time as seen from outside the emulator.</summary>
    public DateTimeOffset Present => _hands.Show();

    /// <summary>Whether it stands still until it is moved.</summary>
    public bool IsFrozen
    {
        get => _hands.StoppedAt is not null;
        set
        {
            if (value != IsFrozen)
            {
                var now = Present;
                _hands = value
                    ? _hands with
                    {
                        StoppedAt = now,
                    }
                    : _hands with
                    {
                        StoppedAt = null,
                        Ahead = now - _hands.Source(),
                    };
            }
        }
    }

    /// <summary>A new stamp for something that is created or changed now.</summary>
    public string Stamp()
    {
        var now = Now;
        now = new DateTimeOffset(now.Ticks - (now.Ticks % 10), TimeSpan.Zero);
        if (_fixed is null)
        {
            if (now <= _last)
            {
                now = _last.AddTicks(10);
            }

            _last = now;
        }

        return Timestamps.Format(now);
    }

    /// <summary>Moves the clock further ahead of its source by this much.</summary>
    public void Advance(TimeSpan time)
    {
        var hands = _hands;
        _hands = hands.StoppedAt is { } stopped
            ? hands with
            {
                StoppedAt = stopped + time,
            }
            : hands with
            {
                Ahead = hands.Ahead + time,
            };
    }

    /// <summary>Sets the time while the shop's history is created; null lets the clock run.</summary>
    public void Set(DateTimeOffset? time) => _fixed = time;

    private sealed record Hands(Func<DateTimeOffset> Source, TimeSpan Ahead, DateTimeOffset? StoppedAt)
    {
        public DateTimeOffset Show() => StoppedAt ?? Source().ToUniversalTime() + Ahead;
    }
}
