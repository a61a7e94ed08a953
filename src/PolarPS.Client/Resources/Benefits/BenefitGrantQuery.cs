namespace PolarPS.Client;

/// <summary>Which benefit grants to list. Values of one filter are alternatives; all filters have to match.</summary>
public sealed class BenefitGrantQuery : SortedListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only grants to these customers.</summary>
    public IReadOnlyList<string>? CustomerId { get; set; }

    /// <summary>Only grants to the customers with these ids of yours.</summary>
    public IReadOnlyList<string>? ExternalCustomerId { get; set; }

    /// <summary>Only grants in force (true), only others (false), or both (null).</summary>
    public bool? IsGranted { get; set; }

    internal override void AddFilters(QueryBuilder query) =>
        query
            .Add("organization_id", OrganizationId)
            .Add("customer_id", CustomerId)
            .Add("external_customer_id", ExternalCustomerId)
            .Add("is_granted", IsGranted);
}

/// <summary>
/// Which grants of one benefit to list; Polar knows no order here. Values of one filter are alternatives; all filters have
/// to match.
/// </summary>
public sealed class BenefitGrantOfBenefitQuery : ListQuery
{
    /// <summary>Only grants in force (true), only others (false), or both (null).</summary>
    public bool? IsGranted { get; set; }

    /// <summary>Only grants to these customers.</summary>
    public IReadOnlyList<string>? CustomerId { get; set; }

    /// <summary>Only grants to these members.</summary>
    public IReadOnlyList<string>? MemberId { get; set; }

    internal override void AddFilters(QueryBuilder query) =>
        query.Add("is_granted", IsGranted).Add("customer_id", CustomerId).Add("member_id", MemberId);
}
