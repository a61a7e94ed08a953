namespace PolarPS.Client;

/// <summary>
/// Checkouts: the seller's operations, with a token, and the customer's, with the client secret alone.
/// </summary>
public class CheckoutsResource
{
    private const string Root = "/v1/checkouts/";

    private const string ClientRoot = "/v1/checkouts/client/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected CheckoutsResource() => _connection = ApiConnection.StandIn;

    internal CheckoutsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All checkouts, or those that match. Operation <c>checkouts:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Checkout> List(CheckoutQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new CheckoutQuery(),
            ModelReaders.ListEnvelopeCheckout,
            checkout => checkout.Id
        );

    /// <summary>One checkout. Operation <c>checkouts:get</c>.</summary>
    /// <param name="id">The checkout's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The checkout.</returns>
    /// <exception cref="PolarNotFoundException">There is no such checkout.</exception>
    public virtual Task<Checkout> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.Checkout, cancellationToken);

    /// <summary>Makes a checkout. Operation <c>checkouts:create</c>; never sent twice.</summary>
    /// <param name="body">What it is made of.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new checkout.</returns>
    public virtual Task<Checkout> CreateAsync(CheckoutCreate body, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.Checkout, cancellationToken);

    /// <summary>Changes a checkout. Operation <c>checkouts:update</c>.</summary>
    /// <param name="id">The checkout's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The checkout after the change.</returns>
    public virtual Task<Checkout> UpdateAsync(
        string id,
        CheckoutUpdate body,
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Update(ApiPath.Of(Root, id), body), ModelReaders.Checkout, cancellationToken);

    /// <summary>One checkout as its customer sees it; needs no token. Operation <c>checkouts:client_get</c>.</summary>
    /// <param name="clientSecret">The checkout's client secret.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The checkout.</returns>
    /// <exception cref="PolarConflictException">The checkout has expired.</exception>
    public virtual Task<Checkout> ClientGetAsync(string clientSecret, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Get(ApiPath.Of(ClientRoot, clientSecret)),
            ModelReaders.Checkout,
            cancellationToken
        );

    /// <summary>Changes a checkout on the customer's side; needs no token. Operation <c>checkouts:client_update</c>.</summary>
    /// <param name="clientSecret">The checkout's client secret.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The checkout after the change.</returns>
    public virtual Task<Checkout> ClientUpdateAsync(
        string clientSecret,
        CheckoutUpdatePublic body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Update(ApiPath.Of(ClientRoot, clientSecret), body),
            ModelReaders.Checkout,
            cancellationToken
        );

    /// <summary>Pays: the customer's last word. Needs no token. Operation <c>checkouts:client_confirm</c>; never sent twice.</summary>
    /// <param name="clientSecret">The checkout's client secret.</param>
    /// <param name="body">What to change at last, and how it is paid.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The checkout, confirmed. Whether the payment succeeds shows later, in its status.</returns>
    /// <exception cref="PolarPaymentException">The payment failed immediately.</exception>
    public virtual Task<Checkout> ClientConfirmAsync(
        string clientSecret,
        CheckoutConfirm body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Post(ApiPath.Of(ClientRoot, clientSecret, "/confirm"), body).MovingMoney(),
            ModelReaders.Checkout,
            cancellationToken
        );
}
