namespace PolarPS.Client.Models;

/// <summary>Something that happened: one of your own events, or one that Polar recorded. One class for every event, which <see cref="Name"/> and <see cref="Source"/> tell apart; what is special about it is its metadata.</summary>
public sealed class PolarEvent : PolarObject, IHasMetadata
{
    /// <summary>The event's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>What happened: your own word, or one of Polar's with a dot in it, such as <c>subscription.created</c>.</summary>
    public string? Name { get; set; }

    /// <summary>The same for people.</summary>
    public string? Label { get; set; }

    /// <summary>Who recorded it: <c>user</c> (you) or <c>system</c> (Polar).</summary>
    public string? Source { get; set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>Polar's id of the customer; null while the customer is not known to Polar.</summary>
    public string? CustomerId { get; set; }

    /// <summary>The customer; null while not known to Polar.</summary>
    public Customer? Customer { get; set; }

    /// <summary>Your own id of the customer; null for none.</summary>
    public string? ExternalCustomerId { get; set; }

    /// <summary>The id of the member of the team who did it; null for none.</summary>
    public string? MemberId { get; set; }

    /// <summary>Your own id of that member; null for none.</summary>
    public string? ExternalMemberId { get; set; }

    /// <summary>The id of the event that it is a part of; null for none.</summary>
    public string? ParentId { get; set; }

    /// <summary>How many child events it has.</summary>
    public int? ChildCount { get; set; }

    /// <summary>Its metadata. <c>_cost</c> holds what it cost you, <c>_llm</c> the use of a language model, each with values of its own; amounts with decimals are text there.</summary>
    public PolarMetadata? Metadata { get; set; }

    /// <summary>The id of the organization.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>What happened.</summary>
    /// <returns>The name, or the id where there is none.</returns>
    private protected override string Describe() => Name ?? Id ?? string.Empty;
}
