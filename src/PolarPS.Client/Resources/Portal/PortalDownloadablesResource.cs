namespace PolarPS.Client;

/// <summary>The files that the customer may download.</summary>
public class PortalDownloadablesResource
{
    private const string Root = "/v1/customer-portal/downloadables/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected PortalDownloadablesResource() => _connection = ApiConnection.StandIn;

    internal PortalDownloadablesResource(ApiConnection connection) => _connection = connection;

    /// <summary>All files, or those that match. Operation <c>customer_portal:downloadables:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Downloadable> List(PortalDownloadableQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new PortalDownloadableQuery(),
            ModelReaders.ListEnvelopeDownloadable,
            item => item.Id
        );

    /// <summary>
    /// One file, found by reading the list, with an address that is valid for some minutes from now on; Polar gives none alone.
    /// Operation <c>customer_portal:downloadables:list</c>.
    /// </summary>
    /// <param name="id">The id of the permission, which is not the file's.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The file.</returns>
    /// <exception cref="PolarNotFoundException">The customer may download no such file.</exception>
    public virtual Task<Downloadable> GetAsync(string id, CancellationToken cancellationToken = default) =>
        List().FindAsync(id, "downloadable", Root, cancellationToken);
}
