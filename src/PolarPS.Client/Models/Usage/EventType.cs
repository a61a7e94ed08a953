namespace PolarPS.Client.Models;

/// <summary>A kind of event and its label. Lists also say how often it occurred; the response to an update leaves the rest null.</summary>
public sealed class EventType : PolarObject, IDated
{
    /// <summary>The kind's id, a UUID; null for Polar's own kinds.</summary>
    public string? Id { get; set; }

    /// <summary>The name that its events have.</summary>
    public string? Name { get; set; }

    /// <summary>The same for people.</summary>
    public string? Label { get; set; }

    /// <summary>Which value of an event's metadata takes the label's place, such as <c>subject</c>; null for none.</summary>
    public string? LabelPropertySelector { get; set; }

    /// <summary>Who records such events: <c>user</c> (you) or <c>system</c> (Polar).</summary>
    public string? Source { get; set; }

    /// <summary>How many there are.</summary>
    public long? Occurrences { get; set; }

    /// <summary>When the first came.</summary>
    public DateTimeOffset? FirstSeen { get; set; }

    /// <summary>When the last came.</summary>
    public DateTimeOffset? LastSeen { get; set; }

    /// <summary>The id of the organization.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>When it was created; null for Polar's own kinds.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The kind of event.</summary>
    /// <returns>The name, or the id where there is none.</returns>
    private protected override string Describe() => Name ?? Id ?? string.Empty;
}

/// <summary>What to change of a kind of event.</summary>
public sealed class EventTypeUpdate : RequestBody
{
    /// <summary>What people read, 1 to 128 characters.</summary>
    public string? Label
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Which value of an event's metadata takes the label's place, such as <c>subject</c>; at most 256 characters, null for none.</summary>
    public string? LabelPropertySelector
    {
        get => Get<string?>();
        set => Set(value);
    }
}
