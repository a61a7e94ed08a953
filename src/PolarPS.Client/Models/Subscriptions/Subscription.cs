namespace PolarPS.Client.Models;

/// <summary>What a customer pays for again and again. The same class serves the subscription inside an order and in the customer portal, where Polar sends fewer fields; those not sent are null.</summary>
public sealed class Subscription : PolarObject, IDated, IPriced, IHasMetadata
{
    /// <summary>The subscription's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The status: <c>incomplete</c>, <c>incomplete_expired</c>, <c>trialing</c>, <c>active</c>, <c>past_due</c>, <c>canceled</c>, <c>unpaid</c>, <c>paused</c>.</summary>
    public string? Status { get; set; }

    /// <summary>What a period costs after the discount and before tax that is added, in minor units of <see cref="Currency"/>.</summary>
    public long? Amount { get; set; }

    /// <summary>The currency, as a lower-case ISO 4217 code.</summary>
    public string? Currency { get; set; }

    /// <summary>The unit of the billing interval: <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c>.</summary>
    public string? RecurringInterval { get; set; }

    /// <summary>How many units make one billing interval.</summary>
    public int? RecurringIntervalCount { get; set; }

    /// <summary>When the period that runs now began.</summary>
    public DateTimeOffset? CurrentPeriodStart { get; set; }

    /// <summary>When the period that runs now ends.</summary>
    public DateTimeOffset? CurrentPeriodEnd { get; set; }

    /// <summary>When the usage period that runs now began; null unless usage has an interval of its own.</summary>
    public DateTimeOffset? CurrentMeterPeriodStart { get; set; }

    /// <summary>When the usage period that runs now ends and credits are renewed; null unless usage has an interval of its own.</summary>
    public DateTimeOffset? CurrentMeterPeriodEnd { get; set; }

    /// <summary>When the trial began; null for no trial.</summary>
    public DateTimeOffset? TrialStart { get; set; }

    /// <summary>When the trial ends or ended; null for no trial.</summary>
    public DateTimeOffset? TrialEnd { get; set; }

    /// <summary>Whether it ends with the current period.</summary>
    public bool? CancelAtPeriodEnd { get; set; }

    /// <summary>When it was cancelled, though it may run on to the end of the period; null if it was not.</summary>
    public DateTimeOffset? CanceledAt { get; set; }

    /// <summary>When it began; null if it has not.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it is scheduled to end; null if it is not.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>When it ended; null if it has not.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Since when a payment is overdue; null if none is.</summary>
    public DateTimeOffset? PastDueAt { get; set; }

    /// <summary>Whether it is paused when the current period ends.</summary>
    public bool? PauseAtPeriodEnd { get; set; }

    /// <summary>When it was paused; null if it is not.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>When a pause ends automatically; null if it does not.</summary>
    public DateTimeOffset? ResumesAt { get; set; }

    /// <summary>How many seats it has; null unless it is priced by seats.</summary>
    public int? Seats { get; set; }

    /// <summary>How many units it has; null unless it is priced by units.</summary>
    public int? Units { get; set; }

    /// <summary>Why the customer cancelled: <c>customer_service</c>, <c>low_quality</c>, <c>missing_features</c>, <c>switched_service</c>, <c>too_complex</c>, <c>too_expensive</c>, <c>unused</c>, <c>other</c>; null if not said.</summary>
    public string? CustomerCancellationReason { get; set; }

    /// <summary>What the customer wrote when cancelling; null for nothing.</summary>
    public string? CustomerCancellationComment { get; set; }

    /// <summary>The id of the customer.</summary>
    public string? CustomerId { get; set; }

    /// <summary>The customer. Null inside an order.</summary>
    public Customer? Customer { get; set; }

    /// <summary>The id of the product.</summary>
    public string? ProductId { get; set; }

    /// <summary>The product. Null inside an order.</summary>
    public Product? Product { get; set; }

    /// <summary>The prices in force. Null inside an order.</summary>
    public PolarList<ProductPrice>? Prices { get; set; }

    /// <summary>The usage of the current period, one entry for each meter. Null inside an order.</summary>
    public PolarList<SubscriptionMeter>? Meters
    {
        get;
        set => field = Hold(value);
    }

    /// <summary>The id of the discount; null for none.</summary>
    public string? DiscountId { get; set; }

    /// <summary>The discount; null for none.</summary>
    public Discount? Discount { get; set; }

    /// <summary>A change that waits for the next period; null for none.</summary>
    public PendingSubscriptionUpdate? PendingUpdate { get; set; }

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

    /// <summary>The product, the customer and the status.</summary>
    /// <returns>Such as <c>Pro plan for Léa Martin (active)</c>.</returns>
    private protected override string Describe()
    {
        var what = Product?.ToString() ?? Id ?? string.Empty;
        var who = Customer is null ? string.Empty : " for " + Customer;
        return Status is null ? what + who : $"{what}{who} ({Status})";
    }
}

/// <summary>What a subscription has used of one meter in the current period.</summary>
public sealed class SubscriptionMeter : PolarObject, IDated
{
    /// <summary>The id of this count, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The id of the meter.</summary>
    public string? MeterId { get; set; }

    /// <summary>The meter.</summary>
    public Meter? Meter { get; set; }

    /// <summary>How much has been used.</summary>
    public decimal? ConsumedUnits { get; set; }

    /// <summary>How much is free.</summary>
    public long? CreditedUnits { get; set; }

    /// <summary>What the use costs so far, in minor units of the subscription's currency.</summary>
    public long? Amount { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The use in words.</summary>
    /// <returns>Such as <c>API calls: 1200 of 1000</c>.</returns>
    private protected override string Describe() =>
        string.Format(
            CultureInfo.InvariantCulture,
            "{0}: {1} of {2}",
            Meter?.Name ?? MeterId,
            ConsumedUnits,
            CreditedUnits
        );
}

/// <summary>A change of a subscription that waits for the next period.</summary>
public sealed class PendingSubscriptionUpdate : PolarObject, IDated
{
    /// <summary>The change's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>When it takes effect.</summary>
    public DateTimeOffset? AppliesAt { get; set; }

    /// <summary>The id of the new product; null if it stays.</summary>
    public string? ProductId { get; set; }

    /// <summary>The new number of seats; null if it stays.</summary>
    public int? Seats { get; set; }

    /// <summary>The new number of units; null if it stays.</summary>
    public int? Units { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }
}
