namespace PolarPS.Client.Models;

/// <summary>
/// A person who belongs to a customer. The same class serves the member inside a license key, where Polar sends fewer
/// fields.
/// </summary>
public sealed class Member : PolarObject, IDated
{
    /// <summary>The member's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The email address.</summary>
    public string? Email { get; set; }

    /// <summary>The name; null if not known.</summary>
    public string? Name { get; set; }

    /// <summary>Your own id of the member; null for none.</summary>
    public string? ExternalId { get; set; }

    /// <summary>What the member may do: <c>owner</c>, <c>billing_manager</c> or <c>member</c>.</summary>
    public string? Role { get; set; }

    /// <summary>The member's accounts elsewhere, by their kind and id. Inside a grant in the customer portal only; else null.</summary>
    public PolarDictionary<OAuthAccount>? OauthAccounts { get; set; }

    /// <summary>The id of the customer the member belongs to.</summary>
    public string? CustomerId { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The email address.</summary>
    /// <returns>The address, or the name or id where there is none.</returns>
    private protected override string Describe() => Email ?? Name ?? Id ?? string.Empty;
}
