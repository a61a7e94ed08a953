using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PolarPS.Client;

namespace PolarPS.Commands;

/// <summary>What an error is about: the kind of thing, and which one.</summary>
/// <param name="Kind">In words, such as "checkout link".</param>
/// <param name="Target">The id or the object; becomes the record's target. Null for none.</param>
/// <param name="IsNew">Whether the target is a name and not an id: of something to be made, or a path.</param>
/// <param name="Key">What the target is called where it is not Polar's id, such as "external id".</param>
/// <param name="IfMissing">What to do where there is no such thing; null for the usual.</param>
/// <param name="IfUnknown">How to find out what became of a change; null for the usual.</param>
internal readonly record struct ErrorSubject(
    string Kind,
    object? Target = null,
    bool IsNew = false,
    string Key = "id",
    string? IfMissing = null,
    string? IfUnknown = null
);

/// <summary>All error records of the module, with their ids: scripts depend on these.</summary>
internal static class ErrorRecords
{
    // In every message of the client's that leaves it open whether a change was made.
    private const string OutcomeWords = "look before repeating it";

    /// <summary>The record for a failed call.</summary>
    public static ErrorRecord From(PolarException exception, ErrorSubject subject, PolarCmdlet cmdlet)
    {
        var (id, category) = Classify(exception);
        var record = new ErrorRecord(exception, id, category, Safe(subject.Target));
        var (message, action) = Explain(exception, subject, cmdlet);
        record.ErrorDetails = new ErrorDetails(message) { RecommendedAction = action };
        record.CategoryInfo.Activity = cmdlet.MyInvocation.MyCommand?.Name ?? string.Empty;
        return record;
    }

    /// <summary>How to find out what became of a change.</summary>
    public static string IfUnknown(ErrorSubject subject, PolarCmdlet cmdlet)
    {
        var where = cmdlet.UsedConnection.ToString();
        return subject.IfUnknown is not null ? subject.IfUnknown
            : subject.Target is null || subject.IsNew
                ? $"List what there is in {where} before trying again, or it may be there twice."
            : $"Read the {subject.Kind} '{subject.Target}' in {where} before trying again.";
    }

    /// <summary>Whether the next input would meet the same failure.</summary>
    public static bool ConcernsEverything(PolarException exception) =>
        exception switch
        {
            PolarAuthenticationException or PolarRedirectException => true,
            PolarPermissionException permission => permission.ScopeMissing,
            PolarConnectionException connection => !connection.Reached,
            PolarRouteNotFoundException => true,
            _ => false,
        };

    /// <summary>There is no connection, and no environment variables to make one from.</summary>
    public static ErrorRecord NotConnected()
    {
        if (ConnectionStore.Stopped is { } stopped)
        {
            return EmulatorStopped(stopped);
        }

        var several = ConnectionStore.All.Count > 0;
        return Create(
            new InvalidOperationException(several ? "No connection is selected." : "There is no connection to Polar."),
            "PolarNotConnected",
            ErrorCategory.ConnectionError,
            null,
            several
                ? "Choose one of Get-PolarConnection with Select-PolarConnection, or say -Connection."
                : "Run Connect-Polar -AccessToken (Read-Host -AsSecureString), or set the environment variable POLAR_ACCESS_TOKEN. To try without an account: Connect-Polar -Environment Emulator."
        );
    }

    /// <summary>The connection leads to an emulator that has been stopped.</summary>
    /// <param name="name">The connection's or the emulator's name.</param>
    public static ErrorRecord EmulatorStopped(string name) =>
        Create(
            new InvalidOperationException($"The emulator '{Redactor.Redact(name)}' has been stopped."),
            "PolarEmulatorStopped",
            ErrorCategory.ResourceUnavailable,
            name,
            "Start another with Start-PolarEmulator, choose a connection with Select-PolarConnection, or connect anew. No other connection takes its place by itself."
        );

    /// <summary>The environment variables do not make a connection.</summary>
    public static ErrorRecord BadVariables(ArgumentException exception) =>
        Create(
            exception,
            "PolarBadEnvironmentVariables",
            ErrorCategory.InvalidArgument,
            null,
            $"Check the environment variables {EnvironmentVariables.AccessToken}, {EnvironmentVariables.Environment} and {EnvironmentVariables.OrganizationId}."
        );

    /// <summary>A value that cannot be sent.</summary>
    public static ErrorRecord InvalidArgument(ArgumentException exception, ErrorSubject subject) =>
        new(exception, "PolarInvalidArgument", ErrorCategory.InvalidArgument, Safe(subject.Target))
        {
            ErrorDetails = new ErrorDetails(WithoutParameter(exception)),
        };

    /// <summary>-First and its like beside -Id.</summary>
    public static ErrorRecord PagingWithId() =>
        Create(
            new ArgumentException("-First, -Skip and -IncludeTotalCount are for the list, not for things got by id."),
            "PolarInvalidArgument",
            ErrorCategory.InvalidArgument,
            null,
            "Leave -Id out, or put Select-Object -First behind."
        );

    /// <summary>Connect-Polar was given something that cannot be right.</summary>
    public static ErrorRecord BadConnection(Exception exception) =>
        Create(exception, "PolarBadConnection", ErrorCategory.InvalidArgument, null, null);

    /// <summary>Connect-Polar found no token.</summary>
    public static ErrorRecord TokenMissing() =>
        Create(
            new InvalidOperationException("There is no access token."),
            "PolarTokenMissing",
            ErrorCategory.AuthenticationError,
            null,
            "Give -AccessToken (Read-Host -AsSecureString), or set the environment variable POLAR_ACCESS_TOKEN. Tokens are made in the organization's settings. To try without an account: -Environment Emulator."
        );

    /// <summary>A connection of that name does not exist.</summary>
    public static ErrorRecord UnknownConnection(string name) =>
        Create(
            new ItemNotFoundException($"There is no connection named '{Redactor.Redact(name)}'."),
            "PolarConnectionNotFound",
            ErrorCategory.ObjectNotFound,
            name,
            "Get-PolarConnection lists those there are."
        );

    /// <summary>An update without anything to change.</summary>
    public static ErrorRecord NothingToChange(ErrorSubject subject) =>
        Create(
            new ArgumentException($"Nothing to change: no parameter says what the {subject.Kind} is to be."),
            "PolarNothingToChange",
            ErrorCategory.InvalidArgument,
            subject.Target,
            "Give at least one parameter besides the id. $null clears a field."
        );

    /// <summary>What was asked for is still being made. Nothing went wrong: it may come yet.</summary>
    /// <param name="subject">What it belongs to.</param>
    /// <param name="what">What is missing, such as "The receipt".</param>
    /// <param name="seconds">How long it was waited for; 0 for not at all.</param>
    public static ErrorRecord NotReady(ErrorSubject subject, string what, int seconds) =>
        Create(
            new TimeoutException(
                $"{what} of the {subject.Kind} '{subject.Target}' "
                    + (seconds > 0 ? $"was not ready after {seconds} s." : "is being made, and not ready yet.")
            ),
            "PolarNotReady",
            ErrorCategory.OperationTimeout,
            subject.Target,
            seconds > 0
                ? "It may be ready later: run the same again, or wait longer with -TimeoutSeconds."
                : "Run the same again in some seconds, or wait for it with -Wait."
        );

    /// <summary>A file is there already and is not to be replaced.</summary>
    public static ErrorRecord FileExists(string path) =>
        Create(
            new System.IO.IOException($"The file '{path}' exists already, and nothing was written."),
            "PolarFileExists",
            ErrorCategory.ResourceExists,
            path,
            "Choose another name, leave -NoClobber out, or replace a read-only file with -Force."
        );

    /// <summary>A file that this cmdlet has written itself is not replaced by the next.</summary>
    public static ErrorRecord FileTaken(string path) =>
        Create(
            new System.IO.IOException(
                $"The file '{path}' holds another one already; of several only the last would be left."
            ),
            "PolarFileExists",
            ErrorCategory.ResourceExists,
            path,
            "Give a folder as -Path; each is then named after its number."
        );

    /// <summary>A file cannot be written.</summary>
    public static ErrorRecord FileFailed(Exception exception, string path) =>
        Create(
            exception,
            "PolarFileFailed",
            ErrorCategory.WriteError,
            path,
            "Nothing was left half written. Check the folder, the disk and the permissions."
        );

    /// <summary>A path that leads to no file of this computer.</summary>
    public static ErrorRecord NoFilePath(string path) =>
        Create(
            new ArgumentException($"'{path}' is not the path of a file."),
            "PolarFileFailed",
            ErrorCategory.InvalidArgument,
            path,
            "Give a path of the file system, such as ./orders.csv."
        );

    /// <summary>An order of which nothing, or less than what is asked for, can be paid back. Nothing was sent.</summary>
    public static ErrorRecord NotRefundable(string message, string orderId) =>
        Create(
            new InvalidOperationException(message),
            "PolarNotRefundable",
            ErrorCategory.InvalidOperation,
            orderId,
            "Nothing was sent. Get-PolarRefund -OrderId shows what has been paid back."
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

    private static (string Id, ErrorCategory Category) Classify(PolarException exception)
    {
        // Foremost for whoever handles errors in a script: this one must not simply be repeated.
        if (exception.OutcomeUnknown)
        {
            return ("PolarOutcomeUnknown", ErrorCategory.InvalidResult);
        }

        return exception switch
        {
            PolarAuthenticationException => ("PolarUnauthorized", ErrorCategory.AuthenticationError),
            PolarPermissionException { ScopeMissing: true } => ("PolarScopeMissing", ErrorCategory.PermissionDenied),
            PolarPermissionException => ("PolarNotPermitted", ErrorCategory.PermissionDenied),
            PolarNotFoundException => ("PolarNotFound", ErrorCategory.ObjectNotFound),
            PolarRouteNotFoundException => ("PolarRouteNotFound", ErrorCategory.ResourceUnavailable),
            PolarConflictException => ("PolarConflict", ErrorCategory.InvalidOperation),
            PolarPaymentException => ("PolarPaymentFailed", ErrorCategory.InvalidResult),
            PolarValidationException => ("PolarInvalidRequest", ErrorCategory.InvalidArgument),
            PolarRateLimitException => ("PolarRateLimited", ErrorCategory.LimitsExceeded),
            PolarServerException => ("PolarServerError", ErrorCategory.ResourceUnavailable),
            PolarRedirectException => ("PolarRedirect", ErrorCategory.ProtocolError),
            PolarTimeoutException => ("PolarTimeout", ErrorCategory.OperationTimeout),
            PolarConnectionException => ("PolarConnectionFailed", ErrorCategory.ConnectionError),
            PolarListException => ("PolarListIncomplete", ErrorCategory.InvalidData),
            PolarResponseException => ("PolarBadResponse", ErrorCategory.InvalidData),
            _ => ("PolarError", ErrorCategory.NotSpecified),
        };
    }

    private static (string Message, string? Action) Explain(
        PolarException exception,
        ErrorSubject subject,
        PolarCmdlet cmdlet
    )
    {
        var where = cmdlet.UsedConnection.ToString();
        var attempts = exception.Attempts > 1 ? $" (after {exception.Attempts} attempts)" : string.Empty;
        var (message, action) = exception switch
        {
            PolarNotFoundException when subject is { Target: not null, IsNew: false } => (
                $"Polar has no {subject.Kind} with the {subject.Key} '{subject.Target}' in {where}.",
                subject.IfMissing
                    ?? "Check the id, and whether it belongs to this environment and organization: Get-PolarConnection."
            ),
            PolarNotFoundException => ($"{exception.Message.TrimEnd('.')}: {subject.Target}", null),
            PolarAuthenticationException { TokenRefused: true } => (
                exception.Message,
                $"The token was sent to {where}. Production and Sandbox have tokens of their own; make a new one in the organization's settings, and connect again."
            ),
            PolarAuthenticationException => (
                exception.Message,
                $"A token of another kind is needed here; {where} has this: {cmdlet.UsedConnection.TokenKind}."
            ),
            PolarPermissionException { ScopeMissing: true } permission => (
                exception.Message,
                permission.RequiredScopes is { } scopes
                    ? $"Make an access token with one of the scopes {scopes}, and connect again."
                    : "Make an access token with the scope for this, and connect again."
            ),
            PolarRouteNotFoundException => (
                exception.Message,
                $"Check the base address and the path, and whether there is a newer PolarPS: this one asks for version {PolarClient.ApiVersion}."
            ),
            PolarValidationException { Errors.Count: > 0 } validation => (
                $"Polar refused the {NameOf(subject)}: {Fields(validation, cmdlet)}",
                "Correct the parameters that are named."
            ),
            PolarRateLimitException { RetryAfter: not null } => (
                exception.Message + attempts,
                "Try again later, or in fewer parallel streams; every program of the organization counts."
            ),
            PolarConnectionException { Reached: false } => (
                exception.Message + attempts,
                $"Check the network, the proxy and the address {cmdlet.UsedConnection.BaseAddress}."
            ),
            // Its message says how many there were.
            PolarTimeoutException => (
                exception.Message,
                "Try again later, or connect with longer limits: Connect-Polar -AttemptTimeoutSeconds, -TotalTimeoutSeconds."
            ),
            PolarRedirectException => (exception.Message, $"Check the environment of {where}: Get-PolarConnection."),
            PolarListException => (exception.Message, "Do not rely on this list; run it again."),
            _ => (exception.Message + attempts, null),
        };

        if (exception.OutcomeUnknown)
        {
            if (!message.Contains(OutcomeWords))
            {
                message = $"{message.TrimEnd('.')}. {ResponseErrors.EarlierAttempt}";
            }

            action = IfUnknown(subject, cmdlet);
        }

        return (message, action);
    }

    // Of a thousand rows one is refused: which one?
    private static string NameOf(ErrorSubject subject) =>
        subject.Target is null ? "request" : $"{subject.Kind} '{Safe(subject.Target)}'";

    private static string Fields(PolarValidationException exception, PolarCmdlet cmdlet)
    {
        var parameters = FieldMap.ParametersOf(cmdlet);
        var errors = exception.Errors;
        if (errors.Any(error => error.Type == "extra_forbidden"))
        {
            // Where a body can have several forms, Polar says of each what it would need. What was sent has one of them.
            var telling = errors.Where(error => error.Type is not ("extra_forbidden" or "missing")).ToList();
            errors = telling.Count > 0 ? telling : errors;
        }

        var texts = errors.Select(error => FieldText(error, parameters)).Distinct();
        return string.Join("; ", texts) + ".";
    }

    private static string FieldText(PolarFieldError error, IReadOnlyDictionary<string, string> parameters)
    {
        var message = error.Message.TrimEnd('.');
        if (error.Field.Length == 0)
        {
            return message;
        }

        var (field, location) = (error.Field, error.Location);
        if (!parameters.ContainsKey(field) && location.StartsWith(field + ".", StringComparison.Ordinal))
        {
            // The branch of a union goes first, under a name of its own: individual.email.
            location = location.Substring(field.Length + 1);
            field = location.Split('.', '[')[0];
        }

        // owner.email may have a parameter of its own, OwnerEmail.
        if (location != field && parameters.TryGetValue(location.Replace('.', '_'), out var nested))
        {
            return $"-{nested}: {message}";
        }

        if (!parameters.TryGetValue(field, out var parameter))
        {
            // A parameter may stand for a field within another.
            return FieldPath.ParameterIn(error.Location, parameters) is { } inner
                ? $"-{inner}: {message}"
                : $"{error.Location}: {message}";
        }

        // What lies within the parameter's value keeps the API's words.
        var within = location.Length > field.Length ? location.Substring(field.Length) : string.Empty;
        return $"-{parameter}{within}: {message}";
    }
}
