namespace PolarPS.Client.Models;

/// <summary>Where an order's invoice can be downloaded.</summary>
public sealed class OrderInvoice : PolarObject
{
    /// <summary>A signed address that is valid for a few minutes. It needs no token, and must be sent none.</summary>
    public string? Url { get; set; }

    /// <summary>What it is.</summary>
    /// <returns>A text without the address: anyone who has the address can open it.</returns>
    private protected override string Describe() => "Invoice";
}
