namespace PolarPS.Client.Models;

/// <summary>A customer's access to the customer portal, valid for an hour.</summary>
public sealed class CustomerSession : PolarObject, IDated
{
    /// <summary>The session's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The token for calls of the customer portal. A secret, shown here only.</summary>
    public string? Token { get; set; }

    /// <summary>The address that opens the portal. A secret too: the token is in it.</summary>
    public string? CustomerPortalUrl { get; set; }

    /// <summary>When the token ceases to work.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Where the portal's back button leads; null for no button.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>The id of the customer.</summary>
    public string? CustomerId { get; set; }

    /// <summary>The customer.</summary>
    public Customer? Customer { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>Whose session it is; never the token.</summary>
    /// <returns>The customer, or the id where there is none.</returns>
    private protected override string Describe() => Customer?.ToString() ?? CustomerId ?? Id ?? string.Empty;
}

/// <summary>
/// Whose session to create. <see cref="CustomerId"/> or <see cref="ExternalCustomerId"/> is needed; for a team, a member
/// too.
/// </summary>
public sealed class CustomerSessionCreate : RequestBody
{
    /// <summary>The id of the customer.</summary>
    public string? CustomerId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Your own id of the customer, instead of <see cref="CustomerId"/>.</summary>
    public string? ExternalCustomerId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of the member who gets the session.</summary>
    public string? MemberId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Your own id of the member, instead of <see cref="MemberId"/>.</summary>
    public string? ExternalMemberId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Where the portal's back button leads; null for no button.</summary>
    public string? ReturnUrl
    {
        get => Get<string?>();
        set => Set(value);
    }
}
