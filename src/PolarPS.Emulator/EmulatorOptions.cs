using System;

namespace PolarPS.Emulator;

/// <summary>What an emulator starts with.</summary>
public sealed class EmulatorOptions
{
    /// <summary>Ids, tokens and generated data follow from it: the same seed gives the same shop.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Starts with an organization and nothing else, instead of the furnished shop.</summary>
    public bool Empty { get; set; }

    /// <summary>Tells the time; null for the computer's clock. Created things are stamped with it.</summary>
    public Func<DateTimeOffset>? Clock { get; set; }

    /// <summary>How many generated products there are besides the shop's own, for long lists.</summary>
    public int ProductCount { get; set; }

    /// <summary>Answers as the sandbox does, which marks its answers with a header.</summary>
    public bool Sandbox { get; set; }

    /// <summary>
    /// How many requests an organization, a user or an anonymous caller may send a minute before it is told to wait; null
    /// for as many as it likes.
    /// </summary>
    public int? RateLimitPerMinute { get; set; }
}
