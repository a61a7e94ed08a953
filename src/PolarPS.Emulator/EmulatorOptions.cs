using System;
using System.Collections.Generic;

namespace PolarPS.Emulator;

/// <summary>What an emulator starts with.</summary>
public sealed class EmulatorOptions
{
    /// <summary>Ids, tokens and generated data follow from it: the same seed gives the same shop.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Starts with an organization and nothing else, instead of the furnished shop.</summary>
    public bool Empty { get; set; }

    /// <summary>The clock; null for the computer's. New objects get its time.</summary>
    public Func<DateTimeOffset>? Clock { get; set; }

    /// <summary>
    /// The time at which it starts; it continues from there as <see cref="Clock"/> does. Null for the clock's own. Not before
    /// <see cref="PolarEmulator.EarliestStart"/>.
    /// </summary>
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>Whether its time stands still until it is moved.</summary>
    public bool FreezeClock { get; set; }

    /// <summary>How many generated products there are besides the shop's own, for long lists.</summary>
    public int ProductCount { get; set; }

    /// <summary>What the shop's token may do, such as products:read; none for everything.</summary>
    public IList<string> Scopes { get; } = [];

    /// <summary>Answers as the sandbox does, which marks its answers with a header.</summary>
    public bool Sandbox { get; set; }

    /// <summary>
    /// How many requests an organization, a user or an anonymous caller may send a minute before it is told to wait; null
    /// for as many as it likes.
    /// </summary>
    public int? RateLimitPerMinute { get; set; }

    /// <summary>How long every answer takes at least.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>What goes wrong on purpose from the start. The emulator counts with copies of its own.</summary>
    public IList<FaultRule> Faults { get; } = [];
}
