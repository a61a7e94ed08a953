namespace PolarPS.Emulator;

/// <summary>
/// One event, kept small, because there may be very many: ids as numbers, names shared, and the metadata as the bytes that
/// it will be answered with.
/// </summary>
internal sealed class EventEntry
{
    public EventEntry(Guid id, string organizationId, DateTimeOffset timestamp, string name, byte[] metadata)
    {
        Id = id;
        OrganizationId = organizationId;
        Timestamp = timestamp;
        Name = name;
        Metadata = metadata;
    }

    public Guid Id { get; }

    public string OrganizationId { get; }

    public DateTimeOffset Timestamp { get; }

    /// <summary>When it came, which decides about the bill that it is on.</summary>
    public DateTimeOffset Arrived { get; init; }

    /// <summary>The prices that it is billed by, with their subscriptions; null for none.</summary>
    public IReadOnlyList<Charge>? Charges { get; set; }

    /// <summary>Its place among all events.</summary>
    public int Index { get; set; }

    public string Name { get; }

    /// <summary>Whether Polar itself made it.</summary>
    public bool IsSystem { get; init; }

    public string? CustomerId { get; init; }

    public string? ExternalCustomerId { get; init; }

    public string? MemberId { get; init; }

    public string? ExternalMemberId { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>The parent as it was given: an id of Polar's, or an external one.</summary>
    public string? Parent { get; init; }

    public byte[] Metadata { get; }
}

/// <summary>That an event is billed to a subscription, by one of its prices.</summary>
internal sealed record Charge(string SubscriptionId, string PriceId, string MeterId);
