namespace PolarPS.Client.Models;

/// <summary>
/// A buyer: a person, or a team with members. The same class serves the customer inside an order, a subscription
/// or a license key.
/// </summary>
public sealed class Customer : PolarObject, IDated, IHasMetadata
{
    /// <summary>The customer's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>Your own id of the customer; null for none. It cannot change once it is set.</summary>
    public string? ExternalId { get; set; }

    /// <summary>The email address; null only for a team without one.</summary>
    public string? Email { get; set; }

    /// <summary>Whether the email address has been confirmed.</summary>
    public bool? EmailVerified { get; set; }

    /// <summary>The kind: <c>individual</c> or <c>team</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The name; null if not known.</summary>
    public string? Name { get; set; }

    /// <summary>The name on invoices; null if not known.</summary>
    public string? BillingName { get; set; }

    /// <summary>The address on invoices; null if not known.</summary>
    public Address? BillingAddress { get; set; }

    /// <summary>
    /// The tax number and its kind, in this order, such as <c>FR61954506077</c> and <c>eu_vat</c>; null for none.
    /// </summary>
    public PolarList<string>? TaxId { get; set; }

    /// <summary>The language for mails and pages, such as <c>fr</c>; null for the default.</summary>
    public string? Locale { get; set; }

    /// <summary>The id of the payment method that is charged; null for none.</summary>
    public string? DefaultPaymentMethodId { get; set; }

    /// <summary>The address of a picture; null for none.</summary>
    public string? AvatarUrl { get; set; }

    /// <summary>When the first usage event of yours arrived; null if none did.</summary>
    public DateTimeOffset? FirstUserEventAt { get; set; }

    /// <summary>The customer's accounts elsewhere, by their kind and id. In the customer portal only; else null.</summary>
    public PolarDictionary<OAuthAccount>? OauthAccounts { get; set; }

    /// <summary>Your own keys and values (string, long, double, bool).</summary>
    public PolarMetadata? Metadata { get; set; }

    /// <summary>The id of the organization whose customer this is.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>When it was deleted; null if it was not.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>The email address.</summary>
    /// <returns>The address, or the name or id where there is none.</returns>
    private protected override string Describe() => Email ?? Name ?? Id ?? string.Empty;
}
