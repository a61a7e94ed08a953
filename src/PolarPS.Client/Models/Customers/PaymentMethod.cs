namespace PolarPS.Client.Models;

/// <summary>A payment method that a customer has saved. One class for every type, which <see cref="Type"/> names.</summary>
public sealed class PaymentMethod : PolarObject, IDated
{
    /// <summary>The payment method's id, a UUID.</summary>
    public string? Id { get; set; }

    /// <summary>The kind: <c>card</c>, <c>kr_card</c>, or another name of the payment processor's.</summary>
    public string? Type { get; set; }

    /// <summary>Who handles the payment: <c>stripe</c>.</summary>
    public string? Processor { get; set; }

    /// <summary>What is known of the card; null for other kinds.</summary>
    public PaymentMethodMetadata? MethodMetadata { get; set; }

    /// <summary>Whether it is charged unless something else is said. Null inside the customer portal.</summary>
    public bool? IsDefault { get; set; }

    /// <summary>The id of the customer it belongs to.</summary>
    public string? CustomerId { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was last changed; null if never.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>The payment method in words.</summary>
    /// <returns>Such as <c>visa 4242</c>, or the kind where no more is known.</returns>
    private protected override string Describe() =>
        MethodMetadata?.ToString() is { Length: > 0 } card ? card : Type ?? Id ?? string.Empty;
}

/// <summary>What is known of a card.</summary>
public sealed class PaymentMethodMetadata : PolarObject
{
    /// <summary>The brand, such as <c>visa</c>; null if not known.</summary>
    public string? Brand { get; set; }

    /// <summary>The last four digits; null if not known.</summary>
    public string? Last4 { get; set; }

    /// <summary>The month in which it expires, 1 to 12; null for a Korean card.</summary>
    public int? ExpMonth { get; set; }

    /// <summary>The year in which it expires, with four digits; null for a Korean card.</summary>
    public int? ExpYear { get; set; }

    /// <summary>The wallet it is in, such as <c>apple_pay</c>; null for none.</summary>
    public string? Wallet { get; set; }

    /// <summary>Brand and last digits.</summary>
    /// <returns>Such as <c>visa 4242</c>.</returns>
    private protected override string Describe() => $"{Brand} {Last4}".Trim();
}
