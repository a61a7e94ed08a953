namespace PolarPS.Client;

/// <summary>The benefits that the customer has or had.</summary>
public class PortalBenefitGrantsResource
{
    private const string Root = "/v1/customer-portal/benefit-grants/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected PortalBenefitGrantsResource() => _connection = ApiConnection.StandIn;

    internal PortalBenefitGrantsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All grants, or those that match. Operation <c>customer_portal:benefit-grants:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<BenefitGrant> List(PortalBenefitGrantQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new PortalBenefitGrantQuery(),
            ModelReaders.ListEnvelopeBenefitGrant,
            item => item.Id
        );

    /// <summary>One grant. Operation <c>customer_portal:benefit-grants:get</c>.</summary>
    /// <param name="id">The grant's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The grant.</returns>
    /// <exception cref="PolarNotFoundException">The customer has no such grant.</exception>
    public virtual Task<BenefitGrant> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.BenefitGrant, cancellationToken);

    /// <summary>Sets the account or email address that a benefit is for. Operation <c>customer_portal:benefit-grants:update</c>; never sent twice, since it may send an invitation.</summary>
    /// <param name="id">The grant's id.</param>
    /// <param name="body">The kind of benefit, and what to set.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The grant after the change.</returns>
    /// <exception cref="PolarPermissionException">The account is not the customer's, or the benefit does not take one.</exception>
    public virtual Task<BenefitGrant> UpdateAsync(
        string id,
        BenefitGrantUpdate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Update(ApiPath.Of(Root, id), body, repeatable: false),
            ModelReaders.BenefitGrant,
            cancellationToken
        );
}
