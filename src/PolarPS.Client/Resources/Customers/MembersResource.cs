namespace PolarPS.Client;

/// <summary>The members of customers that are teams, by Polar's ids or by your own.</summary>
public class MembersResource
{
    private const string Root = "/v1/customers/";

    private const string ExternalRoot = "/v1/customers/external/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected MembersResource() => _connection = ApiConnection.StandIn;

    internal MembersResource(ApiConnection connection) => _connection = connection;

    /// <summary>The members of a customer. Operation <c>customers:members:list</c>.</summary>
    /// <param name="customerId">The customer's id.</param>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Member> List(string customerId, MemberQuery? query = null) =>
        new(
            _connection,
            ApiPath.Of(Root, customerId, "/members"),
            query ?? new MemberQuery(),
            ModelReaders.ListEnvelopeMember,
            member => member.Id
        );

    /// <summary>One member. Operation <c>customers:members:get</c>.</summary>
    /// <param name="customerId">The customer's id.</param>
    /// <param name="memberId">The member's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The member.</returns>
    /// <exception cref="PolarNotFoundException">There is no such customer or member.</exception>
    public virtual Task<Member> GetAsync(
        string customerId,
        string memberId,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(ApiPath.Of(Root, customerId, "/members/", memberId)),
            ModelReaders.Member,
            cancellationToken
        );

    /// <summary>Adds a member to a customer. Operation <c>customers:members:create</c>; never sent twice.</summary>
    /// <param name="customerId">The customer's id.</param>
    /// <param name="body">Who it is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new member.</returns>
    /// <exception cref="PolarPermissionException">The customer is not a team, or the organization has no members.</exception>
    public virtual Task<Member> CreateAsync(
        string customerId,
        MemberCreate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Post(ApiPath.Of(Root, customerId, "/members"), body),
            ModelReaders.Member,
            cancellationToken
        );

    /// <summary>Changes a member. Operation <c>customers:members:update</c>.</summary>
    /// <param name="customerId">The customer's id.</param>
    /// <param name="memberId">The member's id.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The member after the change.</returns>
    public virtual Task<Member> UpdateAsync(
        string customerId,
        string memberId,
        MemberUpdate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Update(ApiPath.Of(Root, customerId, "/members/", memberId), body),
            ModelReaders.Member,
            cancellationToken
        );

    /// <summary>Removes a member from a customer. Operation <c>customers:members:delete</c>.</summary>
    /// <param name="customerId">The customer's id.</param>
    /// <param name="memberId">The member's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    public virtual Task DeleteAsync(
        string customerId,
        string memberId,
        CancellationToken cancellationToken = default
    ) => _connection.DeleteAsync(ApiPath.Of(Root, customerId, "/members/", memberId), cancellationToken);

    /// <summary>The members of a customer, by your own id of the customer. Operation <c>customers:members:list_external</c>.</summary>
    /// <param name="customerExternalId">Your own id of the customer.</param>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Member> ListExternal(string customerExternalId, MemberQuery? query = null) =>
        new(
            _connection,
            ApiPath.OfExternal(ExternalRoot, customerExternalId, "/members"),
            query ?? new MemberQuery(),
            ModelReaders.ListEnvelopeMember,
            member => member.Id
        );

    /// <summary>One member, by your own ids. Operation <c>customers:members:get_external</c>.</summary>
    /// <param name="customerExternalId">Your own id of the customer.</param>
    /// <param name="memberExternalId">Your own id of the member.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The member.</returns>
    /// <exception cref="PolarNotFoundException">There is no such customer or member.</exception>
    public virtual Task<Member> GetExternalAsync(
        string customerExternalId,
        string memberExternalId,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(ApiPath.OfExternal(ExternalRoot, customerExternalId, "/members/", memberExternalId)),
            ModelReaders.Member,
            cancellationToken
        );

    /// <summary>Adds a member to a customer, by your own id of the customer. Operation <c>customers:members:create_external</c>; never sent twice.</summary>
    /// <param name="customerExternalId">Your own id of the customer.</param>
    /// <param name="body">Who it is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new member.</returns>
    /// <exception cref="PolarPermissionException">The customer is not a team, or the organization has no members.</exception>
    public virtual Task<Member> CreateExternalAsync(
        string customerExternalId,
        MemberCreate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Post(ApiPath.OfExternal(ExternalRoot, customerExternalId, "/members"), body),
            ModelReaders.Member,
            cancellationToken
        );

    /// <summary>Changes a member, by your own ids. Operation <c>customers:members:update_external</c>.</summary>
    /// <param name="customerExternalId">Your own id of the customer.</param>
    /// <param name="memberExternalId">Your own id of the member.</param>
    /// <param name="body">The fields to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The member after the change.</returns>
    public virtual Task<Member> UpdateExternalAsync(
        string customerExternalId,
        string memberExternalId,
        MemberUpdate body,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Update(
                ApiPath.OfExternal(ExternalRoot, customerExternalId, "/members/", memberExternalId),
                body
            ),
            ModelReaders.Member,
            cancellationToken
        );

    /// <summary>Removes a member from a customer, by your own ids. Operation <c>customers:members:delete_external</c>.</summary>
    /// <param name="customerExternalId">Your own id of the customer.</param>
    /// <param name="memberExternalId">Your own id of the member.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    public virtual Task DeleteExternalAsync(
        string customerExternalId,
        string memberExternalId,
        CancellationToken cancellationToken = default
    ) =>
        _connection.DeleteAsync(
            ApiPath.OfExternal(ExternalRoot, customerExternalId, "/members/", memberExternalId),
            cancellationToken
        );
}
