namespace PolarPS.Client.Models;

/// <summary>An object whose amounts are in a currency of its own.</summary>
internal interface IPriced
{
    /// <summary>The currency, as a lower-case ISO 4217 code; null where Polar does not say.</summary>
    string? Currency { get; }
}
