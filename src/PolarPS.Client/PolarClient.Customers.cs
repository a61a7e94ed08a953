namespace PolarPS.Client;

public sealed partial class PolarClient
{
    /// <summary>Those who buy.</summary>
    public CustomersResource Customers => new(_connection);

    /// <summary>The members of customers that are teams.</summary>
    public MembersResource Members => new(_connection);

    /// <summary>The customers' ways into the customer portal.</summary>
    public CustomerSessionsResource CustomerSessions => new(_connection);

    /// <summary>The seats of subscriptions and orders.</summary>
    public CustomerSeatsResource CustomerSeats => new(_connection);
}
