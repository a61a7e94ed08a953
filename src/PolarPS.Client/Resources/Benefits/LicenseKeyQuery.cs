namespace PolarPS.Client;

/// <summary>
/// Which license keys to list; Polar knows no order here. Values of one filter are alternatives; all filters have to match.
/// </summary>
public sealed class LicenseKeyQuery : ListQuery
{
    /// <summary>Only those of these organizations.</summary>
    public IReadOnlyList<string>? OrganizationId { get; set; }

    /// <summary>Only license keys of these benefits.</summary>
    public IReadOnlyList<string>? BenefitId { get; set; }

    /// <summary>Only license keys in one of these states: <c>granted</c>, <c>disabled</c>, <c>revoked</c>.</summary>
    public IReadOnlyList<string>? Status { get; set; }

    internal override RowOrder Order => RowOrder.OldestFirst;

    internal override void AddFilters(QueryBuilder query) =>
        query.Add("organization_id", OrganizationId).Add("benefit_id", BenefitId).Add("status", Status);
}
