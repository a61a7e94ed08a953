namespace PolarPS.Client;

/// <summary>
/// The customer portal: what a customer, or a member of one, sees and does with the token of a session of theirs. The token of
/// an organization is not accepted here; <see cref="CustomerSessionsResource"/> makes one that is.
/// </summary>
public sealed class PortalClient
{
    private readonly ApiConnection _connection;

    internal PortalClient(ApiConnection connection) => _connection = connection;

    /// <summary>The benefits that the customer has or had.</summary>
    public PortalBenefitGrantsResource BenefitGrants => new(_connection);

    /// <summary>The customer's own data, email address and payment methods.</summary>
    public PortalCustomerResource Customer => new(_connection);

    /// <summary>The files that the customer may download.</summary>
    public PortalDownloadablesResource Downloadables => new(_connection);

    /// <summary>The customer's license keys, and what a program does with its own.</summary>
    public PortalLicenseKeysResource LicenseKeys => new(_connection);

    /// <summary>The members of the customer.</summary>
    public PortalMembersResource Members => new(_connection);

    /// <summary>The customer's balances on meters.</summary>
    public PortalMetersResource Meters => new(_connection);

    /// <summary>The customer's orders, their payment, invoices and receipts.</summary>
    public PortalOrdersResource Orders => new(_connection);

    /// <summary>Public information about a seller.</summary>
    public PortalOrganizationsResource Organizations => new(_connection);

    /// <summary>The seats that the customer bought, and those assigned to it.</summary>
    public PortalSeatsResource Seats => new(_connection);

    /// <summary>The session that the token belongs to.</summary>
    public PortalSessionResource Session => new(_connection);

    /// <summary>The customer's subscriptions.</summary>
    public PortalSubscriptionsResource Subscriptions => new(_connection);

    /// <summary>What the customer has paid in advance.</summary>
    public PortalWalletsResource Wallets => new(_connection);
}
