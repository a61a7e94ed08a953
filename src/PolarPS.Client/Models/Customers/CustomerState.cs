namespace PolarPS.Client.Models;

/// <summary>
/// A customer with everything that is active now: subscriptions, benefits and meters. What to ask for when something depends on
/// what a customer has bought.
/// </summary>
public sealed class CustomerState : PolarObject, IDated, IHasMetadata
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

    /// <summary>Your own keys and values (string, long, double, bool).</summary>
    public PolarMetadata? Metadata { get; set; }

    /// <summary>The id of the organization whose customer this is.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>The subscriptions that are active or in trial.</summary>
    public PolarList<CustomerStateSubscription>? ActiveSubscriptions { get; set; }

    /// <summary>The benefits that the customer has now.</summary>
    public PolarList<BenefitGrant>? GrantedBenefits { get; set; }

    /// <summary>The meters that count the customer's usage.</summary>
    public PolarList<CustomerStateMeter>? ActiveMeters { get; set; }

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

/// <summary>A subscription in force, in short.</summary>
public sealed class CustomerStateSubscription : PolarObject, IDated, IPriced, IHasMetadata
{
    /// <summary>The subscription's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary><c>active</c> or <c>trialing</c>.</summary>
    public string? Status { get; set; }

    /// <summary>What a period costs, in minor units.</summary>
    public long? Amount { get; set; }

    /// <summary>The currency, as a lower-case ISO 4217 code.</summary>
    public string? Currency { get; set; }

    /// <summary>The unit of the billing interval: <c>day</c>, <c>week</c>, <c>month</c>, <c>year</c>.</summary>
    public string? RecurringInterval { get; set; }

    /// <summary>When the current period began.</summary>
    public DateTimeOffset? CurrentPeriodStart { get; set; }

    /// <summary>When the current period ends.</summary>
    public DateTimeOffset? CurrentPeriodEnd { get; set; }

    /// <summary>When the trial began; null for no trial.</summary>
    public DateTimeOffset? TrialStart { get; set; }

    /// <summary>When the trial ends; null for no trial.</summary>
    public DateTimeOffset? TrialEnd { get; set; }

    /// <summary>Whether it ends with the current period.</summary>
    public bool? CancelAtPeriodEnd { get; set; }

    /// <summary>When it was canceled; null if it was not.</summary>
    public DateTimeOffset? CanceledAt { get; set; }

    /// <summary>When it began; null if it has not.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ends; null for no end.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>The id of the product.</summary>
    public string? ProductId { get; set; }

    /// <summary>The id of the discount that is applied; null for none.</summary>
    public string? DiscountId { get; set; }

    /// <summary>How many seats it has; null for another kind of price.</summary>
    public int? Seats { get; set; }

    /// <summary>How many units it has; null for another kind of price.</summary>
    public int? Units { get; set; }

    /// <summary>What usage has cost so far in this period.</summary>
    public PolarList<CustomerStateSubscriptionMeter>? Meters
    {
        get;
        set => field = Hold(value);
    }

    /// <summary>The answers given at checkout, by the custom field's slug.</summary>
    public PolarMetadata? CustomFieldData { get; set; }

    /// <summary>Your own keys and values (string, long, double, bool).</summary>
    public PolarMetadata? Metadata { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The subscription in words.</summary>
    /// <returns>Such as <c>$49.00/month (active)</c>.</returns>
    private protected override string Describe() => $"{Money.Format(Amount, Currency)}/{RecurringInterval} ({Status})";
}

/// <summary>Usage within a subscription's period.</summary>
public sealed class CustomerStateSubscriptionMeter : PolarObject, IDated
{
    /// <summary>The id of this count, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The id of the meter that counts.</summary>
    public string? MeterId { get; set; }

    /// <summary>How many units were used.</summary>
    public double? ConsumedUnits { get; set; }

    /// <summary>How many units were included.</summary>
    public long? CreditedUnits { get; set; }

    /// <summary>What the rest costs so far, in minor units of the subscription's currency.</summary>
    public long? Amount { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }
}

/// <summary>A customer's balance on a meter.</summary>
public sealed class CustomerStateMeter : PolarObject, IDated
{
    /// <summary>The id of this balance, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The id of the meter that counts.</summary>
    public string? MeterId { get; set; }

    /// <summary>How many units were used.</summary>
    public double? ConsumedUnits { get; set; }

    /// <summary>How many units were included.</summary>
    public long? CreditedUnits { get; set; }

    /// <summary>What is left of the included units; below zero where more was used.</summary>
    public double? Balance { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The balance.</summary>
    /// <returns>The number, the same in every culture.</returns>
    private protected override string Describe() => Balance?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;
}
