namespace PolarPS.Commands;

/// <summary>Says what becomes of the deliveries that arrive. From any thread.</summary>
/// <param name="cmdlet">The cmdlet that receives.</param>
internal sealed class WebhookWatch(PolarCmdlet cmdlet)
{
    // Polar disables an endpoint after ten; there has to be time to do something.
    private const int TooManyFailures = 8;

    private readonly HashSet<WebhookFault> _told = [];

    /// <summary>Says which answer a delivery got; as a warning where someone has to do something.</summary>
    public void Tell(WebhookReply reply) => cmdlet.Post(() => Say(reply));

    /// <summary>Says something for -Verbose.</summary>
    public void TellVerbose(string text) => cmdlet.Post(() => cmdlet.WriteVerbose(text));

    private void Say(WebhookReply reply)
    {
        cmdlet.WriteVerbose($"Answered {reply}");
        // Once of each kind: anyone can send something that is refused, as often as they like.
        if (reply.Fault is { } fault && _told.Add(fault))
        {
            cmdlet.WriteWarning(
                fault switch
                {
                    WebhookFault.WrongSignature =>
                        "A delivery was refused: no signature is valid. If it is from Polar, -Secret is another endpoint's, or an old one.",
                    WebhookFault.OutsideTolerance =>
                        "A delivery was refused: it was signed too long ago, or in the future. Check the clock of this computer.",
                    WebhookFault.NotAnEvent =>
                        "A delivery was refused: it is no event. Set the format of the endpoint to raw: Set-PolarWebhookEndpoint -Format raw.",
                    _ => "A request was refused: it is not a delivery of Polar's.",
                }
            );
        }

        if (reply.FailuresInARow == TooManyFailures)
        {
            cmdlet.WriteWarning(
                $"{TooManyFailures} deliveries in a row have failed. After ten events in a row Polar disables the endpoint, and events that happen "
                    + "then are lost. Repair the handler; Repair-PolarWebhook has delivered again what failed."
            );
        }
    }
}
