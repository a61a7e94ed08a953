using System;
using System.Collections.Generic;

namespace PolarPS.Client;

/// <summary>What all lists have in common: their extent.</summary>
public abstract class ListQuery
{
    /// <summary>The greatest page that Polar gives.</summary>
    public const int LargestPage = 100;

    /// <summary>At most so many items; null for all.</summary>
    public long? First { get; set; }

    /// <summary>So many items are left out at the start.</summary>
    public long Skip { get; set; }

    /// <summary>How many items a request asks for, 1 to 100; null for as many as make sense.</summary>
    public int? PageSize { get; set; }

    /// <summary>How many pages may be requested before the one in hand is used up; 0 for none. At most 8.</summary>
    public int ReadAhead { get; set; } = 3;

    internal abstract void AddFilters(QueryBuilder query);

    internal virtual void AddOrder(QueryBuilder query) { }
}

/// <summary>A list whose order can be chosen.</summary>
public abstract class SortedListQuery : ListQuery
{
    /// <summary>
    /// The fields to sort by, as the API spells them, the first foremost; a leading <c>-</c> sorts downwards. Null for
    /// Polar's own order, which is the newest first for most lists.
    /// </summary>
    public IReadOnlyList<string>? Sorting { get; set; }

    internal sealed override void AddOrder(QueryBuilder query) => query.Add("sorting", Sorting);
}

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

/// <summary>Which checkout links to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class CheckoutLinkQuery : SortedListQuery
{
    /// <summary>Only links of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only links that offer one of these products.</summary>
    public IReadOnlyList<string>? ProductId { get; set; }

    internal override void AddFilters(QueryBuilder query) =>
        query.Add("organization_id", OrganizationId).Add("product_id", ProductId);
}

/// <summary>Which organizations to list.</summary>
public sealed class OrganizationQuery : SortedListQuery
{
    /// <summary>Only the organization with this name in addresses.</summary>
    public string? Slug { get; set; }

    internal override void AddFilters(QueryBuilder query) => query.Add("slug", Slug);
}
