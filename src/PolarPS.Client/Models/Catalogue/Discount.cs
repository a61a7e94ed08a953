namespace PolarPS.Client.Models;

/// <summary>
/// A discount. One class for both kinds, which <see cref="Type"/> names. Inside a checkout link Polar leaves the products out.
/// </summary>
public sealed class Discount : PolarObject, IDated, IPriced, IHasMetadata
{
    /// <summary>The discount's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The name, which customers see on their invoice.</summary>
    public string? Name { get; set; }

    /// <summary>The code that customers type; null where none is needed.</summary>
    public string? Code { get; set; }

    /// <summary>The kind: <c>percentage</c> or <c>fixed</c>.</summary>
    public string? Type { get; set; }

    /// <summary>For how long it applies to a subscription: <c>once</c>, <c>forever</c> or <c>repeating</c>.</summary>
    public string? Duration { get; set; }

    /// <summary>For how many months it applies; null unless <see cref="Duration"/> is <c>repeating</c>.</summary>
    public int? DurationInMonths { get; set; }

    /// <summary>Hundredths of a percent: 2500 is 25 % off. Null for a fixed discount.</summary>
    public int? BasisPoints { get; set; }

    /// <summary>The amount off, in minor units by currency code. Null for a percentage.</summary>
    public PolarDictionary<long>? Amounts { get; set; }

    /// <summary>The amount off in <see cref="Currency"/>, in minor units. Polar prefers <see cref="Amounts"/>. Null for a percentage.</summary>
    public long? Amount { get; set; }

    /// <summary>The currency of <see cref="Amount"/>, as a lower-case ISO 4217 code. Null for a percentage.</summary>
    public string? Currency { get; set; }

    /// <summary>When it starts; null for immediately.</summary>
    public DateTimeOffset? StartsAt { get; set; }

    /// <summary>When it ceases to apply; null for never.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>How often it may be used in all; null for no limit.</summary>
    public int? MaxRedemptions { get; set; }

    /// <summary>How often one customer may use it; null for no limit.</summary>
    public int? MaxRedemptionsPerCustomer { get; set; }

    /// <summary>How often it has been used.</summary>
    public int? RedemptionsCount { get; set; }

    /// <summary>The products it is limited to; empty for all, null inside a checkout link.</summary>
    public PolarList<Product>? Products { get; set; }

    /// <summary>Your own keys and values (string, long, double, bool).</summary>
    public PolarMetadata? Metadata { get; set; }

    /// <summary>The id of the organization that offers it.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The discount in words, such as <c>Autumn sale (25% once)</c>.</summary>
    /// <returns>The name and the amount off.</returns>
    private protected override string Describe()
    {
        var off = DescribeReduction();
        return off.Length == 0 ? Name ?? Id ?? string.Empty : $"{Name ?? Id} ({off})";
    }

    /// <summary>The amount off and its duration, such as <c>25% once</c> or <c>$10.00 for 3 months</c>.</summary>
    /// <returns>A short text; empty when the discount says neither.</returns>
    public string DescribeReduction()
    {
        var off =
            BasisPoints is int points ? (points / 100m).ToString("0.##", CultureInfo.InvariantCulture) + "%"
            : Amount is long amount ? Money.Format(amount, Currency)
            : Amounts is { Count: > 0 } amounts ? FirstAmount(amounts)
            : string.Empty;
        var duration = Duration == "repeating" ? $"for {DurationInMonths} months" : Duration;
        return $"{off} {duration}".Trim();
    }

    private static string FirstAmount(PolarDictionary<long> amounts)
    {
        foreach (var amount in amounts)
        {
            return Money.Format(amount.Value, amount.Key);
        }

        return string.Empty;
    }
}
