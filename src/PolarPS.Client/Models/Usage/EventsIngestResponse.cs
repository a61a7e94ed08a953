namespace PolarPS.Client.Models;

/// <summary>What came of events that were sent.</summary>
public sealed class EventsIngestResponse : PolarObject
{
    /// <summary>How many were new.</summary>
    public long? Inserted { get; set; }

    /// <summary>How many were there already, by their own ids, and were left out.</summary>
    public long? Duplicates { get; set; }

    /// <summary>The counts in words.</summary>
    /// <returns>Such as <c>98 inserted, 2 duplicates</c>.</returns>
    private protected override string Describe() => $"{Inserted} inserted, {Duplicates ?? 0} duplicates";
}
