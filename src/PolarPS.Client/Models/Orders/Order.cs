namespace PolarPS.Client.Models;

/// <summary>A purchase, or one period of a subscription, with its amounts in minor units of <see cref="Currency"/>: subtotal less discount is net, net and tax are the total, and the total with the customer's balance is what is due. The customer portal's orders are of the same class; what Polar does not show there is null.</summary>
public sealed class Order : PolarObject, IDated, IPriced, IHasMetadata
{
    /// <summary>The order's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The status: <c>draft</c>, <c>pending</c>, <c>paid</c>, <c>partially_refunded</c>, <c>refunded</c>, <c>void</c>.</summary>
    public string? Status { get; set; }

    /// <summary>Whether it has been paid, even if refunded later.</summary>
    public bool? Paid { get; set; }

    /// <summary>What was bought, in short.</summary>
    public string? Description { get; set; }

    /// <summary>What it came from: <c>purchase</c>, <c>subscription_create</c>, <c>subscription_cycle</c>, <c>subscription_update</c>, <c>subscription_meter_cycle</c>.</summary>
    public string? BillingReason { get; set; }

    /// <summary>The currency of all amounts but the fee, as a lower-case ISO 4217 code.</summary>
    public string? Currency { get; set; }

    /// <summary>The amount before discount and tax.</summary>
    public long? SubtotalAmount { get; set; }

    /// <summary>The discount.</summary>
    public long? DiscountAmount { get; set; }

    /// <summary>The amount after the discount and before tax.</summary>
    public long? NetAmount { get; set; }

    /// <summary>The tax.</summary>
    public long? TaxAmount { get; set; }

    /// <summary>The amount after discount and tax.</summary>
    public long? TotalAmount { get; set; }

    /// <summary>What the customer's balance deducts (negative) or adds (positive).</summary>
    public long? AppliedBalanceAmount { get; set; }

    /// <summary>What remains to be paid.</summary>
    public long? DueAmount { get; set; }

    /// <summary>The refunded amount, without tax.</summary>
    public long? RefundedAmount { get; set; }

    /// <summary>The refunded tax.</summary>
    public long? RefundedTaxAmount { get; set; }

    /// <summary>What can still be refunded, without tax.</summary>
    public long? RefundableAmount { get; set; }

    /// <summary>The tax that goes with <see cref="RefundableAmount"/>.</summary>
    public long? RefundableTaxAmount { get; set; }

    /// <summary>Polar's fee, in minor units of <see cref="PlatformFeeCurrency"/>. Null in the customer portal.</summary>
    public long? PlatformFeeAmount { get; set; }

    /// <summary>The currency of the fee, as a lower-case ISO 4217 code; null while there is none.</summary>
    public string? PlatformFeeCurrency { get; set; }

    /// <summary>What the amount is made of.</summary>
    public PolarList<OrderItem>? Items
    {
        get;
        set => field = Hold(value);
    }

    /// <summary>The number of seats; null unless it has a price per seat.</summary>
    public int? Seats { get; set; }

    /// <summary>The number of units; null unless it has a price per unit.</summary>
    public int? Units { get; set; }

    /// <summary>The name on the invoice; null if not known.</summary>
    public string? BillingName { get; set; }

    /// <summary>The address on the invoice; null if not known.</summary>
    public Address? BillingAddress { get; set; }

    /// <summary>The invoice's number; null for a draft.</summary>
    public string? InvoiceNumber { get; set; }

    /// <summary>Whether the invoice has been generated and can be downloaded.</summary>
    public bool? IsInvoiceGenerated { get; set; }

    /// <summary>The receipt's number; null before it is paid, or if the organization issues none.</summary>
    public string? ReceiptNumber { get; set; }

    /// <summary>When a failed payment is tried again; null if it is not.</summary>
    public DateTimeOffset? NextPaymentAttemptAt { get; set; }

    /// <summary>The id of the customer.</summary>
    public string? CustomerId { get; set; }

    /// <summary>The customer. Null in the customer portal.</summary>
    public Customer? Customer { get; set; }

    /// <summary>The id of the product; null for an order without one.</summary>
    public string? ProductId { get; set; }

    /// <summary>The product; null for an order without one.</summary>
    public Product? Product { get; set; }

    /// <summary>The id of the discount; null for none.</summary>
    public string? DiscountId { get; set; }

    /// <summary>The discount; null for none.</summary>
    public Discount? Discount { get; set; }

    /// <summary>The id of the subscription that it belongs to; null for a one-time purchase.</summary>
    public string? SubscriptionId { get; set; }

    /// <summary>The subscription that it belongs to; null for a one-time purchase.</summary>
    public Subscription? Subscription { get; set; }

    /// <summary>The id of the checkout that it came from; null for none.</summary>
    public string? CheckoutId { get; set; }

    /// <summary>The customer's answers to custom fields, by the fields' slugs.</summary>
    public PolarMetadata? CustomFieldData { get; set; }

    /// <summary>Your own keys and values (string, long, double, bool).</summary>
    public PolarMetadata? Metadata { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The order in short.</summary>
    /// <returns>Such as <c>NWND-0002: $44.10 (paid)</c>, or with the id if there is no number yet.</returns>
    private protected override string Describe() =>
        $"{InvoiceNumber ?? Id}: {Money.Format(TotalAmount, Currency)} ({Status})";
}

/// <summary>One line of an order. Amounts are in minor units of the order's currency.</summary>
public sealed class OrderItem : PolarObject, IDated
{
    /// <summary>The line's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>What it is for.</summary>
    public string? Label { get; set; }

    /// <summary>The amount before discount and tax.</summary>
    public long? Amount { get; set; }

    /// <summary>The tax.</summary>
    public long? TaxAmount { get; set; }

    /// <summary>Whether it settles a change within a period.</summary>
    public bool? Proration { get; set; }

    /// <summary>The id of the price; null for none.</summary>
    public string? ProductPriceId { get; set; }

    /// <summary>When the time that it pays for begins; null if it is not for a time.</summary>
    public DateTimeOffset? StartTimestamp { get; set; }

    /// <summary>When the time that it pays for ends; null if it is not for a time.</summary>
    public DateTimeOffset? EndTimestamp { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>What it is for.</summary>
    /// <returns>The label, or the id where there is none.</returns>
    private protected override string Describe() => Label ?? Id ?? string.Empty;
}
