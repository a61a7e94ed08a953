namespace PolarPS.Client.Models;

/// <summary>Who a session of the customer portal is for.</summary>
public sealed class PortalAuthenticatedUser : PolarObject
{
    /// <summary><c>customer</c>, or <c>member</c> of one.</summary>
    public string? Type { get; set; }

    /// <summary>The name; null if not known.</summary>
    public string? Name { get; set; }

    /// <summary>The email address.</summary>
    public string? Email { get; set; }

    /// <summary>The id of the customer.</summary>
    public string? CustomerId { get; set; }

    /// <summary>The id of the member; null for a customer as such.</summary>
    public string? MemberId { get; set; }

    /// <summary>What the member may do: <c>owner</c>, <c>billing_manager</c> or <c>member</c>; null for a customer as such.</summary>
    public string? Role { get; set; }

    /// <summary>The email address.</summary>
    /// <returns>The address, or the name where there is none.</returns>
    private protected override string Describe() => Email ?? Name ?? string.Empty;
}

/// <summary>A session of the customer portal, as the customer sees it.</summary>
public sealed class PortalSession : PolarObject
{
    /// <summary>When its token ceases to work.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Where the portal's back button leads; null for no button.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>How long it lasts.</summary>
    /// <returns>The time at which it ends.</returns>
    private protected override string Describe() =>
        ExpiresAt?.ToString("u", CultureInfo.InvariantCulture) ?? string.Empty;
}

/// <summary>That another email address is confirmed.</summary>
public sealed class CustomerEmailUpdateVerification : PolarObject
{
    /// <summary>A token for a session with the new address. A secret.</summary>
    public string? Token { get; set; }

    /// <summary>What it is.</summary>
    /// <returns>A text without the token.</returns>
    private protected override string Describe() => "Confirmed";
}

/// <summary>The result of saving a payment method.</summary>
public sealed class PaymentMethodSetup : PolarObject
{
    /// <summary><c>succeeded</c>, or <c>requires_action</c>: the customer has something to do.</summary>
    public string? Status { get; set; }

    /// <summary>The payment method; null unless it succeeded.</summary>
    public PaymentMethod? PaymentMethod { get; set; }

    /// <summary>The payment processor's secret for what the customer has to do; null if there is nothing.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>How it went.</summary>
    /// <returns>The state, and the payment method if it succeeded.</returns>
    private protected override string Describe() =>
        PaymentMethod is null ? Status ?? string.Empty : $"{PaymentMethod} ({Status})";
}

/// <summary>The payment status of an order.</summary>
public sealed class OrderPaymentStatus : PolarObject
{
    /// <summary>The id of the order. Polar does not send it; the client's methods set it.</summary>
    public string? OrderId { get; set; }

    /// <summary>The status, such as <c>succeeded</c> or <c>requires_action</c>.</summary>
    public string? Status { get; set; }

    /// <summary>The payment processor's secret for what the customer has to do; null if there is nothing.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Why it failed; null if it did not.</summary>
    public string? Error { get; set; }

    /// <summary>The state.</summary>
    /// <returns>The state, and why it failed.</returns>
    private protected override string Describe() => Error is null ? Status ?? string.Empty : $"{Status}: {Error}";
}

/// <summary>A file that a customer may download.</summary>
public sealed class Downloadable : PolarObject
{
    /// <summary>The id of the permission, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The id of the benefit that it came with.</summary>
    public string? BenefitId { get; set; }

    /// <summary>The file, with an address to download it from.</summary>
    public PolarFile? File { get; set; }

    /// <summary>The file's name.</summary>
    /// <returns>The name, or the id where there is none.</returns>
    private protected override string Describe() => File?.ToString() ?? Id ?? string.Empty;
}

/// <summary>Public information about a seller.</summary>
public sealed class CustomerOrganizationData : PolarObject
{
    /// <summary>The seller; only what is public.</summary>
    public Organization? Organization { get; set; }

    /// <summary>What it sells.</summary>
    public PolarList<Product>? Products { get; set; }

    /// <summary>The seller's name.</summary>
    /// <returns>The name.</returns>
    private protected override string Describe() => Organization?.ToString() ?? string.Empty;
}

/// <summary>What a customer has paid in advance.</summary>
public sealed class Wallet : PolarObject, IDated, IPriced
{
    /// <summary>The wallet's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The id of the customer.</summary>
    public string? CustomerId { get; set; }

    /// <summary>What is left, in minor units of <see cref="Currency"/>.</summary>
    public long? Balance { get; set; }

    /// <summary>The currency, as a lower-case ISO 4217 code.</summary>
    public string? Currency { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>What is left.</summary>
    /// <returns>Such as <c>$12.00</c>.</returns>
    private protected override string Describe() => Money.Format(Balance, Currency);
}
