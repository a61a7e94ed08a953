namespace PolarPS.Client;

/// <summary>Which payment methods to list: Polar has no filters and no sorting here.</summary>
public sealed class PaymentMethodQuery : ListQuery
{
    internal override void AddFilters(QueryBuilder query) { }
}
