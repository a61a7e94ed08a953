using System;

namespace PolarPS.Client.Models;

/// <summary>Somebody who buys, or a team of such.</summary>
public sealed class Customer : PolarObject
{
    /// <summary>The customer's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>Your own id of the customer; null for none.</summary>
    public string? ExternalId { get; set; }

    /// <summary>The address; null only for a team without one.</summary>
    public string? Email { get; set; }

    /// <summary>Whether the customer has shown that the address is theirs.</summary>
    public bool? EmailVerified { get; set; }

    /// <summary>The kind: <c>individual</c> or <c>team</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The name; null if not known.</summary>
    public string? Name { get; set; }

    /// <summary>The name on invoices; null to use <see cref="Name"/>.</summary>
    public string? BillingName { get; set; }

    /// <summary>The address on invoices; null if not known.</summary>
    public Address? BillingAddress { get; set; }

    /// <summary>The tax number and, after it, its format, such as <c>FR32123456789</c> and <c>eu_vat</c>; null for none.</summary>
    public PolarList<string>? TaxId { get; set; }

    /// <summary>The language of the customer's pages and mails, such as <c>fr</c>; null for the default.</summary>
    public string? Locale { get; set; }

    /// <summary>The id of the payment method that is charged first; null for none.</summary>
    public string? DefaultPaymentMethodId { get; set; }

    /// <summary>The address of a picture; null for none.</summary>
    public string? AvatarUrl { get; set; }

    /// <summary>Your own keys and values (string, long, double, bool).</summary>
    public PolarMetadata? Metadata { get; set; }

    /// <summary>The id of the organization whose customer it is.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>When the first of your own events for the customer came in; null for none yet.</summary>
    public DateTimeOffset? FirstUserEventAt { get; set; }

    /// <summary>When the customer was deleted; null if still there.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The customer's name.</summary>
    /// <returns>The name, or else the address, your own id or Polar's.</returns>
    public override string ToString() => Name ?? Email ?? ExternalId ?? Id ?? string.Empty;
}
