namespace PolarPS.Client.Models;

/// <summary>
/// The person to assign a seat to. Exactly one of subscription and order is needed, and one way to name the person: email address,
/// customer, or member.
/// </summary>
public sealed class SeatAssign : RequestBody
{
    /// <summary>The id of the subscription.</summary>
    public string? SubscriptionId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of the order.</summary>
    public string? OrderId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of the checkout that the seats came from. In the customer portal only.</summary>
    public string? CheckoutId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The email address to invite.</summary>
    public string? Email
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of the customer who gets it.</summary>
    public string? CustomerId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Your own id of the customer who gets it.</summary>
    public string? ExternalCustomerId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>The id of the member who gets it; <see cref="Email"/> can be set as well.</summary>
    public string? MemberId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>Your own id of the member who gets it; <see cref="Email"/> can be set as well.</summary>
    public string? ExternalMemberId
    {
        get => Get<string?>();
        set => Set(value);
    }

    /// <summary>What to store with the seat: at most 10 keys, 1 KB as JSON; values may be nested.</summary>
    public IDictionary<string, object?>? Metadata
    {
        get => Get<IDictionary<string, object?>?>();
        set => Set(value);
    }

    /// <summary>true assigns the seat immediately, without an email invitation.</summary>
    public bool? ImmediateClaim
    {
        get => Get<bool?>();
        set => Set(value);
    }

    internal override void CheckField(string name, object? value)
    {
        if (MetadataRules.Cover(name))
        {
            MetadataRules.CheckSeat(value);
        }
    }
}

/// <summary>The seat to accept.</summary>
public sealed class SeatClaim : RequestBody
{
    /// <summary>The token from the invitation. A secret.</summary>
    public string? InvitationToken
    {
        get => Get<string?>();
        set => Set(value);
    }
}
