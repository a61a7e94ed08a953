namespace PolarPS.Client.Models;

/// <summary>One seat of a subscription or an order, and who sits on it.</summary>
public sealed class CustomerSeat : PolarObject, IDated
{
    /// <summary>The seat's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary><c>pending</c> (invited), <c>claimed</c> or <c>revoked</c>, which can be assigned again.</summary>
    public string? Status { get; set; }

    /// <summary>The email address that was invited; null for none.</summary>
    public string? Email { get; set; }

    /// <summary>The email address of the customer on the seat; null for none.</summary>
    public string? CustomerEmail { get; set; }

    /// <summary>
    /// The id of the customer on the seat or, where members take seats, of the one who pays; null for nobody.
    /// </summary>
    public string? CustomerId { get; set; }

    /// <summary>The id of the member on the seat; null for nobody.</summary>
    public string? MemberId { get; set; }

    /// <summary>The member on the seat; null for nobody.</summary>
    public Member? Member { get; set; }

    /// <summary>The id of the subscription; null for a seat of an order.</summary>
    public string? SubscriptionId { get; set; }

    /// <summary>The id of the order; null for a seat of a subscription.</summary>
    public string? OrderId { get; set; }

    /// <summary>When the invitation ceases to work; null without one.</summary>
    public DateTimeOffset? InvitationTokenExpiresAt { get; set; }

    /// <summary>When the seat was accepted; null if not.</summary>
    public DateTimeOffset? ClaimedAt { get; set; }

    /// <summary>When the seat was revoked; null if not.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>What you stored with the seat, nested values included; null for nothing.</summary>
    public PolarMetadata? SeatMetadata { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>Who sits there, or is invited, and the state.</summary>
    /// <returns>Such as <c>ana@example.com (claimed)</c>.</returns>
    // With member seats, the customer is the one who pays for all of them.
    private protected override string Describe() => $"{Member?.Email ?? Email ?? CustomerEmail ?? Id} ({Status})";
}

/// <summary>All seats of a subscription or an order.</summary>
public sealed class CustomerSeatList : PolarObject
{
    /// <summary>The seats that are or were assigned.</summary>
    public PolarList<CustomerSeat>? Seats { get; set; }

    /// <summary>How many more are available.</summary>
    public int? AvailableSeats { get; set; }

    /// <summary>The quantity.</summary>
    public int? TotalSeats { get; set; }

    /// <summary>How many seats are left.</summary>
    /// <returns>Such as <c>2 of 5 available</c>.</returns>
    private protected override string Describe() => $"{AvailableSeats} of {TotalSeats} available";
}

/// <summary>The result of accepting a seat.</summary>
public sealed class CustomerSeatClaim : PolarObject
{
    /// <summary>The seat.</summary>
    public CustomerSeat? Seat { get; set; }

    /// <summary>A token for calls of the customer portal. A secret, shown here only.</summary>
    public string? CustomerSessionToken { get; set; }

    /// <summary>The seat; never the token.</summary>
    /// <returns>Such as <c>ana@example.com (claimed)</c>.</returns>
    private protected override string Describe() => Seat?.ToString() ?? string.Empty;
}

/// <summary>What an invitation is to.</summary>
public sealed class CustomerSeatClaimInfo : PolarObject
{
    /// <summary>The product's name.</summary>
    public string? ProductName { get; set; }

    /// <summary>The id of the product.</summary>
    public string? ProductId { get; set; }

    /// <summary>The name of the organization that sells it.</summary>
    public string? OrganizationName { get; set; }

    /// <summary>That organization's name in addresses.</summary>
    public string? OrganizationSlug { get; set; }

    /// <summary>The email address that was invited.</summary>
    public string? CustomerEmail { get; set; }

    /// <summary>Whether the seat can be accepted now.</summary>
    public bool? CanClaim { get; set; }

    /// <summary>The invitation in words.</summary>
    /// <returns>Such as <c>Team plan for ana@example.com</c>.</returns>
    private protected override string Describe() => $"{ProductName} for {CustomerEmail}";
}
