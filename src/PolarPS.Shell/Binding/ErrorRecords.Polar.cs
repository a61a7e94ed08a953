namespace PolarPS.Commands;

// Those for what Polar refused, or the way to Polar did not carry.
internal static partial class ErrorRecords
{
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

    /// <summary>The record for one of several inputs that went to Polar together. Its target is the input.</summary>
    public static ErrorRecord RefusedInput(
        PolarException exception,
        ErrorSubject subject,
        object? input,
        PolarCmdlet cmdlet
    )
    {
        var named = From(exception, subject, cmdlet);
        var record = new ErrorRecord(exception, Classify(exception).Id, named.CategoryInfo.Category, input)
        {
            ErrorDetails = named.ErrorDetails,
        };
        // Some views print the target, and it may hold private data.
        record.CategoryInfo.TargetName = Safe(subject.Target)?.ToString() ?? string.Empty;
        record.CategoryInfo.Activity = named.CategoryInfo.Activity;
        return record;
    }

    /// <summary>How to find out the outcome of a change.</summary>
    public static string IfUnknown(ErrorSubject subject, PolarCmdlet cmdlet)
    {
        var where = cmdlet.UsedConnection.ToString();
        return subject.IfUnknown is not null ? subject.IfUnknown
            : subject.Target is null || subject.IsNew
                ? $"Check what exists in {where} before trying again, to avoid creating it twice."
            : $"Check the {subject.Kind} '{subject.Target}' in {where} before trying again.";
    }

    /// <summary>Whether the next input would meet the same failure.</summary>
    public static bool ConcernsEverything(PolarException exception, ErrorSubject subject = default) =>
        exception switch
        {
            PolarAuthenticationException => !subject.HasOwnToken && !IsAboutInput(exception),
            PolarSignInEndedException or PolarRedirectException => true,
            // A smaller amount may still be within the limit.
            PolarGuardRailException rail => rail.Rail != GuardRail.Money,
            PolarPermissionException permission => permission.ScopeMissing,
            PolarConnectionException connection => !connection.Reached,
            PolarRouteNotFoundException => true,
            _ => false,
        };

    // A token that was given as input was refused, and not the connection's, which was not even sent.
    private static bool IsAboutInput(PolarException exception) => exception.ErrorName == "InvalidCustomerEmailUpdate";

    private static (string Id, ErrorCategory Category) Classify(PolarException exception)
    {
        // Mostly for error handling in scripts: this one must not simply be repeated.
        if (exception.OutcomeUnknown)
        {
            return ("PolarOutcomeUnknown", ErrorCategory.InvalidResult);
        }

        return exception switch
        {
            PolarSignInEndedException => ("PolarSignInEnded", ErrorCategory.AuthenticationError),
            PolarAuthenticationException when IsAboutInput(exception) => (
                "PolarInvalidRequest",
                ErrorCategory.InvalidArgument
            ),
            PolarAuthenticationException { ClientRefused: true } => (
                "PolarInvalidClient",
                ErrorCategory.AuthenticationError
            ),
            PolarAuthenticationException => ("PolarUnauthorized", ErrorCategory.AuthenticationError),
            PolarPermissionException { ScopeMissing: true } => ("PolarScopeMissing", ErrorCategory.PermissionDenied),
            PolarPermissionException => ("PolarNotPermitted", ErrorCategory.PermissionDenied),
            PolarNotFoundException => ("PolarNotFound", ErrorCategory.ObjectNotFound),
            PolarAmbiguousNameException => ("PolarAmbiguousName", ErrorCategory.InvalidArgument),
            PolarRouteNotFoundException => ("PolarRouteNotFound", ErrorCategory.ResourceUnavailable),
            PolarConflictException => ("PolarConflict", ErrorCategory.InvalidOperation),
            PolarPaymentException => ("PolarPaymentFailed", ErrorCategory.InvalidResult),
            PolarValidationException { GrantRefused: true } => ("PolarInvalidGrant", ErrorCategory.AuthenticationError),
            PolarValidationException { AlreadyExists: true } => ("PolarAlreadyExists", ErrorCategory.ResourceExists),
            PolarBatchException => ("PolarBatchRefused", ErrorCategory.InvalidOperation),
            PolarValidationException => ("PolarInvalidRequest", ErrorCategory.InvalidArgument),
            PolarRateLimitException => ("PolarRateLimited", ErrorCategory.LimitsExceeded),
            PolarServerException => ("PolarServerError", ErrorCategory.ResourceUnavailable),
            PolarRedirectException => ("PolarRedirect", ErrorCategory.ProtocolError),
            PolarTimeoutException => ("PolarTimeout", ErrorCategory.OperationTimeout),
            PolarConnectionException => ("PolarConnectionFailed", ErrorCategory.ConnectionError),
            PolarListException => ("PolarListIncomplete", ErrorCategory.InvalidData),
            PolarGuardRailException { Rail: GuardRail.ReadOnly } => ("PolarReadOnly", ErrorCategory.PermissionDenied),
            PolarGuardRailException { Rail: GuardRail.Organization } => (
                "PolarOrganizationMismatch",
                ErrorCategory.PermissionDenied
            ),
            PolarGuardRailException => ("PolarMoneyLimit", ErrorCategory.LimitsExceeded),
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
        var name = LabelOf(subject, cmdlet);
        var attempts = exception.Attempts > 1 ? $" (after {exception.Attempts} attempts)" : string.Empty;
        var (message, action) = exception switch
        {
            PolarNotFoundException when subject is { Target: not null, IsNew: false } => (
                $"Polar has no {subject.Kind} with the {subject.Key} '{subject.Target}' in {where}.",
                subject.IfMissing
                    ?? "Check the id, and whether it belongs to this environment and organization: Get-PolarConnection."
            ),
            PolarNotFoundException => ($"{exception.Reason.TrimEnd('.')}: {Safe(subject.Target)}", null),
            PolarAmbiguousNameException => (exception.Reason, "Give the id of the one that you mean."),
            PolarSignInEndedException => (
                exception.Reason,
                $"Sign in again: Connect-Polar -Interactive. The connection {where} gives no more tokens."
            ),
            PolarAuthenticationException when IsAboutInput(exception) => (exception.Reason, null),
            PolarAuthenticationException { TokenRefused: true } when cmdlet.UsedConnection.Side == PolarSide.Customer =>
                (
                    exception.Reason,
                    $"The session's token was sent to {where}. A session lasts an hour, and is good where it was created. Create another, and connect again: New-PolarCustomerSession <customer> | Connect-Polar."
                ),
            PolarAuthenticationException { ClientRefused: true } => (
                $"Polar refused the client '{Safe(subject.Target)}': {where} has no such client, or its {subject.Key} is wrong.",
                "Check both, and the environment: Production and Sandbox have separate clients. A client that was removed stays refused."
            ),
            PolarValidationException { GrantRefused: true } => (
                $"Polar refused the {subject.Kind}: it is used up, expired or revoked, or it was issued to another client or for other parameters."
                    + (exception.Detail is { Length: > 0 } detail ? $" Polar says: {detail}" : string.Empty),
                "Codes and refresh tokens work once. If there is no newer one, have the user sign in again."
            ),
            PolarAuthenticationException { TokenRefused: true } => (
                exception.Reason,
                $"The token was sent to {where}. Production and Sandbox have separate tokens; create a new one in the organization's settings, and connect again."
            ),
            PolarAuthenticationException => (
                exception.Reason,
                $"This needs another kind of token; {where} uses this: {cmdlet.UsedConnection.TokenKind}."
            ),
            PolarPermissionException { ScopeMissing: true } permission => (
                exception.Reason,
                cmdlet.UsedConnection.Token is { IsSignIn: true }
                    ? $"Sign in again with more scopes: Connect-Polar -Interactive -Scope {permission.RequiredScopes?.Split(' ')[0]}, …"
                : permission.RequiredScopes is { } scopes
                    ? $"Create an access token with one of the scopes {scopes}, and connect again."
                : "Create an access token with the required scope, and connect again."
            ),
            PolarRouteNotFoundException => (
                exception.Reason,
                $"Check the base address and the path, and look for a newer PolarPS: this one uses API version {PolarClient.ApiVersion}."
            ),
            PolarValidationException { Errors.Count: > 0 } validation => (
                (name is null ? $"Polar refused the {NameOf(subject)}: " : string.Empty)
                    + FieldTexts.Of(validation, cmdlet, subject.IsNew ? null : subject.Target as string),
                cmdlet.FieldAdvice
            ),
            PolarRateLimitException { RetryAfter: not null } => (
                exception.Reason + attempts,
                "Try again later, or with fewer parallel calls; the limit covers all programs of the organization."
            ),
            PolarConnectionException { Reached: false } => (
                exception.Reason + attempts,
                $"Check the network, the proxy and the address {cmdlet.UsedConnection.BaseAddress}."
            ),
            // Its message says how many there were.
            PolarTimeoutException => (
                exception.Reason,
                "Try again later, or connect with longer time-outs: Connect-Polar -AttemptTimeoutSeconds, -TotalTimeoutSeconds."
            ),
            PolarRedirectException => (exception.Reason, $"Check the environment of {where}: Get-PolarConnection."),
            PolarBatchException => (
                exception.Reason,
                "Nothing was sent. Get-PolarBatch shows how far each key is; see about_PolarPS_Batches."
            ),
            PolarGuardRailException { Rail: GuardRail.ReadOnly } => (
                exception.Reason,
                "To change something, use a connection without -ReadOnly, in a session where POLAR_READ_ONLY is not set."
            ),
            PolarGuardRailException { Rail: GuardRail.Organization } => (
                exception.Reason,
                "Check the token and -OrganizationId, or connect with the right -ExpectOrganization."
            ),
            PolarGuardRailException => (
                exception.Reason,
                "Get-PolarConnection shows how much of -MoneyLimit and -MoneyCount is used; connect again to continue."
            ),
            PolarListException => (exception.Reason, "Do not rely on this list; run the command again."),
            _ => (exception.Reason + attempts, null),
        };
        action = Advise(action, cmdlet) ?? Advice.For(exception, subject, cmdlet);
        message = Named(message, subject, cmdlet);
        if (subject.Parameter is { } parameter)
        {
            message = $"-{parameter}: {message}";
        }

        if (exception.OutcomeUnknown)
        {
            message = exception.WithOutcome(message);
            action = IfUnknown(subject, cmdlet);
        }

        return (message, action);
    }
}
