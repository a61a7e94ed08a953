namespace PolarPS.Client.Models;

/// <summary>
/// Something that an organization sells. The same class serves the product inside a checkout link or a discount, where Polar
/// sends fewer fields; those not sent are null.
/// </summary>
public sealed class Product : PolarObject, IDated, IHasMetadata
{
    /// <summary>The product's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The name that customers see; 3 to 64 characters.</summary>
    public string? Name { get; set; }

    /// <summary>The description that customers see, in Markdown; null for none.</summary>
    public string? Description { get; set; }

    /// <summary>Who sees the product: <c>public</c>, <c>private</c> or <c>draft</c>.</summary>
    public string? Visibility { get; set; }

    /// <summary>Whether the product is a subscription.</summary>
    public bool? IsRecurring { get; set; }

    /// <summary>The unit of the billing interval: <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c>; null for a one-time purchase.</summary>
    public string? RecurringInterval { get; set; }

    /// <summary>How many units make one billing interval; null for a one-time purchase.</summary>
    public int? RecurringIntervalCount { get; set; }

    /// <summary>The unit of the interval after which usage is billed, where it differs from the billing interval; else null.</summary>
    public string? MeterInterval { get; set; }

    /// <summary>How many units make one usage interval; null where it is the billing interval.</summary>
    public int? MeterIntervalCount { get; set; }

    /// <summary>The unit of the trial period: <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c>; null for no trial.</summary>
    public string? TrialInterval { get; set; }

    /// <summary>How many units make the trial period; null for no trial.</summary>
    public int? TrialIntervalCount { get; set; }

    /// <summary>Whether the product is no longer sold. Its subscriptions continue.</summary>
    public bool? IsArchived { get; set; }

    /// <summary>Whether the product may be deleted: nothing has ever referred to it. Null inside a link or a discount.</summary>
    public bool? IsDeletable { get; set; }

    /// <summary>What the product costs, one entry per currency and kind of price.</summary>
    public PolarList<ProductPrice>? Prices { get; set; }

    /// <summary>What a buyer gets.</summary>
    public PolarList<Benefit>? Benefits { get; set; }

    /// <summary>The images shown with the product.</summary>
    public PolarList<PolarFile>? Medias { get; set; }

    /// <summary>The custom fields asked for at checkout. Null inside a link or a discount.</summary>
    public PolarList<AttachedCustomField>? AttachedCustomFields { get; set; }

    /// <summary>Your own keys and values (string, long, double, bool).</summary>
    public PolarMetadata? Metadata { get; set; }

    /// <summary>The id of the organization that sells it.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>The organization that sells it, in short. In the customer portal only; else null.</summary>
    public Organization? Organization { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The product's name.</summary>
    /// <returns>The name, or the id where there is none.</returns>
    private protected override string Describe() => Name ?? Id ?? string.Empty;
}
