namespace PolarPS.Client;

public sealed partial class PolarClient
{
    /// <summary>Webhook endpoints.</summary>
    public WebhooksResource Webhooks => new(_connection);
}
