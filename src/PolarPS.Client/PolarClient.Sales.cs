namespace PolarPS.Client;

public sealed partial class PolarClient
{
    /// <summary>What customers pay for again and again.</summary>
    public SubscriptionsResource Subscriptions => new(_connection);

    /// <summary>Purchases, with their invoices and receipts.</summary>
    public OrdersResource Orders => new(_connection);

    /// <summary>Refunds.</summary>
    public RefundsResource Refunds => new(_connection);

    /// <summary>Disputed payments.</summary>
    public DisputesResource Disputes => new(_connection);

    /// <summary>Attempts to charge customers.</summary>
    public PaymentsResource Payments => new(_connection);
}
