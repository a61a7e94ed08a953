namespace PolarPS.Client.Models;

/// <summary>A name that events have, and how often it came.</summary>
public sealed class EventName : PolarObject
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The same for people.</summary>
    public string? Label { get; set; }

    /// <summary>Who records such events: <c>user</c> (you) or <c>system</c> (Polar).</summary>
    public string? Source { get; set; }

    /// <summary>How many there are.</summary>
    public long? Occurrences { get; set; }

    /// <summary>When the first came.</summary>
    public DateTimeOffset? FirstSeen { get; set; }

    /// <summary>When the last came.</summary>
    public DateTimeOffset? LastSeen { get; set; }

    /// <summary>The name.</summary>
    /// <returns>The name; empty when there is none.</returns>
    private protected override string Describe() => Name ?? string.Empty;
}
