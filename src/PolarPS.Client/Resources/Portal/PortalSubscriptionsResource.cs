namespace PolarPS.Client;

/// <summary>The customer's subscriptions.</summary>
public class PortalSubscriptionsResource
{
    private const string Root = "/v1/customer-portal/subscriptions/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected PortalSubscriptionsResource() => _connection = ApiConnection.StandIn;

    internal PortalSubscriptionsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All subscriptions, or those that match. Operation <c>customer_portal:subscriptions:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Subscription> List(PortalSubscriptionQuery? query = null) =>
        new(
            _connection,
            Root,
            query ?? new PortalSubscriptionQuery(),
            ModelReaders.ListEnvelopeSubscription,
            item => item.Id
        );

    /// <summary>One subscription. Operation <c>customer_portal:subscriptions:get</c>.</summary>
    /// <param name="id">The subscription's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The subscription.</returns>
    /// <exception cref="PolarNotFoundException">The customer has no such subscription.</exception>
    public virtual Task<Subscription> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.Subscription, cancellationToken);

    /// <summary>
    /// Makes one change of a subscription. Operation <c>customer_portal:subscriptions:update</c>; never sent twice, since it may
    /// charge.
    /// </summary>
    /// <param name="id">The subscription's id.</param>
    /// <param name="body">The change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The subscription after the change.</returns>
    /// <exception cref="System.ArgumentException">More than one kind of change; nothing was sent.</exception>
    /// <exception cref="PolarPaymentException">The change required an immediate payment, which failed; the subscription is unchanged.</exception>
    /// <exception cref="PolarPermissionException">The seller does not allow it, or the subscription has ended or is to end.</exception>
    /// <exception cref="PolarConflictException">There is no payment method, or nothing to undo.</exception>
    public virtual Task<Subscription> UpdateAsync(
        string id,
        PortalSubscriptionUpdate body,
        CancellationToken cancellationToken = default
    )
    {
        body.EnsureOneKind();
        return _connection.SendAsync(
            ApiRequest.Update(ApiPath.Of(Root, id), body, repeatable: false).MovingMoney(body.MayCharge),
            ModelReaders.Subscription,
            cancellationToken
        );
    }

    /// <summary>Ends a subscription with its current period. Never sent twice, as a second time is refused even where the first had succeeded. Operation <c>customer_portal:subscriptions:cancel</c>.</summary>
    /// <param name="id">The subscription's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The subscription after the change.</returns>
    /// <exception cref="PolarPermissionException">It has been cancelled already.</exception>
    public virtual Task<Subscription> CancelAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Delete(ApiPath.Of(Root, id), repeatable: false),
            ModelReaders.Subscription,
            cancellationToken
        );
}
