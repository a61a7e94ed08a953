namespace PolarPS.Client;

public partial class PolarClient
{
    /// <summary>Those who buy.</summary>
    public virtual CustomersResource Customers => new(_connection);

    /// <summary>The members of customers that are teams.</summary>
    public virtual MembersResource Members => new(_connection);

    /// <summary>The seats of subscriptions and orders.</summary>
    public virtual CustomerSeatsResource CustomerSeats => new(_connection);

    /// <summary>The customers' ways into the customer portal.</summary>
    public virtual CustomerSessionsResource CustomerSessions => new(_connection);
}
