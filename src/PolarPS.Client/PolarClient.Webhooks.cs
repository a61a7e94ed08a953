namespace PolarPS.Client;

public sealed partial class PolarClient
{
    /// <summary>Where Polar tells of events.</summary>
    public WebhooksResource Webhooks => new(_connection);
}
