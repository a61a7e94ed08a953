namespace PolarPS.Client;

/// <summary>
/// The customer portal: what a customer, or a member of one, sees and does with the token of a session of theirs. The token of
/// an organization is not accepted here; <see cref="CustomerSessionsResource"/> makes one that is.
/// </summary>
public class PortalClient
{
    private readonly ApiConnection _connection;

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected PortalClient() => _connection = ApiConnection.StandIn;

    internal PortalClient(ApiConnection connection) => _connection = connection;

    /// <summary>The benefits that the customer has or had.</summary>
    public virtual PortalBenefitGrantsResource BenefitGrants => new(_connection);

    /// <summary>The customer's own data, email address and payment methods.</summary>
    public virtual PortalCustomerResource Customer => new(_connection);

    /// <summary>The files that the customer may download.</summary>
    public virtual PortalDownloadablesResource Downloadables => new(_connection);

    /// <summary>The customer's license keys, and what a program does with its own.</summary>
    public virtual PortalLicenseKeysResource LicenseKeys => new(_connection);

    /// <summary>The members of the customer.</summary>
    public virtual PortalMembersResource Members => new(_connection);

    /// <summary>The customer's balances on meters.</summary>
    public virtual PortalMetersResource Meters => new(_connection);

    /// <summary>The customer's orders, their payment, invoices and receipts.</summary>
    public virtual PortalOrdersResource Orders => new(_connection);

    /// <summary>Public information about a seller.</summary>
    public virtual PortalOrganizationsResource Organizations => new(_connection);

    /// <summary>The seats that the customer bought, and those assigned to it.</summary>
    public virtual PortalSeatsResource Seats => new(_connection);

    /// <summary>The session that the token belongs to.</summary>
    public virtual PortalSessionResource Session => new(_connection);

    /// <summary>The customer's subscriptions.</summary>
    public virtual PortalSubscriptionsResource Subscriptions => new(_connection);

    /// <summary>What the customer has paid in advance.</summary>
    public virtual PortalWalletsResource Wallets => new(_connection);
}
