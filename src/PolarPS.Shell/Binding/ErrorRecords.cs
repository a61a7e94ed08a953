namespace PolarPS.Commands;

/// <summary>What an error is about: the kind of object, and which one.</summary>
/// <param name="Kind">In words, such as "checkout link".</param>
/// <param name="Target">The id or the object; becomes the record's target. Null for none.</param>
/// <param name="IsNew">Whether the target is a name and not an id: of a new object, or a path.</param>
/// <param name="Key">What the target is called where it is not Polar's id, such as "external id".</param>
/// <param name="IfMissing">What to do if there is no such object; null for the usual advice.</param>
/// <param name="IfUnknown">How to find out the outcome of a change; null for the usual advice.</param>
/// <param name="Parameter">The parameter that it is about; null for the input as a whole.</param>
/// <param name="HasOwnToken">Whether the input brings its own token: that it is refused says nothing about the next.</param>
internal readonly record struct ErrorSubject(
    string Kind,
    object? Target = null,
    bool IsNew = false,
    string Key = "id",
    string? IfMissing = null,
    string? IfUnknown = null,
    string? Parameter = null,
    bool HasOwnToken = false
);

/// <summary>All error records of the module, with their ids: scripts depend on these.</summary>
internal static partial class ErrorRecords
{
    private const string FileFailedId = "PolarFileFailed";

    /// <summary>Several connections are possible, and none is selected.</summary>
    /// <param name="candidates">The connections.</param>
    /// <param name="name">The name that they share; null where none was given.</param>
    public static ErrorRecord SeveralConnections(IReadOnlyList<PolarConnection> candidates, string? name = null) =>
        Create(
            new InvalidOperationException(
                (
                    name is null
                        ? "This session has selected no connection, and several are possible: "
                        : $"Several connections are named '{Redactor.Redact(name)}': "
                )
                    + string.Join(
                        ", ",
                        candidates.Select(candidate => $"{Redactor.Redact(candidate.Name)} ({candidate.Environment})")
                    )
                    + "."
            ),
            "PolarConnectionAmbiguous",
            ErrorCategory.ConnectionError,
            name,
            "Nothing was sent. Run Connect-Polar or Select-PolarConnection in this session, or pass the connection object to -Connection."
        );

    /// <summary>-Connection was given a connection that has been disconnected.</summary>
    public static ErrorRecord DisconnectedConnection(string name) =>
        Create(
            new ItemNotFoundException($"The connection '{Redactor.Redact(name)}' has been disconnected."),
            "PolarConnectionNotFound",
            ErrorCategory.ObjectNotFound,
            name,
            "Nothing was sent. Get-PolarConnection lists the connections."
        );

    /// <summary>-Connection was given $null or an empty name.</summary>
    public static ErrorRecord NoConnectionGiven() =>
        Create(
            new ItemNotFoundException("-Connection is $null or an empty name."),
            "PolarConnectionNotFound",
            ErrorCategory.ObjectNotFound,
            null,
            "Nothing was sent. Check the variable, or omit -Connection to use the selected connection."
        );

    /// <summary>-Connection was given something else.</summary>
    public static ErrorRecord NotAConnection(object value) =>
        Create(
            new ItemNotFoundException($"A {PSObject.AsPSObject(value).TypeNames[0]} is not a connection."),
            "PolarConnectionNotFound",
            ErrorCategory.ObjectNotFound,
            null,
            "Nothing was sent. Use a name, or an object from Get-PolarConnection; a connection from another process must be created again here."
        );

    /// <summary>The connection leads to an emulator that has been stopped.</summary>
    /// <param name="name">The connection's or the emulator's name.</param>
    public static ErrorRecord EmulatorStopped(string name) =>
        Create(
            new InvalidOperationException($"The emulator '{Redactor.Redact(name)}' has been stopped."),
            "PolarEmulatorStopped",
            ErrorCategory.ResourceUnavailable,
            name,
            "Start another with Start-PolarEmulator, select a connection with Select-PolarConnection, or connect again. No other connection takes its place automatically."
        );

    /// <summary>An emulator of that name is not running.</summary>
    public static ErrorRecord UnknownEmulator(string name) =>
        Create(
            new ItemNotFoundException(NoEmulatorNamed(name)),
            "PolarEmulatorNotFound",
            ErrorCategory.ObjectNotFound,
            name,
            "Get-PolarEmulator lists the emulators."
        );

    /// <summary>The same as a sentence, with the names of those that are running.</summary>
    public static string NoEmulatorNamed(string name)
    {
        var running = string.Join(", ", EmulatorStore.Names.Select(other => $"'{other}'"));
        return $"No emulator named '{Redactor.Redact(name)}' is running. "
            + (running.Length == 0 ? "None is running; Start-PolarEmulator starts one." : $"Running: {running}.");
    }

    /// <summary>The environment variables are not sufficient for a connection.</summary>
    public static ErrorRecord BadVariables(ArgumentException exception) =>
        Create(
            exception,
            "PolarBadEnvironmentVariables",
            ErrorCategory.InvalidArgument,
            null,
            $"Check the environment variables {EnvironmentVariables.AccessToken}, {EnvironmentVariables.Environment} and {EnvironmentVariables.OrganizationId}."
        );

    /// <summary>A value that cannot be sent.</summary>
    public static ErrorRecord InvalidArgument(
        ArgumentException exception,
        ErrorSubject subject,
        PolarCmdlet? cmdlet = null
    ) =>
        new(exception, "PolarInvalidArgument", ErrorCategory.InvalidArgument, Safe(subject.Target))
        {
            ErrorDetails = new ErrorDetails(Named(WithoutParameter(exception), subject, cmdlet)),
        };

    /// <summary>A piped row that cannot be bound completely. Nothing was sent for it.</summary>
    /// <param name="row">The row; null for a live object.</param>
    /// <param name="problems">What is wrong, each with its column and its value.</param>
    /// <param name="kind">What the row is for, such as "discount".</param>
    /// <param name="name">What the row is called, such as "row 17"; null for a name from its columns.</param>
    public static ErrorRecord BadRow(PSObject? row, IReadOnlyList<string> problems, string kind, string? name = null)
    {
        name ??= row is null ? "object" : RowBinder.NameOf(row);
        var record = new ErrorRecord(
            new ArgumentException(
                $"Skipped the {name}, for {("aeio".IndexOf(kind[0]) >= 0 ? "an" : "a")} {kind}: {string.Join(" ", problems)}"
            ),
            "PolarInvalidArgument",
            ErrorCategory.InvalidArgument,
            row
        );
        record.ErrorDetails = new ErrorDetails(record.Exception.Message)
        {
            RecommendedAction =
                "Nothing was sent for it. Fix its columns, or remove those that do not belong: Select-Object -ExcludeProperty.",
        };
        // Some views print the target, and a row may contain private data.
        record.CategoryInfo.TargetName = name;
        return record;
    }

    /// <summary>Orders to refund both on the command line and in piped rows.</summary>
    public static ErrorRecord OrdersTwice() =>
        Create(
            new ArgumentException("Rows are piped and -Order is used as well: each row would refund the same orders."),
            "PolarInvalidArgument",
            ErrorCategory.InvalidArgument,
            null,
            "Omit -Order, and pipe rows with an OrderId column."
        );

    /// <summary>An object was piped that a list has no filter for.</summary>
    public static ErrorRecord NoParent(string problem, object item, string kind)
    {
        var record = Create(
            new ArgumentException(problem),
            "PolarInvalidArgument",
            ErrorCategory.InvalidArgument,
            item,
            "Nothing was sent for it."
        );
        // Some views print the target, and it may hold private data.
        record.CategoryInfo.TargetName = kind;
        return record;
    }

    /// <summary>Wildcards in a filter that match more than an address can hold.</summary>
    public static ErrorRecord TooManyNames(string parameter, string kinds, int count) =>
        Create(
            new ArgumentException($"-{parameter} matches {count} {kinds}; a filter takes at most 100."),
            "PolarInvalidArgument",
            ErrorCategory.InvalidArgument,
            null,
            "Narrow it down, or pipe the objects."
        );

    /// <summary>Objects are piped for their children to be listed, and the filter for them is given too.</summary>
    public static ErrorRecord FilteredTwice(string parameter, string kinds) =>
        Create(
            new ArgumentException($"The pipeline has {kinds}, and -{parameter} is given too."),
            "PolarInvalidArgument",
            ErrorCategory.InvalidArgument,
            null,
            $"Leave out -{parameter}, or the pipeline."
        );

    /// <summary>-First and similar parameters together with -Id.</summary>
    public static ErrorRecord PagingWithId() =>
        Create(
            new ArgumentException("-First, -Skip and -IncludeTotalCount are for lists, not for objects got by id."),
            "PolarInvalidArgument",
            ErrorCategory.InvalidArgument,
            null,
            "Omit -Id, or pipe to Select-Object -First."
        );

    /// <summary>Connect-Polar was given invalid values.</summary>
    public static ErrorRecord BadConnection(Exception exception) =>
        Create(exception, "PolarBadConnection", ErrorCategory.InvalidArgument, null, null);

    /// <summary>Connect-Polar found no token.</summary>
    public static ErrorRecord TokenMissing() =>
        Create(
            new InvalidOperationException("There is no access token."),
            "PolarTokenMissing",
            ErrorCategory.AuthenticationError,
            null,
            "Use -AccessToken (Read-Host -AsSecureString), or set the environment variable POLAR_ACCESS_TOKEN. Create tokens in the organization's settings. To try PolarPS without an account: -Environment Emulator."
        );

    /// <summary>Connect-Polar was given a token, but the value is $null.</summary>
    public static ErrorRecord TokenIsNothing() =>
        Create(
            new ArgumentNullException(null, "The access token is $null."),
            "PolarTokenMissing",
            ErrorCategory.AuthenticationError,
            null,
            "Check its source: a vault returns $null for a secret that it does not have. To use the environment variable POLAR_ACCESS_TOKEN, omit -AccessToken."
        );

    /// <summary>Connect-Polar -Test found that the connection does not work.</summary>
    public static ErrorRecord TestFailed(PolarConnection connection, PolarConnectionTest? result)
    {
        var record = Create(
            new InvalidOperationException(
                $"{connection} does not work and was not created: {result?.Problem ?? "no answer"}"
            ),
            result?.ErrorId?.Split(',')[0] ?? "PolarConnectionFailed",
            ErrorCategory.ConnectionError,
            connection.Name,
            result?.Advice
        );
        return record;
    }

    /// <summary>A connection of that name does not exist.</summary>
    public static ErrorRecord UnknownConnection(string name) =>
        Create(
            new ItemNotFoundException($"There is no connection named '{Redactor.Redact(name)}'."),
            "PolarConnectionNotFound",
            ErrorCategory.ObjectNotFound,
            name,
            "Nothing was sent. Get-PolarConnection lists the connections."
        );

    /// <summary>An update without anything to change.</summary>
    public static ErrorRecord NothingToChange(ErrorSubject subject) =>
        Create(
            new ArgumentException($"Nothing to change: give at least one property of the {subject.Kind}."),
            "PolarNothingToChange",
            ErrorCategory.InvalidArgument,
            subject.Target,
            "Use at least one parameter besides the id. $null clears a field."
        );

    /// <summary>The requested document is still being generated. This is not a failure: it may be ready later.</summary>
    /// <param name="subject">What it belongs to.</param>
    /// <param name="what">What is missing, such as "The receipt".</param>
    /// <param name="seconds">How long it was waited for; 0 for not at all.</param>
    public static ErrorRecord NotReady(ErrorSubject subject, string what, int seconds) =>
        Create(
            new TimeoutException(
                $"{what} of the {subject.Kind} '{subject.Target}' "
                    + (seconds > 0 ? $"was not ready after {seconds} s." : "is being generated; not ready yet.")
            ),
            "PolarNotReady",
            ErrorCategory.OperationTimeout,
            subject.Target,
            seconds > 0
                ? "It may be ready later: run the command again, or wait longer with -TimeoutSeconds."
                : "Run the command again in a few seconds, or wait for it with -Wait."
        );

    /// <summary>A file that this cmdlet has written itself is not replaced by the next.</summary>
    /// <param name="path">The file.</param>
    /// <param name="namesInFolder">How files in a folder are named, such as "each file is named after its number".</param>
    public static ErrorRecord FileTaken(string path, string namesInFolder) =>
        Create(
            new System.IO.IOException($"The file '{path}' already holds another one; only the last would remain."),
            "PolarFileExists",
            ErrorCategory.ResourceExists,
            path,
            $"Use a folder as -Path, where {namesInFolder}; save files with the same name one by one."
        );

    /// <summary>A file cannot be written, or must not be replaced.</summary>
    public static ErrorRecord FileFailed(Exception exception, string path, string toReplace = "omit -NoClobber.")
    {
        var (id, category, advice) = (exception as TargetFileException)?.Problem switch
        {
            TargetProblem.Exists => (
                "PolarFileExists",
                ErrorCategory.ResourceExists,
                "Choose another name, or " + toReplace
            ),
            TargetProblem.ReadOnly => (
                "PolarFileExists",
                ErrorCategory.ResourceExists,
                "Choose another name, or replace the read-only file with -Force."
            ),
            TargetProblem.InUse => (
                "PolarFileInUse",
                ErrorCategory.ResourceBusy,
                "Close the file in the other program and run the command again, or choose another name."
            ),
            TargetProblem.Name => (FileFailedId, ErrorCategory.InvalidArgument, "Choose another name."),
            TargetProblem.Folder => (
                FileFailedId,
                ErrorCategory.InvalidArgument,
                "Use the path of a file in that folder."
            ),
            null when exception is System.IO.DirectoryNotFoundException => (
                FileFailedId,
                ErrorCategory.ObjectNotFound,
                "Create the folder first, or choose another."
            ),
            TargetProblem.Dangling => (
                FileFailedId,
                ErrorCategory.ObjectNotFound,
                "Create the link's target, or remove the link."
            ),
            _ => (
                FileFailedId,
                ErrorCategory.WriteError,
                "No incomplete file was left. Check the folder, the disk, and the permissions."
            ),
        };
        return Create(exception, id, category, path, advice);
    }

    /// <summary>A path that is not a file on this computer.</summary>
    public static ErrorRecord NoFilePath(string path) =>
        Create(
            new ArgumentException($"'{path}' is not the path of a file."),
            FileFailedId,
            ErrorCategory.InvalidArgument,
            path,
            "Use a path in the file system, such as ./orders.csv."
        );

    /// <summary>An order that cannot be refunded, or not by the requested amount. Nothing was sent.</summary>
    public static ErrorRecord NotRefundable(string message, string orderId) =>
        Create(
            new InvalidOperationException(message),
            "PolarNotRefundable",
            ErrorCategory.InvalidOperation,
            orderId,
            "Nothing was sent. Get-PolarRefund -OrderId shows what was refunded."
        );

    /// <summary>An order's payment was tried, and declined.</summary>
    public static ErrorRecord PaymentDeclined(string orderId, string? reason) =>
        Create(
            new InvalidOperationException("The payment failed. " + reason),
            "PolarPaymentFailed",
            ErrorCategory.InvalidResult,
            orderId,
            "Nothing was charged. Try another payment method: Get-PolarPortalPaymentMethod lists those that are saved."
        );

    /// <summary>A subscription that has ended. Nothing was sent.</summary>
    public static ErrorRecord NotRestorable(string message, string id) =>
        NotContinued(message, id, "PolarNotRestorable");

    /// <summary>A subscription that has ended, or that is neither paused nor going on. Nothing was sent.</summary>
    public static ErrorRecord NotResumable(string message, string id) => NotContinued(message, id, "PolarNotResumable");

    private static ErrorRecord NotContinued(string message, string id, string errorId) =>
        Create(
            new InvalidOperationException(message),
            errorId,
            ErrorCategory.InvalidOperation,
            id,
            $"Nothing was sent. Get-PolarSubscription -Id {id} shows its status; New-PolarCheckout lets the customer subscribe again."
        );

    // .NET appends the name of a parameter that is not the cmdlet's.
    private static string WithoutParameter(ArgumentException exception)
    {
        var suffix = exception.ParamName is null
            ? -1
            : exception.Message.LastIndexOf(exception.ParamName, StringComparison.Ordinal);
        var end = suffix < 0 ? -1 : exception.Message.LastIndexOfAny(['(', '\n'], suffix);
        return end > 0 ? exception.Message.Substring(0, end).TrimEnd() : exception.Message;
    }

    // A target is printed with the error, and a user may have put a token where an id or a path belongs.
    private static object? Safe(object? target) => target is string text ? Redactor.Redact(text) : target;

    private static ErrorRecord Create(
        Exception exception,
        string id,
        ErrorCategory category,
        object? target,
        string? action
    )
    {
        var record = new ErrorRecord(exception, id, category, Safe(target));
        if (action is not null)
        {
            record.ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = action };
        }

        return record;
    }

    /// <summary>A record of the module's own about an object; its message begins with the object's name, where that is known.</summary>
    public static ErrorRecord About(this ErrorRecord record, ErrorSubject subject, PolarCmdlet cmdlet)
    {
        record.ErrorDetails = new ErrorDetails(
            Named(record.ErrorDetails?.Message ?? record.Exception.Message, subject, cmdlet)
        )
        {
            RecommendedAction = Advise(record.ErrorDetails?.RecommendedAction, cmdlet),
        };
        return record;
    }

    private static string? Advise(string? action, PolarCmdlet cmdlet) =>
        cmdlet is IPortalCmdlet ? PortalAdvice.Of(action) : action;

    /// <summary>A message about an object that has a name, beginning with it.</summary>
    private static string Named(string message, ErrorSubject subject, PolarCmdlet? cmdlet) =>
        cmdlet is not null && LabelOf(subject, cmdlet) is { } name
            ? $"{name} ({subject.Kind} {subject.Target}): {message}"
            : message;

    /// <summary>What the object of an error is called; null where only its id is known.</summary>
    private static string? LabelOf(ErrorSubject subject, PolarCmdlet cmdlet)
    {
        if (subject.IsNew || subject.Target is not string id)
        {
            return null;
        }

        var name = cmdlet.KnownConnection?.Seen.LabelOf(id) ?? PipedNames.Find(id);
        return string.IsNullOrEmpty(name) ? null : Redactor.Redact(name);
    }

    // Of a thousand rows one is refused: which one?
    private static string NameOf(ErrorSubject subject) =>
        subject.Target is null ? "request" : $"{subject.Kind} '{Safe(subject.Target)}'";
}
