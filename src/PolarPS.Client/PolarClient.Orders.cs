namespace PolarPS.Client;

public partial class PolarClient
{
    /// <summary>Purchases, with their invoices and receipts.</summary>
    public virtual OrdersResource Orders => new(_connection);

    /// <summary>Attempts to charge customers.</summary>
    public virtual PaymentsResource Payments => new(_connection);

    /// <summary>Refunds.</summary>
    public virtual RefundsResource Refunds => new(_connection);

    /// <summary>Disputed payments.</summary>
    public virtual DisputesResource Disputes => new(_connection);
}
