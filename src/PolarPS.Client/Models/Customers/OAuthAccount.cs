namespace PolarPS.Client.Models;

/// <summary>A customer's or member's account elsewhere, such as at GitHub.</summary>
public sealed class OAuthAccount : PolarObject
{
    /// <summary>The id of the account there.</summary>
    public string? AccountId { get; set; }

    /// <summary>The name of the account there; null if not known.</summary>
    public string? AccountUsername { get; set; }

    /// <summary>The name of the account.</summary>
    /// <returns>The name, or the id where there is none.</returns>
    private protected override string Describe() => AccountUsername ?? AccountId ?? string.Empty;
}
