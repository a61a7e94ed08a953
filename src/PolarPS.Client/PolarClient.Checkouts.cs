namespace PolarPS.Client;

public partial class PolarClient
{
    /// <summary>Checkouts.</summary>
    public virtual CheckoutsResource Checkouts => new(_connection);

    /// <summary>Permanent addresses that open a checkout.</summary>
    public virtual CheckoutLinksResource CheckoutLinks => new(_connection);
}
