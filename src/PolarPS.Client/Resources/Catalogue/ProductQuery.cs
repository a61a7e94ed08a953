namespace PolarPS.Client;

/// <summary>Which products to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class ProductQuery : SortedListQuery
{
    /// <summary>Only products with one of these ids.</summary>
    public IReadOnlyList<string>? Id { get; set; }

    /// <summary>Only products of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only products whose name contains this.</summary>
    public string? Query { get; set; }

    /// <summary>Only archived products (true), only others (false), or both (null).</summary>
    public bool? IsArchived { get; set; }

    /// <summary>Only subscriptions (true), only one-time purchases (false), or both (null).</summary>
    public bool? IsRecurring { get; set; }

    /// <summary>Only products with one of these benefits.</summary>
    public IReadOnlyList<string>? BenefitId { get; set; }

    /// <summary>Only products of these visibilities: <c>public</c>, <c>private</c>, <c>draft</c>.</summary>
    public IReadOnlyList<string>? Visibility { get; set; }

    /// <summary>Only products with these keys and values; a list as value gives alternatives.</summary>
    public IDictionary<string, object?>? Metadata { get; set; }

    // A product with several of the benefits is counted as often.
    internal override bool CountsRowsOnce => BenefitId is not { Count: > 1 };

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("id", Id)
            .Add("organization_id", OrganizationId)
            .Add("query", Query)
            .Add("is_archived", IsArchived)
            .Add("is_recurring", IsRecurring)
            .Add("benefit_id", BenefitId)
            .Add("visibility", Visibility)
            .AddMetadata(Metadata);
}
