namespace PolarPS.Client.Models;

/// <summary>Counts events for billing. Inside a subscription in the customer portal Polar sends only its name.</summary>
public sealed class Meter : PolarObject, IDated, IHasMetadata
{
    /// <summary>The meter's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The name that customers read on their invoice; at least 3 characters.</summary>
    public string? Name { get; set; }

    /// <summary>What it counts: <c>scalar</c>, <c>token</c> or <c>custom</c>.</summary>
    public string? Unit { get; set; }

    /// <summary>What a unit is called when <see cref="Unit"/> is <c>custom</c>; else null.</summary>
    public string? CustomLabel { get; set; }

    /// <summary>How many counted units make one displayed unit; null for one.</summary>
    public int? CustomMultiplier { get; set; }

    /// <summary>Which events it counts.</summary>
    public MeterFilter? Filter { get; set; }

    /// <summary>How it counts them.</summary>
    public MeterAggregation? Aggregation { get; set; }

    /// <summary>When it was archived, and so ceased to bill; null if it was not.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>Your own keys and values (string, long, double, bool).</summary>
    public PolarMetadata? Metadata { get; set; }

    /// <summary>The id of the organization.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The meter's name.</summary>
    /// <returns>The name, or the id where there is none.</returns>
    private protected override string Describe() => Name ?? Id ?? string.Empty;
}

/// <summary>What a meter counted, period by period.</summary>
public sealed class MeterQuantities : PolarObject
{
    /// <summary>The periods in order.</summary>
    public PolarList<MeterQuantity>? Quantities { get; set; }

    /// <summary>What it counted over all periods.</summary>
    public decimal? Total { get; set; }
}

/// <summary>What a meter counted in a period.</summary>
public sealed class MeterQuantity : PolarObject
{
    /// <summary>The id of the meter that counted.</summary>
    public string? MeterId { get; set; }

    /// <summary>When the period begins.</summary>
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>What it counted.</summary>
    public decimal? Quantity { get; set; }

    /// <summary>When, and how much.</summary>
    /// <returns>The same in every culture.</returns>
    private protected override string Describe() =>
        string.Format(CultureInfo.InvariantCulture, "{0:u}: {1}", Timestamp, Quantity);
}

/// <summary>A customer's balance on a meter.</summary>
public sealed class CustomerMeter : PolarObject, IDated
{
    /// <summary>The id of this account, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The id of the customer.</summary>
    public string? CustomerId { get; set; }

    /// <summary>The customer. Null in the customer portal.</summary>
    public Customer? Customer { get; set; }

    /// <summary>The id of the meter.</summary>
    public string? MeterId { get; set; }

    /// <summary>The meter.</summary>
    public Meter? Meter { get; set; }

    /// <summary>How much has been used.</summary>
    public decimal? ConsumedUnits { get; set; }

    /// <summary>How much was given.</summary>
    public long? CreditedUnits { get; set; }

    /// <summary>The unused credit; negative when more has been used.</summary>
    public decimal? Balance { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The account in words.</summary>
    /// <returns>Such as <c>API calls: 800 left</c>.</returns>
    private protected override string Describe() =>
        string.Format(CultureInfo.InvariantCulture, "{0}: {1} left", Meter?.Name ?? MeterId, Balance);
}
