namespace PolarPS.Client;

/// <summary>Which customers' accounts with meters to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class CustomerMeterQuery : SortedListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only those of these customers.</summary>
    public IReadOnlyList<string>? CustomerId { get; set; }

    /// <summary>Only those of customers with one of these ids of your own.</summary>
    public IReadOnlyList<string>? ExternalCustomerId { get; set; }

    /// <summary>Only those with these meters.</summary>
    public IReadOnlyList<string>? MeterId { get; set; }

    internal override string DefaultSorting => "-modified_at";

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("organization_id", OrganizationId)
            .Add("customer_id", CustomerId)
            .Add("external_customer_id", ExternalCustomerId)
            .Add("meter_id", MeterId);
}
