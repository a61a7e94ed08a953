namespace PolarPS.Client;

/// <summary>The settings of a <see cref="WebhookReceiver"/>.</summary>
public sealed class WebhookReceiverOptions
{
    /// <summary>How long the answer to a delivery waits for its handler. Polar gives up after 10 seconds.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How many events may wait for the handler, or be with it; what comes beyond that is to come again later.</summary>
    public int MaximumPending { get; set; } = 100;

    /// <summary>Which events were handled; null for a memory that is gone with the receiver.</summary>
    public WebhookMemory? Memory { get; set; }

    /// <summary>Told of every answer, on any thread; null for nobody.</summary>
    public Action<WebhookReply>? Answered { get; set; }
}
