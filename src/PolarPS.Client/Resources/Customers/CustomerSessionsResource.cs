namespace PolarPS.Client;

/// <summary>The customers' ways into the customer portal.</summary>
public class CustomerSessionsResource
{
    private const string Root = "/v1/customer-sessions/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected CustomerSessionsResource() => _connection = ApiConnection.StandIn;

    internal CustomerSessionsResource(ApiConnection connection) => _connection = connection;

    /// <summary>Opens the customer portal for a customer: returns a token and an address, valid for an hour. Operation <c>customer-sessions:create</c>; never sent twice.</summary>
    /// <param name="body">Whose session to create.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The session. Its token is shown here only.</returns>
    /// <exception cref="PolarValidationException">There is no such customer, or a team's member is missing.</exception>
    public virtual Task<CustomerSession> CreateAsync(
        CustomerSessionCreate body,
        CancellationToken cancellationToken = default
    ) => _connection.SendAsync(ApiRequest.Post(Root, body), ModelReaders.CustomerSession, cancellationToken);
}
