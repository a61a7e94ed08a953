namespace PolarPS.Client.Models;

/// <summary>A license key of a customer.</summary>
public sealed class LicenseKey : PolarObject, IDated
{
    /// <summary>The license key's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The end of the key, the rest as asterisks.</summary>
    public string? DisplayKey { get; set; }

    /// <summary>The key itself. Treat it as a secret.</summary>
    public string? Key { get; set; }

    /// <summary><c>granted</c>, <c>disabled</c> or <c>revoked</c>.</summary>
    public string? Status { get; set; }

    /// <summary>The id of the customer it belongs to.</summary>
    public string? CustomerId { get; set; }

    /// <summary>The customer it belongs to.</summary>
    public Customer? Customer { get; set; }

    /// <summary>The id of the member it belongs to; null for the customer as such.</summary>
    public string? MemberId { get; set; }

    /// <summary>The member it belongs to, in short; null for the customer as such.</summary>
    public Member? Member { get; set; }

    /// <summary>The id of the benefit it came with.</summary>
    public string? BenefitId { get; set; }

    /// <summary>On how many devices it may be active; null for no activation.</summary>
    public int? LimitActivations { get; set; }

    /// <summary>How much of it is used.</summary>
    public long? Usage { get; set; }

    /// <summary>The usage limit; null for no limit.</summary>
    public long? LimitUsage { get; set; }

    /// <summary>How often it was checked.</summary>
    public long? Validations { get; set; }

    /// <summary>When it was last checked; null if never.</summary>
    public DateTimeOffset? LastValidatedAt { get; set; }

    /// <summary>When it expires; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Its activations. Only present for a single key got by its id; null elsewhere.</summary>
    public PolarList<LicenseKeyActivation>? Activations { get; set; }

    /// <summary>The activation that was checked. Only a check that names one has it; null elsewhere.</summary>
    public LicenseKeyActivation? Activation { get; set; }

    /// <summary>The id of the organization that gave it out.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The end of the key; never the whole.</summary>
    /// <returns>Such as <c>****-9F2C1A</c>.</returns>
    private protected override string Describe() => DisplayKey ?? Id ?? string.Empty;
}

/// <summary>That a license key is active on some device.</summary>
public sealed class LicenseKeyActivation : PolarObject, IDated
{
    /// <summary>The activation's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>What it was called when it was activated.</summary>
    public string? Label { get; set; }

    /// <summary>Your own keys and values (string, long, double, bool).</summary>
    public PolarMetadata? Meta { get; set; }

    /// <summary>The id of the license key.</summary>
    public string? LicenseKeyId { get; set; }

    /// <summary>The license key. Null inside a key.</summary>
    public LicenseKey? LicenseKey { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>What it was called.</summary>
    /// <returns>The label, or the id where there is none.</returns>
    private protected override string Describe() => Label ?? Id ?? string.Empty;
}
