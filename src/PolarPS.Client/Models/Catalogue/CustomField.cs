namespace PolarPS.Client.Models;

/// <summary>A custom field that checkouts ask for. One class for every type, which <see cref="Type"/> names.</summary>
public sealed class CustomField : PolarObject, IDated, IHasMetadata
{
    /// <summary>The field's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The kind: <c>text</c>, <c>number</c>, <c>date</c>, <c>checkbox</c> or <c>select</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The key under which answers are stored.</summary>
    public string? Slug { get; set; }

    /// <summary>The name, for yourself.</summary>
    public string? Name { get; set; }

    /// <summary>How it is shown, and which answers it accepts.</summary>
    public CustomFieldProperties? Properties { get; set; }

    /// <summary>Your own keys and values (string, long, double, bool).</summary>
    public PolarMetadata? Metadata { get; set; }

    /// <summary>The id of the organization that asks.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The field's name.</summary>
    /// <returns>The name, or the slug where there is none.</returns>
    private protected override string Describe() => Name ?? Slug ?? string.Empty;
}

/// <summary>How a custom field is shown, and which answers it accepts; properties of other types are null.</summary>
public sealed class CustomFieldProperties : PolarObject
{
    /// <summary>The text beside the field; null for the field's name.</summary>
    public string? FormLabel { get; set; }

    /// <summary>The help below the field; null for none.</summary>
    public string? FormHelpText { get; set; }

    /// <summary>The text inside the empty field; null for none.</summary>
    public string? FormPlaceholder { get; set; }

    /// <summary><c>text</c>: whether it has several lines; null for one.</summary>
    public bool? Textarea { get; set; }

    /// <summary><c>text</c>: the least number of characters; null for no limit.</summary>
    public int? MinLength { get; set; }

    /// <summary><c>text</c>: the greatest number of characters; null for no limit.</summary>
    public int? MaxLength { get; set; }

    /// <summary><c>number</c>: the least value. <c>date</c>: the earliest, in seconds since 1970. Null for no limit.</summary>
    public long? Ge { get; set; }

    /// <summary><c>number</c>: the greatest value. <c>date</c>: the latest, in seconds since 1970. Null for no limit.</summary>
    public long? Le { get; set; }

    /// <summary><c>select</c>: the options.</summary>
    public PolarList<CustomFieldOption>? Options { get; set; }
}

/// <summary>One option.</summary>
public sealed class CustomFieldOption : PolarObject
{
    /// <summary>What is stored.</summary>
    public string? Value { get; set; }

    /// <summary>What the customer reads.</summary>
    public string? Label { get; set; }

    /// <summary>What the customer reads.</summary>
    /// <returns>The label, or the value where there is none.</returns>
    private protected override string Describe() => Label ?? Value ?? string.Empty;
}

/// <summary>A custom field of a product, and its position.</summary>
public sealed class AttachedCustomField : PolarObject
{
    /// <summary>The id of the question.</summary>
    public string? CustomFieldId { get; set; }

    /// <summary>The question.</summary>
    public CustomField? CustomField { get; set; }

    /// <summary>Its place, from 0.</summary>
    public int? Order { get; set; }

    /// <summary>Whether the field is required.</summary>
    public bool? Required { get; set; }

    /// <summary>The question's name.</summary>
    /// <returns>The name, or the id where there is none.</returns>
    private protected override string Describe() => CustomField?.ToString() ?? CustomFieldId ?? string.Empty;
}
