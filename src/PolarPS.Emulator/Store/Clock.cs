using System;

namespace PolarPS.Emulator;

/// <summary>
/// The emulator's time. No two stamps are equal and none goes back, even when the given clock stands still: whatever is
/// created later sorts as created later.
/// </summary>
internal sealed class Clock
{
    private readonly Func<DateTimeOffset> _source;
    private DateTimeOffset _last = DateTimeOffset.MinValue;
    private DateTimeOffset? _fixed;
    private TimeSpan _ahead;

    public Clock(Func<DateTimeOffset>? source) => _source = source ?? (() => DateTimeOffset.UtcNow);

    public DateTimeOffset Now => _fixed ?? _source().ToUniversalTime() + _ahead;

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

    /// <summary>Lets the clock run ahead of its source by so much more.</summary>
    public void Advance(TimeSpan time) => _ahead += time;

    /// <summary>Sets the hands while the shop is furnished with its history; null lets the clock run.</summary>
    public void Set(DateTimeOffset? time) => _fixed = time;
}
