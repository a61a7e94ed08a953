namespace PolarPS.Commands;

/// <summary>
/// What every cmdlet of the module derives from: whatever it says, asks or reports reaches the screen with its control
/// characters visible. A name chosen by someone else cannot overwrite the question that contains it.
/// </summary>
public abstract class ScreenCmdlet : PSCmdlet
{
    private bool _hasWritten;

    /// <summary>
    /// Whether a parameter was given, be it as $null. Where objects are piped, PowerShell's list is not enough, as it keeps what
    /// earlier ones gave.
    /// </summary>
    /// <param name="parameter">The parameter's name.</param>
    internal virtual bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Writes an object, which PowerShell can then show, and whose times it can use as its own.</summary>
    /// <param name="sendToPipeline">The object.</param>
    public new void WriteObject(object? sendToPipeline) => WriteObject(sendToPipeline, enumerateCollection: false);

    /// <summary>Writes an object, or each item of a collection.</summary>
    /// <param name="sendToPipeline">The object or the collection.</param>
    /// <param name="enumerateCollection">Whether the items of a collection are written.</param>
    public new void WriteObject(object? sendToPipeline, bool enumerateCollection)
    {
        if (!_hasWritten)
        {
            SessionSetup.Ensure();
            _hasWritten = true;
        }

        base.WriteObject(sendToPipeline, enumerateCollection);
    }

    /// <summary>Writes a verbose line.</summary>
    /// <param name="text">The text.</param>
    public new void WriteVerbose(string text) => base.WriteVerbose(VisibleText.Of(text));

    /// <summary>Writes a debug message, which may have several lines.</summary>
    /// <param name="text">The text.</param>
    public new void WriteDebug(string text) => base.WriteDebug(VisibleText.Lines(text));

    /// <summary>Writes a warning.</summary>
    /// <param name="text">The text.</param>
    public new void WriteWarning(string text) => base.WriteWarning(VisibleText.Of(text));

    /// <summary>
    /// Shows a warning by way of the host: once the pipeline is stopping, it is the only way that still reaches the screen.
    /// </summary>
    /// <param name="text">The text.</param>
    internal void ShowWarning(string text) => Host.UI.WriteWarningLine(VisibleText.Of(text));

    /// <summary>Shows a line as Write-Host does: on the screen in any case, and for -InformationVariable.</summary>
    /// <param name="text">The text.</param>
    internal void ShowInformation(string text) =>
        WriteInformation(
            new InformationRecord(
                new HostInformationMessage { Message = VisibleText.Of(text) },
                MyInvocation.MyCommand?.Name
            )
            {
                Tags = { "PSHOST" },
            }
        );

    /// <summary>Shows progress.</summary>
    /// <param name="progressRecord">What to show.</param>
    public new void WriteProgress(ProgressRecord progressRecord)
    {
        progressRecord.Activity = VisibleText.Of(progressRecord.Activity);
        progressRecord.StatusDescription = VisibleText.Of(progressRecord.StatusDescription);
        if (progressRecord.CurrentOperation is { } operation)
        {
            progressRecord.CurrentOperation = VisibleText.Of(operation);
        }

        base.WriteProgress(progressRecord);
    }

    /// <summary>Writes an error that does not end the cmdlet.</summary>
    /// <param name="errorRecord">The error.</param>
    public new void WriteError(ErrorRecord errorRecord) => base.WriteError(Visible(errorRecord));

    /// <summary>Ends the cmdlet with an error.</summary>
    /// <param name="errorRecord">The error.</param>
    public new void ThrowTerminatingError(ErrorRecord errorRecord) => base.ThrowTerminatingError(Visible(errorRecord));

    /// <summary>Asks whether to do something to a target.</summary>
    /// <param name="target">The target.</param>
    /// <returns>Whether to continue.</returns>
    public new bool ShouldProcess(string target) => base.ShouldProcess(VisibleText.Of(target));

    /// <summary>Asks whether to do something to a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="action">What will be done.</param>
    /// <returns>Whether to continue.</returns>
    public new bool ShouldProcess(string target, string action) =>
        base.ShouldProcess(VisibleText.Of(target), VisibleText.Of(action));

    /// <summary>Asks a question, or describes what would be done.</summary>
    /// <param name="verboseDescription">What is done, for -WhatIf and -Verbose.</param>
    /// <param name="verboseWarning">The question.</param>
    /// <param name="caption">Its caption.</param>
    /// <returns>Whether to continue.</returns>
    public new bool ShouldProcess(string verboseDescription, string verboseWarning, string caption) =>
        base.ShouldProcess(VisibleText.Of(verboseDescription), VisibleText.Of(verboseWarning), VisibleText.Of(caption));

    /// <summary>Asks a question, or describes what would be done, and says why it did not ask.</summary>
    /// <param name="verboseDescription">What is done, for -WhatIf and -Verbose.</param>
    /// <param name="verboseWarning">The question.</param>
    /// <param name="caption">Its caption.</param>
    /// <param name="shouldProcessReason">Why it returned at once.</param>
    /// <returns>Whether to continue.</returns>
    public new bool ShouldProcess(
        string verboseDescription,
        string verboseWarning,
        string caption,
        out ShouldProcessReason shouldProcessReason
    ) =>
        base.ShouldProcess(
            VisibleText.Of(verboseDescription),
            VisibleText.Of(verboseWarning),
            VisibleText.Of(caption),
            out shouldProcessReason
        );

    /// <summary>Asks a question that -Confirm:$false does not answer.</summary>
    /// <param name="query">The question.</param>
    /// <param name="caption">Its caption.</param>
    /// <returns>Whether to continue.</returns>
    public new bool ShouldContinue(string query, string caption) =>
        base.ShouldContinue(VisibleText.Of(query), VisibleText.Of(caption));

    /// <summary>Asks a question that -Confirm:$false does not answer, of several.</summary>
    /// <param name="query">The question.</param>
    /// <param name="caption">Its caption.</param>
    /// <param name="yesToAll">Whether the answer is yes for all.</param>
    /// <param name="noToAll">Whether the answer is no for all.</param>
    /// <returns>Whether to continue.</returns>
    public new bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll) =>
        base.ShouldContinue(VisibleText.Of(query), VisibleText.Of(caption), ref yesToAll, ref noToAll);

    /// <summary>The record as it may be shown: its target and its exception stay as they are.</summary>
    internal static ErrorRecord Visible(ErrorRecord record)
    {
        var message = record.ErrorDetails?.Message ?? record.Exception.Message;
        var action = record.ErrorDetails?.RecommendedAction;
        if (!VisibleText.IsPlain(message) || !VisibleText.IsPlain(action ?? string.Empty))
        {
            record.ErrorDetails = new ErrorDetails(VisibleText.Of(message))
            {
                RecommendedAction = action is null ? null : VisibleText.Of(action),
            };
        }

        // The error view prints the target's text unless it is given here.
        if (record.CategoryInfo.TargetName is { } name && !VisibleText.IsPlain(name))
        {
            record.CategoryInfo.TargetName = VisibleText.Of(name);
        }

        return record;
    }
}
