namespace PolarPS.Client.Models;

/// <summary>An attempt to charge a customer. One class for every method, which <see cref="Method"/> names.</summary>
public sealed class Payment : PolarObject, IDated, IPriced
{
    /// <summary>The payment's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>How it went: <c>pending</c>, <c>succeeded</c>, <c>failed</c>.</summary>
    public string? Status { get; set; }

    /// <summary>The amount, in minor units of <see cref="Currency"/>.</summary>
    public long? Amount { get; set; }

    /// <summary>The currency, as a lower-case ISO 4217 code.</summary>
    public string? Currency { get; set; }

    /// <summary>How it was paid, such as <c>card</c>, <c>kr_card</c> or <c>paypal</c>.</summary>
    public string? Method { get; set; }

    /// <summary>What is known of the card; null for other methods.</summary>
    public PaymentMethodMetadata? MethodMetadata { get; set; }

    /// <summary>What set it off: <c>purchase</c>, <c>subscription_cycle</c>, <c>retry_dunning</c>, <c>retry_customer</c>, <c>retry_payment_method_update</c>, <c>retry_admin</c>; null if not known.</summary>
    public string? Trigger { get; set; }

    /// <summary>The bank's code for its refusal; null if it did not refuse.</summary>
    public string? DeclineReason { get; set; }

    /// <summary>The refusal in words; null if there was none.</summary>
    public string? DeclineMessage { get; set; }

    /// <summary>Who handled it: <c>stripe</c>.</summary>
    public string? Processor { get; set; }

    /// <summary>The processor's additional data, as plain values; null where not shown.</summary>
    public PolarMetadata? ProcessorMetadata { get; set; }

    /// <summary>The id of the order; null for none.</summary>
    public string? OrderId { get; set; }

    /// <summary>The id of the checkout; null for none.</summary>
    public string? CheckoutId { get; set; }

    /// <summary>The id of the organization that was paid.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The payment in short.</summary>
    /// <returns>Such as <c>$49.00 by card (succeeded)</c>.</returns>
    private protected override string Describe() => $"{Money.Format(Amount, Currency)} by {Method} ({Status})";
}
