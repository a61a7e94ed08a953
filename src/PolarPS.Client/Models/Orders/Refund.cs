namespace PolarPS.Client.Models;

/// <summary>A refund of an order.</summary>
public sealed class Refund : PolarObject, IDated, IPriced, IHasMetadata
{
    /// <summary>The refund's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The status: <c>pending</c>, <c>succeeded</c>, <c>failed</c>, <c>canceled</c>.</summary>
    public string? Status { get; set; }

    /// <summary>Why: <c>duplicate</c>, <c>fraudulent</c>, <c>customer_request</c>, <c>service_disruption</c>, <c>satisfaction_guarantee</c>, <c>dispute_prevention</c>, <c>other</c>.</summary>
    public string? Reason { get; set; }

    /// <summary>The refunded amount without tax, in minor units of <see cref="Currency"/>.</summary>
    public long? Amount { get; set; }

    /// <summary>The refunded tax, in minor units.</summary>
    public long? TaxAmount { get; set; }

    /// <summary>The currency, as a lower-case ISO 4217 code.</summary>
    public string? Currency { get; set; }

    /// <summary>Whether the customer loses what the order gave.</summary>
    public bool? RevokeBenefits { get; set; }

    /// <summary>The id of the order.</summary>
    public string? OrderId { get; set; }

    /// <summary>The id of the subscription that the order belongs to; null for a one-time purchase.</summary>
    public string? SubscriptionId { get; set; }

    /// <summary>The id of the customer.</summary>
    public string? CustomerId { get; set; }

    /// <summary>The dispute that it settles; null for none.</summary>
    public Dispute? Dispute { get; set; }

    /// <summary>Your own keys and values (string, long, double, bool).</summary>
    public PolarMetadata? Metadata { get; set; }

    /// <summary>The id of the organization that refunds.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The refund in short.</summary>
    /// <returns>Such as <c>$10.00 (succeeded)</c>.</returns>
    private protected override string Describe() => $"{Money.Format(Amount, Currency)} ({Status})";
}

/// <summary>What to refund.</summary>
public sealed class RefundCreate : RequestBody
{
    /// <summary>The id of the order.</summary>
    public string? OrderId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Why: <c>duplicate</c>, <c>fraudulent</c>, <c>customer_request</c>, <c>service_disruption</c>, <c>satisfaction_guarantee</c>, <c>other</c>.</summary>
    public string? Reason
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>How much without tax, in minor units of the order's currency, from 1; the tax is added.</summary>
    public long? Amount
    {
        get => Get<long?>();
        set => Set(value);
    }

    /// <summary>A note for yourself; null for none.</summary>
    public string? Comment
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Whether the customer loses what the order gave; for one-time purchases only.</summary>
    public bool? RevokeBenefits
    {
        get => Get<bool?>();
        set => Set(value);
    }

    /// <summary>Your own keys and values: at most 50 keys of 1 to 40 characters; strings of 1 to 500 characters, numbers, booleans.</summary>
    public IDictionary<string, object?>? Metadata
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }
}
