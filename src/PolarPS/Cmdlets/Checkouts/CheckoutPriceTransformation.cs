namespace PolarPS.Commands;

/// <summary>
/// Accepts prices of one checkout as a hashtable or an object by product, @{ $product.Id = New-PolarPrice 500 }, or, for the only product,
/// the prices alone.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CheckoutPriceTransformationAttribute : ArgumentTransformationAttribute, IItemTransformation
{
    /// <summary>The key of prices that are given without a product.</summary>
    internal const string OnlyProduct = "";

    private static readonly PolarIdAttribute ProductId = new(typeof(Product));
    private static readonly PriceTransformationAttribute Prices = new() { NewOnly = true };

    Type IItemTransformation.Item => typeof(PriceInput);

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var prices = new Dictionary<string, object?>(StringComparer.Ordinal);
        var value = PSValue.ValueOrCustom(inputData);
        switch (value)
        {
            case null:
                return null;
            case IDictionary byProduct:
                foreach (DictionaryEntry entry in byProduct)
                {
                    Add(entry.Key, entry.Value);
                }

                break;
            case PSObject byProduct:
                foreach (var property in byProduct.Properties)
                {
                    Add(property.Name, property.Value);
                }

                break;
            default:
                prices[OnlyProduct] = Prices.Transform(engineIntrinsics, inputData);
                break;
        }

        return prices;

        void Add(object product, object? given) =>
            prices[(string)ProductId.Transform(engineIntrinsics, product)!] =
                Prices.Transform(engineIntrinsics, given)
                ?? throw new RefusedArgumentException("A product in the table has no prices.");
    }
}
