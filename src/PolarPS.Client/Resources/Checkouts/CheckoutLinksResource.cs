namespace PolarPS.Client;

/// <summary>The permanent addresses that open a checkout.</summary>
public class CheckoutLinksResource
{
    private const string Root = "/v1/checkout-links/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected CheckoutLinksResource() => _connection = ApiConnection.StandIn;

    internal CheckoutLinksResource(ApiConnection connection) => _connection = connection;

    /// <summary>All checkout links, or those that match. Operation <c>checkout-links:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<CheckoutLink> List(CheckoutLinkQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new CheckoutLinkQuery(),
            ModelReaders.ListEnvelopeCheckoutLink,
            link => link.Id
        );

    /// <summary>One checkout link. Operation <c>checkout-links:get</c>.</summary>
    /// <param name="id">The link's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The link with its products and discount.</returns>
    /// <exception cref="PolarNotFoundException">There is no such link.</exception>
    public virtual Task<CheckoutLink> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.CheckoutLink, cancellationToken);

    /// <summary>Makes a checkout link. Operation <c>checkout-links:create</c>; never sent twice.</summary>
    /// <param name="body">What it is made of.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new link.</returns>
    public virtual Task<CheckoutLink> CreateAsync(
        CheckoutLinkCreate body,
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.CheckoutLink, cancellationToken);

    /// <summary>Changes a checkout link. Operation <c>checkout-links:update</c>.</summary>
    /// <param name="id">The link's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The link after the change.</returns>
    public virtual Task<CheckoutLink> UpdateAsync(
        string id,
        CheckoutLinkUpdate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Update(ApiPath.Of(Root, id), body),
            ModelReaders.CheckoutLink,
            cancellationToken
        );

    /// <summary>Deletes a checkout link; its address stops working. Operation <c>checkout-links:delete</c>.</summary>
    /// <param name="id">The link's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    public virtual Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(ApiPath.Of(Root, id), cancellationToken);
}
