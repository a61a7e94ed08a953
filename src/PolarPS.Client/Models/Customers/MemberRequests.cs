namespace PolarPS.Client.Models;

/// <summary>The properties of a member that can be set on creation and later.</summary>
public abstract class MemberFields : RequestBody
{
    private protected MemberFields() { }

    /// <summary>The email address.</summary>
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
}

/// <summary>The first member of a new customer. <see cref="MemberFields.Email"/> is needed.</summary>
public sealed class MemberOwnerCreate : MemberFields
{
    /// <summary>Your own id of the member, unique within the customer; null for none.</summary>
    public string? ExternalId
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>The properties of a new member. <see cref="MemberFields.Email"/> is needed.</summary>
public sealed class MemberCreate : MemberFields
{
    /// <summary>Your own id of the member, unique within the customer; null for none.</summary>
    public string? ExternalId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>What the member may do: <c>member</c>, which is the default, or <c>billing_manager</c>.</summary>
    public string? Role
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to change of a member; only what is set is changed.</summary>
public sealed class MemberUpdate : MemberFields
{
    /// <summary>
    /// What the member may do: <c>owner</c>, which takes it from the present owner, <c>billing_manager</c> or
    /// <c>member</c>.
    /// </summary>
    public string? Role
    {
        get => Get<string?>();
        set => Set(value);
    }
}
