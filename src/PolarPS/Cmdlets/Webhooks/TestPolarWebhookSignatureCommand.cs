namespace PolarPS.Commands;

/// <summary>
/// Tells whether a delivery comes from Polar, by its signature and its time. Sends nothing. -Verbose says why one does not.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "PolarWebhookSignature")]
[OutputType(typeof(bool))]
public sealed class TestPolarWebhookSignatureCommand : WebhookRequestCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var verifier = Verifier();
        var isValid = false;
        try
        {
            verifier.Verify(Headers(), Bytes());
            isValid = true;
        }
        catch (WebhookVerificationException exception)
        {
            WriteVerbose($"{exception.Message} ({ErrorRecords.From(exception).FullyQualifiedErrorId})");
        }

        WriteObject(isValid);
    }
}
