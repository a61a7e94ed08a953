namespace PolarPS.Client;

public partial class PolarClient
{
    /// <summary>Webhook endpoints.</summary>
    public virtual WebhooksResource Webhooks => new(_connection);
}
