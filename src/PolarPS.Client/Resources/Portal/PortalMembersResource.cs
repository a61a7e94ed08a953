namespace PolarPS.Client;

/// <summary>The members of the customer. Takes the token of a member who is owner or billing manager.</summary>
public class PortalMembersResource
{
    private const string Root = "/v1/customer-portal/members";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected PortalMembersResource() => _connection = ApiConnection.StandIn;

    internal PortalMembersResource(ApiConnection connection) => _connection = connection;

    /// <summary>All members. Operation <c>customer_portal:members:list_members</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Member> ListMembers(MemberOfCustomerQuery? query = null) =>
        new(_connection, Root, query ?? new MemberOfCustomerQuery(), ModelReaders.ListEnvelopeMember, item => item.Id);

    /// <summary>
    /// One member. Polar has no operation for a single one; it is looked for in the list. Operation
    /// <c>customer_portal:members:list_members</c>.
    /// </summary>
    /// <param name="id">The member's id.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The member.</returns>
    /// <exception cref="PolarNotFoundException">The customer has no such member.</exception>
    public virtual Task<Member> GetAsync(string id, CancellationToken cancellationToken = default) =>
        ListMembers().FindAsync(id, "member", Root, cancellationToken);

    /// <summary>Adds a member. Operation <c>customer_portal:members:add_member</c>; never sent twice.</summary>
    /// <param name="body">Who it is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new member.</returns>
    public virtual Task<Member> AddMemberAsync(
        PortalMemberCreate body,
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.Member, cancellationToken);

    /// <summary>Changes a member. Operation <c>customer_portal:members:update_member</c>.</summary>
    /// <param name="id">The member's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The member after the change.</returns>
    /// <exception cref="PolarNotFoundException">The customer has no such member.</exception>
    public virtual Task<Member> UpdateMemberAsync(
        string id,
        PortalMemberUpdate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Update(ApiPath.Of(Root + "/", id), body),
            ModelReaders.Member,
            cancellationToken
        );

    /// <summary>Removes a member. Operation <c>customer_portal:members:remove_member</c>.</summary>
    /// <param name="id">The member's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    public virtual Task RemoveMemberAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(ApiPath.Of(Root + "/", id), cancellationToken);
}
