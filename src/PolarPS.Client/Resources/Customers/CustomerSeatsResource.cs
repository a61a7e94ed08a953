namespace PolarPS.Client;

/// <summary>The seats of subscriptions and orders.</summary>
public class CustomerSeatsResource
{
    private const string Root = "/v1/customer-seats";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected CustomerSeatsResource() => _connection = ApiConnection.StandIn;

    internal CustomerSeatsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All seats of a subscription or an order; Polar returns them in one response. Operation <c>customer-seats:list_seats</c>.</summary>
    /// <param name="query">Of which subscription or order.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The seats, and how many are available.</returns>
    public virtual Task<CustomerSeatList> ListSeatsAsync(
        CustomerSeatQuery query,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(ApiRequest.Get(Root + query.ToQuery()), ModelReaders.CustomerSeatList, cancellationToken);

    /// <summary>Assigns a seat to a person, who is invited by email unless the seat is claimed immediately. Operation <c>customer-seats:assign_seat</c>; never sent twice.</summary>
    /// <param name="body">Which seat, and to whom.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The seat.</returns>
    public virtual Task<CustomerSeat> AssignSeatAsync(SeatAssign body, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.CustomerSeat, cancellationToken);

    /// <summary>Revokes a seat; it can be assigned again. Operation <c>customer-seats:revoke_seat</c>; may be repeated, a revoked seat is returned unchanged.</summary>
    /// <param name="seatId">The seat's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The seat after the change.</returns>
    public virtual Task<CustomerSeat> RevokeSeatAsync(string seatId, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Delete(ApiPath.Of(Root + "/", seatId)),
            ModelReaders.CustomerSeat,
            cancellationToken
        );

    /// <summary>Sends the invitation to a pending seat again. Operation <c>customer-seats:resend_invitation</c>; never sent twice.</summary>
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

    /// <summary>What an invitation is to; needs no token. Operation <c>customer-seats:get_claim_info</c>.</summary>
    /// <param name="invitationToken">The token from the invitation.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Product, organization, and whether the seat can be accepted now.</returns>
    public virtual Task<CustomerSeatClaimInfo> GetClaimInfoAsync(
        string invitationToken,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(ApiPath.Of(Root + "/claim/", invitationToken)),
            ModelReaders.CustomerSeatClaimInfo,
            cancellationToken
        );

    /// <summary>Accepts a seat invitation; needs no token. An invitation works once. Operation <c>customer-seats:claim_seat</c>; never sent twice.</summary>
    /// <param name="body">The invitation.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The seat, and a token for the customer portal.</returns>
    public virtual Task<CustomerSeatClaim> ClaimSeatAsync(
        SeatClaim body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Post(Root + "/claim", body),
            ModelReaders.CustomerSeatClaim,
            cancellationToken
        );
}
