namespace PolarPS.Client;

/// <summary>
/// 401: no token, or one that Polar does not know, has revoked, or that belongs to another environment; or an OAuth client that
/// could not prove who it is.
/// </summary>
public sealed class PolarAuthenticationException : PolarException
{
    internal PolarAuthenticationException(string message, FailedCall call)
        : base(message, call) { }

    /// <summary>true when a token was sent and refused; false when none arrived, or one of the wrong kind.</summary>
    public bool TokenRefused => ErrorName == "invalid_token";

    /// <summary>true when an OAuth client was refused: its id is not known, or its secret or registration token is wrong.</summary>
    public bool ClientRefused => ErrorName == OAuth2Errors.InvalidClient;
}

/// <summary>403: the token is valid, but may not do this: a scope is missing, or the account's role or a feature forbids it.</summary>
public sealed class PolarPermissionException : PolarException
{
    internal PolarPermissionException(string message, FailedCall call, string? scopes)
        : base(message, call)
    {
        RequiredScopes = scopes;
    }

    /// <summary>The scopes that would allow it, separated by spaces, where Polar names them; else null.</summary>
    public string? RequiredScopes { get; }

    /// <summary>Whether it is a scope that is missing, and not a role or a feature.</summary>
    public bool ScopeMissing => ErrorName == "insufficient_scope";
}

/// <summary>404 with Polar's own error name: the object does not exist, or it belongs to another organization.</summary>
public sealed class PolarNotFoundException : PolarException
{
    internal PolarNotFoundException(string message, FailedCall call)
        : base(message, call) { }
}

/// <summary>A name fits several objects, so that it means none. Nothing was changed.</summary>
public sealed class PolarAmbiguousNameException : PolarException
{
    internal PolarAmbiguousNameException(string message, FailedCall call, IReadOnlyList<PolarObject> candidates)
        : base(message, call)
    {
        Candidates = candidates;
    }

    /// <summary>The objects that it fits.</summary>
    public IReadOnlyList<PolarObject> Candidates { get; }
}

/// <summary>
/// 404 or 405 without an error name: the address itself does not exist, because Polar no longer serves this version of its
/// API, the path is wrong, or the host is not Polar.
/// </summary>
public sealed class PolarRouteNotFoundException : PolarException
{
    internal PolarRouteNotFoundException(string message, FailedCall call)
        : base(message, call) { }
}

/// <summary>409, 410, 412: the object's state does not allow this, or something else is changing it.</summary>
public sealed class PolarConflictException : PolarException
{
    internal PolarConflictException(string message, FailedCall call)
        : base(message, call) { }
}

/// <summary>402: a payment failed, or needs the customer.</summary>
public sealed class PolarPaymentException : PolarException
{
    internal PolarPaymentException(string message, FailedCall call)
        : base(message, call) { }
}

/// <summary>422, 400 and other refusals of what was sent.</summary>
public sealed class PolarValidationException : PolarException
{
    internal PolarValidationException(string message, FailedCall call, IReadOnlyList<PolarFieldError> errors)
        : base(message, call)
    {
        Errors = errors;
    }

    /// <summary>true when a code or a refresh token was refused: it is used up, expired, revoked, or another client's.</summary>
    public bool GrantRefused => ErrorName == OAuth2Errors.InvalidGrant;

    /// <summary>The same refusal of one element of a list only, with its fields named as if it had been sent alone.</summary>
    internal PolarValidationException Of(IReadOnlyList<PolarFieldError> errors) =>
        new(
            string.Join("; ", errors.Select(error => error.WithoutElement().ToString())),
            new FailedCall(Method, Path, StatusCode, ErrorName, Attempts: Attempts),
            [.. errors.Select(error => error.WithoutElement())]
        );

    /// <summary>
    /// true when nothing is wrong but that another object has the email address, external id, code or slug already: what was to be
    /// created exists, or another one does.
    /// </summary>
    public bool AlreadyExists =>
        Errors.Count > 0
        && Errors.All(static error =>
            error.Field is "email" or "external_id" or "code" or "slug"
            && error.Message.IndexOf("already", StringComparison.OrdinalIgnoreCase) >= 0
        );

    /// <summary>What was wrong with which field; empty when Polar gave one sentence for all, which is then <see cref="PolarException.Detail"/>.</summary>
    public IReadOnlyList<PolarFieldError> Errors { get; }
}

/// <summary>429: too many requests (try later), or a limit of another kind (trying again is no use).</summary>
public sealed class PolarRateLimitException : PolarException
{
    internal PolarRateLimitException(string message, FailedCall call, TimeSpan? retryAfter)
        : base(message, call)
    {
        RetryAfter = retryAfter;
    }

    /// <summary>How long Polar asks to wait; null if waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; }
}

/// <summary>5xx and 408: Polar, or something in front of it, failed.</summary>
public sealed class PolarServerException : PolarException
{
    internal PolarServerException(string message, FailedCall call)
        : base(message, call) { }
}

/// <summary>3xx: the response points elsewhere. It is never followed, so that the token goes to no other host.</summary>
public sealed class PolarRedirectException : PolarException
{
    internal PolarRedirectException(string message, FailedCall call, string? location)
        : base(message, call)
    {
        Location = location;
    }

    /// <summary>Where the response points, without a query; null when it does not say.</summary>
    public string? Location { get; }
}

/// <summary>No response: the host was not found or not reached, or the connection broke.</summary>
public sealed class PolarConnectionException : PolarException
{
    internal PolarConnectionException(string message, FailedCall call, Exception cause, bool reached)
        : base(message, call, cause)
    {
        Reached = reached;
    }

    /// <summary>Whether the request, or part of it, may have arrived: the connection was there and then broke.</summary>
    public bool Reached { get; }
}

/// <summary>No response within the time allowed.</summary>
public sealed class PolarTimeoutException : PolarException
{
    internal PolarTimeoutException(string message, FailedCall call, Exception cause)
        : base(message, call, cause) { }
}

/// <summary>A response that cannot be read: not JSON, incomplete, or not in the form of the operation.</summary>
public sealed class PolarResponseException : PolarException
{
    internal PolarResponseException(string message, FailedCall call, Exception? cause = null)
        : base(message, call, cause) { }
}

/// <summary>A guard rail of the connection has refused the request. Nothing was sent.</summary>
public sealed class PolarGuardRailException : PolarException
{
    internal PolarGuardRailException(string message, FailedCall call, GuardRail rail)
        : base(message, call)
    {
        Rail = rail;
    }

    /// <summary>Which one.</summary>
    public GuardRail Rail { get; }
}

/// <summary>A batch has not let a request through, because its journal speaks against it. Nothing was sent.</summary>
public sealed class PolarBatchException : PolarException
{
    internal PolarBatchException(string message, FailedCall call, BatchProblem problem, Exception? cause = null)
        : base(message, call, cause)
    {
        Problem = problem;
    }

    /// <summary>Why.</summary>
    public BatchProblem Problem { get; }
}

/// <summary>Why a batch does not let a request through.</summary>
public enum BatchProblem
{
    /// <summary>An earlier run sent it and got no answer, and it cannot be found out whether it was carried out.</summary>
    OutcomeUnknown,

    /// <summary>An earlier run sent another request at this place.</summary>
    OtherRequest,

    /// <summary>An earlier run has done it, but what it made can no longer be read.</summary>
    NotReadable,

    /// <summary>Polar refused it in an earlier run, after which others were carried out.</summary>
    RefusedBefore,

    /// <summary>The outcome of an earlier request of the same input is unknown, so nothing more is sent for it.</summary>
    Stopped,

    /// <summary>It would go over another connection, or from another runspace, where the journal does not see it.</summary>
    OutOfSight,

    /// <summary>The journal cannot be written.</summary>
    Journal,
}

/// <summary>What a connection may be limited to.</summary>
public enum GuardRail
{
    /// <summary>The connection is read-only.</summary>
    ReadOnly,

    /// <summary>The connection is for one organization, and leads to another.</summary>
    Organization,

    /// <summary>The connection's limit on the amount or number of money movements is reached.</summary>
    Money,
}

/// <summary>A list that the server does not deliver to its end: it repeats itself, or stops before its own count.</summary>
public sealed class PolarListException : PolarException
{
    internal PolarListException(string message, FailedCall call, long itemsRead)
        : base(message, call)
    {
        ItemsRead = itemsRead;
    }

    /// <summary>How many different items had been read.</summary>
    public long ItemsRead { get; }
}

/// <summary>One error in what was sent.</summary>
public sealed class PolarFieldError
{
    internal PolarFieldError(IReadOnlyList<LocationStep> steps, string message, string type, FieldLimit? limit = null)
    {
        Steps = steps;
        Path = [.. steps.Select(step => step.Text)];
        Location = FieldErrors.Location(steps);
        Field = steps.FirstOrDefault(step => step.IsName).Text ?? string.Empty;
        Message = message;
        Type = type;
        Limit = limit;
    }

    /// <summary>
    /// Where: names and positions, joined by dots; positions stand in brackets. The user's own keys, such as those of metadata
    /// and custom fields, are as they were sent.
    /// </summary>
    public string Location { get; }

    /// <summary>The same, name by name and position by position: a key of the user's own may contain a dot.</summary>
    public IReadOnlyList<string> Path { get; }

    /// <summary>The field at the top of that path as the API spells it, such as <c>prices</c>; empty when it is the whole.</summary>
    public string Field { get; }

    /// <summary>What is wrong, in Polar's words.</summary>
    public string Message { get; }

    /// <summary>Polar's name for the kind of fault, such as <c>missing</c> or <c>string_too_long</c>.</summary>
    public string Type { get; }

    internal IReadOnlyList<LocationStep> Steps { get; }

    /// <summary>The same without the list and the position at the top of the path.</summary>
    internal PolarFieldError WithoutElement() => new([.. Steps.Skip(2)], Message, Type, Limit);

    /// <summary>The limit that the value broke; null if the error is not about a limit.</summary>
    internal FieldLimit? Limit { get; }

    /// <summary>Where and what.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => VisibleText.Of(Location.Length == 0 ? Message : $"{Location}: {Message}");
}

/// <summary>
/// What a user once consented to no longer gives tokens: the refresh token is spent, expired or revoked, or there is none. Only signing
/// in again helps.
/// </summary>
public sealed class PolarSignInEndedException : PolarException
{
    internal PolarSignInEndedException(string message, FailedCall call, Exception? cause)
        : base(message, call, cause) { }
}
