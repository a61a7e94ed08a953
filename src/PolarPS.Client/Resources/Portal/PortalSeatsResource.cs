namespace PolarPS.Client;

/// <summary>The seats that the customer bought, and those assigned to it.</summary>
public class PortalSeatsResource
{
    private const string Root = "/v1/customer-portal/seats";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected PortalSeatsResource() => _connection = ApiConnection.StandIn;

    internal PortalSeatsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All seats of a subscription or an order; Polar returns them in one response. Operation <c>customer_portal:seats:list_seats</c>.</summary>
    /// <param name="query">Of which subscription or order.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The seats, and how many are available.</returns>
    public virtual Task<CustomerSeatList> ListSeatsAsync(
        CustomerSeatQuery query,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(ApiRequest.Get(Root + query.ToQuery()), ModelReaders.CustomerSeatList, cancellationToken);

    /// <summary>Assigns a seat to a person, who is invited by email unless the seat is claimed immediately. Operation <c>customer_portal:seats:assign_seat</c>; never sent twice.</summary>
    /// <param name="body">Which seat, and to whom.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The seat.</returns>
    public virtual Task<CustomerSeat> AssignSeatAsync(SeatAssign body, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.CustomerSeat, cancellationToken);

    /// <summary>Revokes a seat; it can be assigned again. Operation <c>customer_portal:seats:revoke_seat</c>; may be repeated, a revoked seat is returned unchanged.</summary>
    /// <param name="seatId">The seat's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The seat after the change.</returns>
    public virtual Task<CustomerSeat> RevokeSeatAsync(string seatId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Delete(ApiPath.Of(Root + "/", seatId)),
            ModelReaders.CustomerSeat,
            cancellationToken
        );

    /// <summary>Sends the invitation to a pending seat again. Never sent twice. Operation <c>customer_portal:seats:resend_invitation</c>.</summary>
    /// <param name="seatId">The seat's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The seat after the change.</returns>
    public virtual Task<CustomerSeat> ResendInvitationAsync(
        string seatId,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Post(ApiPath.Of(Root + "/", seatId, "/resend"), null),
            ModelReaders.CustomerSeat,
            cancellationToken
        );

    /// <summary>The subscriptions of others in which the customer has a seat. Operation <c>customer_portal:seats:list_claimed_subscriptions</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Subscription> ListClaimedSubscriptions(ClaimedSubscriptionQuery? query = null) =>
        new(
            _connection,
            Root + "/subscriptions",
            query ?? new ClaimedSubscriptionQuery(),
            ModelReaders.ListEnvelopeSubscription,
            item => item.Id
        );
}
