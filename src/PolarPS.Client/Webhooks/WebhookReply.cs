namespace PolarPS.Client;

/// <summary>The answer that a delivery gets.</summary>
public sealed class WebhookReply
{
    internal WebhookReply(int statusCode, string reason, WebhookFault? fault = null)
    {
        StatusCode = statusCode;
        Reason = reason;
        Fault = fault;
    }

    /// <summary>The status: 200 for what was handled, 500 for what failed, 503 for "again later", and 4xx for what is refused.</summary>
    public int StatusCode { get; }

    /// <summary>Why, in a sentence that may be sent: it has nothing of the secret or the event in it.</summary>
    public string Reason { get; }

    /// <summary>What was wrong with the delivery; null where it could be verified and read.</summary>
    public WebhookFault? Fault { get; }

    /// <summary>Whether the answer tells Polar that the event got through.</summary>
    public bool IsSuccess => StatusCode is >= 200 and < 300;

    /// <summary>
    /// How many answers to verified deliveries in a row were failures, this one included; 0 for a success. Polar disables an endpoint
    /// after ten events in a row.
    /// </summary>
    public int FailuresInARow { get; internal set; }

    /// <summary>The answer in short.</summary>
    /// <returns>Such as <c>200: Handled.</c></returns>
    public override string ToString() => StatusCode.ToString(CultureInfo.InvariantCulture) + ": " + Reason;
}
