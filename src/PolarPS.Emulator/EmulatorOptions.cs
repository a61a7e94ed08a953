namespace PolarPS.Emulator;

/// <summary>The initial settings of an emulator.</summary>
public sealed class EmulatorOptions
{
    /// <summary>
    /// Ids, tokens and generated data follow from it: the same seed gives the same shop. Null for the usual shop with tokens of
    /// its own, which nobody can know beforehand.
    /// </summary>
    public int? Seed { get; set; }

    /// <summary>What the shop follows from; its tokens have a seed of their own.</summary>
    internal int ShopSeed => Seed ?? 1;

    /// <summary>Starts with an empty organization instead of the sample shop.</summary>
    public bool Empty { get; set; }

    /// <summary>The clock; null for the computer's. New objects get its time.</summary>
    public Func<DateTimeOffset>? Clock { get; set; }

    /// <summary>
    /// The time at which it starts; it continues from there as <see cref="Clock"/> does. Null for the clock's own. Not before
    /// <see cref="PolarEmulator.EarliestStart"/>.
    /// </summary>
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>Whether its clock is frozen until it is moved.</summary>
    public bool FreezeClock { get; set; }

    /// <summary>How many generated products there are besides the shop's own, for long lists.</summary>
    public int ProductCount { get; set; }

    /// <summary>The scopes of the shop's token, such as products:read; none for all.</summary>
    public IList<string> Scopes { get; } = [];

    /// <summary>Responds like the sandbox, which marks its responses with a header.</summary>
    public bool Sandbox { get; set; }

    /// <summary>
    /// How many requests an organization, a user or an anonymous caller may send a minute before it is told to wait; null
    /// for no limit.
    /// </summary>
    public int? RateLimitPerMinute { get; set; }

    /// <summary>
    /// Whether it has the limits that Polar has for single paths, such as confirming a checkout or validating a license key in
    /// the portal, and for tokens that it has not seen before.
    /// </summary>
    public bool RateZones { get; set; }

    /// <summary>How long every answer takes at least.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The initial fault rules. The emulator counts with its own copies.</summary>
    public IList<FaultRule> Faults { get; } = [];
}
