namespace PolarPS.Client.Models;

/// <summary>The properties of a custom field that can be set on creation and later.</summary>
public abstract class CustomFieldFields : RequestBody
{
    private protected CustomFieldFields() { }

    /// <summary>
    /// The kind: <c>text</c>, <c>number</c>, <c>date</c>, <c>checkbox</c> or <c>select</c>. It cannot change.
    /// </summary>
    public string? Type
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The key under which answers are stored: lower-case letters, digits, hyphens and underscores.</summary>
    public string? Slug
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The name, for yourself.</summary>
    public string? Name
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>How it is shown, and which answers it accepts; properties that are null are not sent.</summary>
    public CustomFieldProperties? Properties
    {
        get => Get<CustomFieldProperties?>();
        set => Set(value);
    }

    /// <summary>
    /// Your own keys and values: at most 50 keys of 1 to 40 characters; strings of 1 to 500 characters, numbers, booleans.
    /// Replaces what is stored.
    /// </summary>
    public IDictionary<string, object?>? Metadata
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }
}

/// <summary>The properties of a new custom field. Type, slug, name and properties are needed.</summary>
public sealed class CustomFieldCreate : CustomFieldFields
{
    /// <summary>The organization that asks. Needed with a user's token, refused with an organization's.</summary>
    public string? OrganizationId
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>
/// What to change of a question; only what is set is changed. <see cref="CustomFieldFields.Type"/> is always needed.
/// </summary>
public sealed class CustomFieldUpdate : CustomFieldFields;
