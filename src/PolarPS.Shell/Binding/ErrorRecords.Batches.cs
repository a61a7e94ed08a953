namespace PolarPS.Commands;

// What concerns batches and their journals.
internal static partial class ErrorRecords
{
    /// <summary>A journal that cannot be used.</summary>
    public static ErrorRecord JournalUnusable(Exception exception, string path)
    {
        var (id, category, advice) = (exception as JournalException)?.Problem switch
        {
            JournalProblem.InUse => (
                "PolarBatchInUse",
                ErrorCategory.ResourceBusy,
                "Wait for the other run to end, or stop it. Get-PolarBatch reads the journal meanwhile."
            ),
            JournalProblem.NotAJournal or JournalProblem.Damaged => (
                "PolarBatchJournalInvalid",
                ErrorCategory.InvalidData,
                "Nothing was sent. Choose the journal of a batch, or the path of a new one."
            ),
            JournalProblem.OtherShop => (
                "PolarBatchOtherShop",
                ErrorCategory.InvalidArgument,
                "Nothing was sent. Connect to the environment and organization that the journal belongs to, or begin another journal."
            ),
            JournalProblem.OtherBlock => (
                "PolarBatchOtherBlock",
                ErrorCategory.InvalidArgument,
                "Nothing was sent. Go on with the same block, or, if the other one does the same for what is done already, use -Force."
            ),
            _ => (
                "PolarBatchJournalFailed",
                ErrorCategory.WriteError,
                "Check the path, the disk and the permissions, and run the same command again."
            ),
        };
        return Create(exception, id, category, path, advice);
    }

    /// <summary>A spool of events that cannot be used.</summary>
    public static ErrorRecord SpoolUnusable(Exception exception, string path)
    {
        var (id, category, advice) = (exception as JournalException)?.Problem switch
        {
            JournalProblem.InUse => (
                "PolarSpoolInUse",
                ErrorCategory.ResourceBusy,
                "Wait for the other run to end, or use another file."
            ),
            JournalProblem.NotAJournal or JournalProblem.Damaged => (
                "PolarSpoolInvalid",
                ErrorCategory.InvalidData,
                "The file was not changed. Choose a spool of Send-PolarEvent, or the path of a new file."
            ),
            JournalProblem.OtherShop => (
                "PolarSpoolOtherShop",
                ErrorCategory.InvalidArgument,
                "Nothing was sent. Connect to the environment and organization that the spool belongs to, or use another file."
            ),
            _ => (
                "PolarSpoolFailed",
                ErrorCategory.WriteError,
                "Check the path, the disk and the permissions. What is in the spool is sent by the next run."
            ),
        };
        return Create(exception, id, category, path, advice);
    }

    /// <summary>A journal that cannot be read.</summary>
    public static ErrorRecord JournalUnreadable(Exception exception, string path) =>
        exception is JournalException
            ? JournalUnusable(exception, path)
            : Create(
                exception,
                "PolarFileUnreadable",
                exception is UnauthorizedAccessException
                    ? ErrorCategory.PermissionDenied
                    : ErrorCategory.ObjectNotFound,
                path,
                "Give the path of a journal that Invoke-PolarBatch wrote."
            );

    /// <summary>A block that runs within another one.</summary>
    public static ErrorRecord BatchWithinBatch() =>
        Create(
            new InvalidOperationException("A batch cannot run within the block of another one."),
            "PolarBatchNested",
            ErrorCategory.InvalidOperation,
            null,
            "Nothing was sent. Give each batch its own command."
        );

    /// <summary>An input without a key.</summary>
    public static ErrorRecord NoBatchKey(string why, object? input) =>
        Create(
            new ArgumentException($"-Key gives no key: {why}"),
            "PolarBatchNoKey",
            ErrorCategory.InvalidArgument,
            input,
            "Nothing was sent for this input. -Key has to give one text or number, which is always the same for the same input."
        );

    /// <summary>Another input under the same key.</summary>
    public static ErrorRecord OtherBatchInput(string key) =>
        Create(
            new ArgumentException($"The key '{Redactor.Redact(key)}' had another input before."),
            "PolarBatchOtherInput",
            ErrorCategory.InvalidArgument,
            key,
            "Nothing was sent for this input. Give the input as it was, or a key of its own."
        );

    /// <summary>A key whose state is not known.</summary>
    public static ErrorRecord BatchUnknown(string key, string reason, string path) =>
        Create(
            new InvalidOperationException($"The state of the key '{Redactor.Redact(key)}' is unknown. {reason}"),
            BatchRun.UnknownId,
            ErrorCategory.InvalidResult,
            key,
            $"Run the same command again: it looks first, and repeats nothing that may have been done. Get-PolarBatch '{path}' lists all keys."
        );
}
