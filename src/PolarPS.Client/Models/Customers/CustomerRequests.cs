namespace PolarPS.Client.Models;

/// <summary>The properties of a customer that can be set on creation and later.</summary>
public abstract class CustomerFields : RequestBody
{
    private protected CustomerFields() { }

    /// <summary>The email address, unique among the customers. A person needs one; null for a new team without. It cannot be removed.</summary>
    public string? Email
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The name, at most 256 characters; null for none.</summary>
    public string? Name
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The address on invoices, whole; null for a new customer without. It cannot be removed.</summary>
    public AddressInput? BillingAddress
    {
        get => Get<AddressInput?>();
        set => Set(value);
    }

    /// <summary>The tax number alone; Polar finds out its kind from the billing address. Null for none.</summary>
    public string? TaxId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The language for mails and pages, such as <c>fr</c>; null for the default.</summary>
    public string? Locale
    {
        get => Get<string?>();
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

/// <summary>The properties of a new customer. <see cref="CustomerFields.Email"/> is needed, except for a team.</summary>
public sealed class CustomerCreate : CustomerFields
{
    /// <summary>Your own id of the customer, unique; null for none. Once it is set, it cannot be changed.</summary>
    public string? ExternalId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The kind: <c>individual</c>, which is the default, or <c>team</c>.</summary>
    public string? Type
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The first member, who owns the team; null for one made from the customer.</summary>
    public MemberOwnerCreate? Owner
    {
        get => Get<MemberOwnerCreate?>();
        set => Set(value);
    }

    /// <summary>
    /// The organization of the customer. Needed with a user's token, refused with an organization's.
    /// </summary>
    public string? OrganizationId
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to change of a customer; only what is set is changed.</summary>
public sealed class CustomerUpdate : CustomerFields
{
    /// <summary>
    /// Your own id of the customer, unique. For a customer that has none; once it is set, it cannot be changed.
    /// </summary>
    public string? ExternalId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The kind: <c>team</c> makes a person a team, which cannot be undone.</summary>
    public string? Type
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to change of a customer that is named by your own id; only what is set is changed.</summary>
public sealed class CustomerUpdateExternal : CustomerFields;
