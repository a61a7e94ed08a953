namespace PolarPS.Client;

/// <summary>What customers pay for again and again.</summary>
public class SubscriptionsResource
{
    private const string Root = "/v1/subscriptions/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected SubscriptionsResource() => _connection = ApiConnection.StandIn;

    internal SubscriptionsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All subscriptions, or those that match. Operation <c>subscriptions:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Subscription> List(SubscriptionQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new SubscriptionQuery(),
            ModelReaders.ListEnvelopeSubscription,
            item => item.Id
        );

    /// <summary>One subscription. Operation <c>subscriptions:get</c>.</summary>
    /// <param name="id">The subscription's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The subscription.</returns>
    /// <exception cref="PolarNotFoundException">There is no such subscription.</exception>
    public virtual Task<Subscription> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.Subscription, cancellationToken);

    /// <summary>Subscribes an existing customer to a product that costs nothing. Operation <c>subscriptions:create</c>; never sent twice.</summary>
    /// <param name="body">The product and the customer.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new subscription.</returns>
    public virtual Task<Subscription> CreateAsync(
        SubscriptionCreate body,
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.Subscription, cancellationToken);

    /// <summary>
    /// Changes a subscription in one way; each kind of change has a class. Operation <c>subscriptions:update</c>; sent twice only
    /// where it does no more than set metadata.
    /// </summary>
    /// <param name="id">The subscription's id.</param>
    /// <param name="change">What to change, such as <see cref="SubscriptionUpdate.Cancel"/> or a <see cref="SubscriptionUpdateSeats"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The subscription after the change.</returns>
    /// <exception cref="PolarPaymentException">The change required an immediate payment, which failed; the subscription is unchanged.</exception>
    /// <exception cref="PolarPermissionException">The subscription has ended, or is to end, which does not allow the change.</exception>
    /// <exception cref="PolarConflictException">Something else is changing it, or there is nothing to undo.</exception>
    public virtual Task<Subscription> UpdateAsync(
        string id,
        SubscriptionUpdate change,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Update(ApiPath.Of(Root, id), change, change.Repeatable).MovingMoney(change.MayCharge),
            ModelReaders.Subscription,
            cancellationToken
        );

    /// <summary>
    /// Ends a subscription immediately, which cannot be undone. Operation <c>subscriptions:revoke</c>; never sent twice, as a second time
    /// is refused even where the first had succeeded.
    /// </summary>
    /// <param name="id">The subscription's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The subscription after the change.</returns>
    /// <exception cref="PolarPermissionException">It has ended already.</exception>
    public virtual Task<Subscription> RevokeAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            // The usage of the current meter period is billed.
            ApiRequest.Delete(ApiPath.Of(Root, id), repeatable: false).MovingMoney(),
            ModelReaders.Subscription,
            cancellationToken
        );

    /// <summary>Subscriptions as CSV, streamed. Operation <c>subscriptions:export</c>.</summary>
    /// <param name="query">Filters and columns; null for everything.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The text as it arrives, with a header row; dispose of it.</returns>
    public virtual Task<StreamedResponse> ExportAsync(
        SubscriptionExportQuery? query = null,
        CancellationToken cancellationToken = default
    )
    {
        var filters = new QueryBuilder();
        query?.AddTo(filters);
        return _connection.OpenCsvAsync(ApiRequest.Get(Root + "export" + filters), cancellationToken);
    }
}
