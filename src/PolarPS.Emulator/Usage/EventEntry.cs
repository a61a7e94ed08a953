using System;

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
