namespace PolarPS.Client.Models;

/// <summary>The benefits that a product is to have.</summary>
public sealed class ProductBenefitsUpdate : RequestBody
{
    /// <summary>The ids of all benefits, in order. An omitted benefit is removed from the product; an empty list removes all.</summary>
    public IReadOnlyList<string>? Benefits
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }
}
