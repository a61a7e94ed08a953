using System.Collections.Concurrent;

namespace PolarPS;

/// <summary>The limits of a connection, from Connect-Polar. The transport enforces them.</summary>
internal sealed record ConnectionRails
{
    public static ConnectionRails None => new() { ReadOnly = EnvironmentVariables.IsReadOnly };

    public bool ReadOnly { get; init; }

    /// <summary>The slug or the id of an organization; null for any.</summary>
    public string? ExpectedOrganization { get; init; }

    /// <summary>In minor units, by currency in lower case; null for no limit.</summary>
    public IReadOnlyDictionary<string, long>? MoneyLimits { get; init; }

    /// <summary>How often money may be moved; null for no limit.</summary>
    public int? MoneyCount { get; init; }

    /// <summary>The used part of the limits.</summary>
    public ConcurrentDictionary<string, long> Used { get; } = new(StringComparer.Ordinal);
}
