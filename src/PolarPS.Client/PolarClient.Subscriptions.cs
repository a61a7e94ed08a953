namespace PolarPS.Client;

public partial class PolarClient
{
    /// <summary>What customers pay for again and again.</summary>
    public virtual SubscriptionsResource Subscriptions => new(_connection);
}
