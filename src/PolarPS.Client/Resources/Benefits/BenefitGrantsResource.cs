namespace PolarPS.Client;

/// <summary>Who has which benefit.</summary>
public class BenefitGrantsResource
{
    private const string Root = "/v1/benefit-grants/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected BenefitGrantsResource() => _connection = ApiConnection.StandIn;

    internal BenefitGrantsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All benefit grants, or those that match. Operation <c>benefit-grants:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<BenefitGrant> List(BenefitGrantQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new BenefitGrantQuery(),
            ModelReaders.ListEnvelopeBenefitGrant,
            benefitGrant => benefitGrant.Id
        );
}
