namespace PolarPS.Commands;

/// <summary>
/// Verifies a delivery and reads its event. What cannot be trusted ends the cmdlet: no event comes out of it. Sends nothing.
/// </summary>
[Cmdlet(VerbsData.ConvertFrom, "PolarWebhook")]
[OutputType(typeof(WebhookEvent))]
public sealed class ConvertFromPolarWebhookCommand : WebhookRequestCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var verifier = Verifier();
        try
        {
            var read = verifier.Read(Headers(), Bytes());
            if (read.Data is PolarObject data)
            {
                // PowerShell keeps what is added with the object itself.
                ModelShaper.Shape(data);
            }

            WriteObject(ModelShaper.Shape(read));
        }
        catch (WebhookVerificationException exception)
        {
            ThrowTerminatingError(ErrorRecords.From(exception));
        }
    }
}
