namespace PolarPS.Client;

/// <summary>A delivery that cannot be trusted or read. No text of it contains the secret.</summary>
public sealed class WebhookVerificationException : Exception
{
    internal WebhookVerificationException(WebhookFault fault, string message, Exception? cause = null)
        : base(message, cause)
    {
        Fault = fault;
    }

    /// <summary>What is wrong with it.</summary>
    public WebhookFault Fault { get; }
}

/// <summary>What can be wrong with a delivery.</summary>
public enum WebhookFault
{
    /// <summary>One of the headers <c>webhook-id</c>, <c>webhook-timestamp</c>, <c>webhook-signature</c> is missing.</summary>
    MissingHeader,

    /// <summary>The time is not a whole number of seconds.</summary>
    BadTimestamp,

    /// <summary>It was signed longer ago, or further in the future, than is tolerated.</summary>
    OutsideTolerance,

    /// <summary>No signature is right: another secret, or the delivery was changed on its way.</summary>
    WrongSignature,

    /// <summary>The signature is right, but what it signs is not an event.</summary>
    NotAnEvent,

    /// <summary>The header <c>webhook-id</c> or <c>webhook-timestamp</c> is there more than once.</summary>
    RepeatedHeader,
}
