namespace PolarPS.Client;

/// <summary>The organizations that the token has access to: one with an organization's token, several with a user's.</summary>
public class OrganizationsResource
{
    private const string Root = "/v1/organizations/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected OrganizationsResource() => _connection = ApiConnection.StandIn;

    internal OrganizationsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All organizations, or those that match. Operation <c>organizations:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Organization> List(OrganizationQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new OrganizationQuery(),
            ModelReaders.ListEnvelopeOrganization,
            organization => organization.Id
        );

    /// <summary>One organization. Operation <c>organizations:get</c>.</summary>
    /// <param name="id">The organization's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The organization.</returns>
    /// <exception cref="PolarNotFoundException">There is no such organization, or the token has no access to it.</exception>
    public virtual Task<Organization> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.Organization, cancellationToken);

    /// <summary>The organization that the token has access to; null where there are several.</summary>
    internal async Task<Organization?> FindOnlyAsync(CancellationToken cancellationToken)
    {
        Organization? only = null;
        var list = List(new OrganizationQuery { First = 2 });
        await foreach (var item in list.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (only is not null)
            {
                return null;
            }

            only = item;
        }

        return only;
    }

    /// <summary>Makes an organization; needs a user's token. Operation <c>organizations:create</c>; never sent twice.</summary>
    /// <param name="body">What it is made of.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new organization.</returns>
    public virtual Task<Organization> CreateAsync(
        OrganizationCreate body,
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.Organization, cancellationToken);

    /// <summary>Changes an organization. Operation <c>organizations:update</c>.</summary>
    /// <param name="id">The organization's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The organization after the change.</returns>
    public virtual Task<Organization> UpdateAsync(
        string id,
        OrganizationUpdate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Update(ApiPath.Of(Root, id), body),
            ModelReaders.Organization,
            cancellationToken
        );
}
