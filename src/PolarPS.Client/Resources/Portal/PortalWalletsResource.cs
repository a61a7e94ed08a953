namespace PolarPS.Client;

/// <summary>What the customer has paid in advance.</summary>
public class PortalWalletsResource
{
    private const string Root = "/v1/customer-portal/wallets/";

    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected PortalWalletsResource() => _connection = ApiConnection.StandIn;

    internal PortalWalletsResource(ApiConnection connection) => _connection = connection;

    /// <summary>All wallets. Operation <c>customer_portal:wallets:list</c>.</summary>
    /// <param name="query">Filters, order and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    public virtual PagedList<Wallet> List(PortalWalletQuery? query = null) =>
        new(_connection, Root, query ?? new PortalWalletQuery(), ModelReaders.ListEnvelopeWallet, item => item.Id);

    /// <summary>One wallet. Operation <c>customer_portal:wallets:get</c>.</summary>
    /// <param name="id">The wallet's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The wallet.</returns>
    /// <exception cref="PolarNotFoundException">The customer has no such wallet.</exception>
    public virtual Task<Wallet> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(ApiRequest.Get(ApiPath.Of(Root, id)), ModelReaders.Wallet, cancellationToken);
}
