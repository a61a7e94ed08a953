namespace PolarPS.Client.Models;

/// <summary>What a new member is made of. <see cref="Email"/> is needed.</summary>
public sealed class MemberCreate : RequestBody
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

    /// <summary>What the member may do: <c>member</c>, which is the default, or <c>billing_manager</c>.</summary>
    public string? Role
    {
        get => Get<string?>();
        set => Set(value);
    }
}

/// <summary>What to change of a member; only what is set is changed.</summary>
public sealed class MemberUpdate : RequestBody
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

    /// <summary>What the member may do: <c>owner</c>, <c>billing_manager</c> or <c>member</c>.</summary>
    public string? Role
    {
        get => Get<string?>();
        set => Set(value);
    }
}
