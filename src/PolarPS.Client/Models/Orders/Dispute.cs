namespace PolarPS.Client.Models;

/// <summary>A customer disputes a payment with their bank. Inside a refund, Polar omits the customer and the case.</summary>
public sealed class Dispute : PolarObject, IDated, IPriced
{
    /// <summary>The dispute's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The status: <c>prevented</c> (refunded before it became one), <c>early_warning</c>, <c>needs_response</c>, <c>under_review</c>, <c>lost</c>, <c>won</c>.</summary>
    public string? Status { get; set; }

    /// <summary>Whether it was won or lost.</summary>
    public bool? Resolved { get; set; }

    /// <summary>Whether it is over: won, lost or prevented.</summary>
    public bool? Closed { get; set; }

    /// <summary>The disputed amount without tax, in minor units of <see cref="Currency"/>.</summary>
    public long? Amount { get; set; }

    /// <summary>The disputed tax, in minor units.</summary>
    public long? TaxAmount { get; set; }

    /// <summary>The currency, as a lower-case ISO 4217 code.</summary>
    public string? Currency { get; set; }

    /// <summary>Why, in the words of the card network, such as <c>fraudulent</c>; null while not known.</summary>
    public string? Reason { get; set; }

    /// <summary>Until when an answer is taken; null where none is needed.</summary>
    public DateTimeOffset? EvidenceDueBy { get; set; }

    /// <summary>Whether the time for an answer is over.</summary>
    public bool? PastDue { get; set; }

    /// <summary>The id of the order.</summary>
    public string? OrderId { get; set; }

    /// <summary>The id of the payment.</summary>
    public string? PaymentId { get; set; }

    /// <summary>The customer who was charged. Null inside a refund.</summary>
    public Customer? Customer { get; set; }

    /// <summary>The id of the case that support has opened; null for none.</summary>
    public string? CaseId { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The dispute in short.</summary>
    /// <returns>Such as <c>$49.00 (needs_response)</c>.</returns>
    private protected override string Describe() => $"{Money.Format(Amount, Currency)} ({Status})";
}
