using System.Collections.Generic;

namespace PolarPS.Client.Models;

/// <summary>The benefits that a product is to have.</summary>
public sealed class ProductBenefitsUpdate : RequestBody
{
    /// <summary>The ids of all benefits, in order. A benefit left out is taken off the product; none takes off all.</summary>
    public IReadOnlyList<string>? Benefits
    {
        get => Get<IReadOnlyList<string>?>();
        set => Set(value);
    }
}
