using System.Collections.Generic;

namespace PolarPS.Client.Models;

/// <summary>What a new customer is made of. <see cref="Email"/> is needed, except for a team.</summary>
public sealed class CustomerCreate : RequestBody
{
    /// <summary>The mail address, unique among the customers. Needed for a person; null for a team without one.</summary>
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

    /// <summary>Your own id of the customer, unique; null for none. It cannot be changed once it is set.</summary>
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

    /// <summary>The address on invoices; null for none.</summary>
    public Address? BillingAddress
    {
        get => Get<Address?>();
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

    /// <summary>The first member, who owns the team; null for one made from the customer.</summary>
    public MemberOwnerCreate? Owner
    {
        get => Get<MemberOwnerCreate?>();
        set => Set(value);
    }

    /// <summary>
    /// The organization whose customer it is to be. Needed with a user's token, refused with an organization's.
    /// </summary>
    public string? OrganizationId
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>The first member of a new customer. <see cref="Email"/> is needed.</summary>
public sealed class MemberOwnerCreate : RequestBody
{
    /// <summary>The mail address.</summary>
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

    /// <summary>Your own id of the member; null for none.</summary>
    public string? ExternalId
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to change of a customer; only what is set is changed.</summary>
public sealed class CustomerUpdate : RequestBody
{
    /// <summary>The mail address, unique among the customers.</summary>
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

    /// <summary>
    /// Your own id of the customer, unique. Only for a customer that has none yet; not when the customer is named by it.
    /// </summary>
    public string? ExternalId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The kind: <c>team</c> makes a team of a person. Not when the customer is named by your own id.</summary>
    public string? Type
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The address on invoices, whole; null for none.</summary>
    public Address? BillingAddress
    {
        get => Get<Address?>();
        set => Set(value);
    }

    /// <summary>The tax number alone; null for none.</summary>
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
