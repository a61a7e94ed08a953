using System.Net.Http;
using System.Text.Json;

namespace PolarPS.Client;

/// <summary>Turns answers that are not successes, and no answers, into exceptions. The only place that knows Polar's error bodies.</summary>
internal static class ResponseErrors
{
    private const int LongestDetail = 500;

    public static bool IsNoAnswer(Exception exception) =>
        exception is HttpRequestException or TimeoutException or IOException or OperationCanceledException;

    /// <summary>The state of a request that is about to be sent.</summary>
    public static WriteState Begin(ApiRequest request) => new(request.Method.Method, PathOnly(request.Path));

    /// <summary>There was no response.</summary>
    public static PolarException NoAnswer(ApiRequest request, HttpRequestMessage message, Exception exception)
    {
        var call = Describe(request, message) with
        {
            Outcome = MayHaveHappened(request, message) ? FailedCall.NotKnown : null,
        };
        if (TransportKeys.Get<TimeSpan?>(message, TransportKeys.HeldBack, null) is { } wait)
        {
            return new PolarRateLimitException(Redactor.Redact(exception.Message), call, wait);
        }

        if (exception is TimeoutException or OperationCanceledException)
        {
            var text = exception is TimeoutException ? Redactor.Redact(exception.Message) : "The response timed out.";
            return new PolarTimeoutException(text, call, Safe(exception));
        }

        var reached = TransportKeys.Get(message, TransportKeys.MayHaveReached, fallback: true);
        var reason = Redactor.Redact(Innermost(exception).Message);
        var what =
            IsTlsFailure(exception) ? "Polar cannot be reached over TLS: "
            : reached ? "The connection to Polar broke: "
            : "Polar cannot be reached: ";
        return new PolarConnectionException(what + reason, call, Safe(exception), reached);
    }

    /// <summary>A successful response came, but was cut off.</summary>
    public static PolarConnectionException BrokenOff(
        ApiRequest request,
        HttpRequestMessage message,
        Exception exception
    ) =>
        new(
            "The response was cut off and is incomplete: " + Redactor.Redact(Innermost(exception).Message),
            Describe(request, message),
            Safe(exception),
            reached: true
        );

    /// <summary>A guard rail of the connection has refused the request; nothing was sent.</summary>
    public static PolarGuardRailException Refused(
        ApiRequest request,
        HttpRequestMessage message,
        InvalidOperationException exception
    ) =>
        new(
            exception.Message,
            Describe(request, message) with
            {
                Attempts = 0,
            },
            TransportKeys.Get(message, TransportKeys.Refused, string.Empty) switch
            {
                TransportKeys.RailReadOnly => GuardRail.ReadOnly,
                TransportKeys.RailOrganization => GuardRail.Organization,
                _ => GuardRail.Money,
            }
        );

    /// <summary>The response reports success and has the right type, but cannot be read.</summary>
    public static PolarResponseException Unreadable(
        ApiRequest request,
        HttpRequestMessage message,
        HttpResponseMessage response,
        Exception exception
    ) => Unreadable(Answered(request, message, response), exception);

    /// <summary>The same, for those who read the text of an answer themselves.</summary>
    public static PolarResponseException Unreadable(FailedCall call, Exception exception) =>
        new(
            "The response is not the JSON that this operation returns.",
            call.OutcomeUnknown ? call with { Outcome = FailedCall.MostLikely } : call,
            Safe(exception)
        );

    /// <summary>The response reports success, but does not come from Polar.</summary>
    /// <param name="request">The request.</param>
    /// <param name="message">The same as a message.</param>
    /// <param name="response">The answer.</param>
    /// <param name="wanted">What the operation answers with where that is not JSON.</param>
    public static PolarResponseException NotPolars(
        ApiRequest request,
        HttpRequestMessage message,
        HttpResponseMessage response,
        string? wanted = null
    )
    {
        var call = Answered(request, message, response);
        var type = response.Content?.Headers.ContentType?.MediaType;
        var what =
            wanted is null && type is null ? $"status {call.StatusCode} without what this operation returns"
            : wanted is null && PolarAnswer.IsJson(type!)
                ? $"status {call.StatusCode} with JSON that this operation does not return"
            : $"{Redactor.Redact(type ?? "of unknown type")}, not {wanted ?? "JSON"}";
        return new PolarResponseException(
            $"The response is {what}. Check that the address is Polar's and that no proxy answers in its place.",
            call
        );
    }

    /// <summary>The facts of a call that reported success, but may not have succeeded.</summary>
    public static FailedCall Answered(ApiRequest request, HttpRequestMessage message, HttpResponseMessage response) =>
        Describe(request, message) with
        {
            StatusCode = (int)response.StatusCode,
            Outcome = request.IsWrite ? FailedCall.NotKnown : null,
        };

    /// <summary>The response was a refusal.</summary>
    public static async Task<PolarException> FromAsync(
        ApiRequest request,
        HttpRequestMessage message,
        HttpResponseMessage response
    )
    {
        var status = (int)response.StatusCode;
        var body = await ReadBodyAsync(message, response).ConfigureAwait(false);
        var call = Describe(request, message) with
        {
            StatusCode = status,
            ErrorName = body.Error,
            Detail = body.Detail,
            // A refusal that follows an attempt without a clear answer may well be the answer to that one's success: what is
            // done cannot be done again.
            Outcome =
                !request.IsWrite ? null
                : HttpStatuses.IsUnsettled(status) ? FailedCall.NotKnown
                : TransportKeys.Get(message, TransportKeys.MayHaveReached, fallback: false) ? FailedCall.EarlierAttempt
                : null,
        };
        return status switch
        {
            >= 300 and < 400 => Redirect(response, call),
            // RFC 6749 leaves the server the choice of the status.
            400 or 401 when body.Error == OAuth2Errors.InvalidClient => new PolarAuthenticationException(
                "Polar refused the OAuth client: its id is not known here, or its secret or registration token is wrong.",
                call
            ),
            401 => new PolarAuthenticationException(
                body.Error == "invalid_token"
                        ? "Polar refused the access token: it is expired, revoked, malformed, or belongs to another environment."
                    // Another token than that of the connection, which the call is about.
                    : body.Error is { } error and not "Unauthorized" && IsErrorName(error)
                        ? Sentence(body, "Polar refused the token.")
                    : "Polar received no access token that it accepts here.",
                call
            ),
            402 => new PolarPaymentException(Sentence(body, "The payment failed."), call),
            403 => Forbidden(response, body, call),
            404 or 405 when !IsErrorName(body.Error) => new PolarRouteNotFoundException(
                $"Polar has no {request.Method} {PathOnly(request.Path)} in this version of its API. Either the version is no longer "
                    + "(or not yet) served, or the path is wrong, or the address is not Polar's.",
                call
            ),
            404 => new PolarNotFoundException(Sentence(body, "Polar has no such object."), call),
            409 or 410 or 412 => new PolarConflictException(
                Sentence(body, "The state of the object does not allow this."),
                call
            ),
            429 => RateLimited(response, body, call),
            >= 500 => ServerError(body, call),
            _ when HttpStatuses.IsUnsettled(status) => ServerError(body, call),
            _ => new PolarValidationException(Validation(body, status), call, body.Errors),
        };
    }

    private static PolarRedirectException Redirect(HttpResponseMessage response, FailedCall call)
    {
        // What stands behind the path may be a secret of its own kind.
        var location = response.Headers.Location?.OriginalString.Split('?', '#')[0];
        location = location is null ? null : Redactor.Redact(location);
        return new PolarRedirectException(
            $"The response is a redirect ({call.StatusCode}) to '{location}', which is not followed, so the token goes nowhere else. "
                + "Check the base address and the path.",
            call,
            location
        );
    }

    private static PolarPermissionException Forbidden(HttpResponseMessage response, ErrorBody body, FailedCall call)
    {
        if (body.Error != "insufficient_scope")
        {
            return new PolarPermissionException(Sentence(body, "Polar does not allow this."), call, null);
        }

        var scopes = response
            .Headers.WwwAuthenticate.Select(challenge => ScopesIn(challenge.Parameter))
            .FirstOrDefault(found => found is not null);
        return new PolarPermissionException(
            scopes is null
                ? "The access token lacks a required scope."
                : $"The access token lacks a required scope: {scopes}.",
            call,
            scopes
        );
    }

    private static PolarRateLimitException RateLimited(HttpResponseMessage response, ErrorBody body, FailedCall call)
    {
        return RetryAfter.Of(response) is { } time
            ? new PolarRateLimitException(
                $"Too many requests; Polar asks to wait {Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s.",
                call,
                time
            )
            : new PolarRateLimitException(Sentence(body, "Polar's limit for this is reached."), call, null);
    }

    private static PolarServerException ServerError(ErrorBody body, FailedCall call) =>
        new($"Polar failed with status {call.StatusCode}{(body.Detail is null ? "." : ": " + body.Detail)}", call);

    // Polar's errors have the names of classes; what a proxy calls its own has blanks or underscores.
    private static bool IsErrorName(string? name) =>
        name is { Length: > 0 } && char.IsUpper(name[0]) && name.All(char.IsLetterOrDigit);

    private static string Validation(ErrorBody body, int status) =>
        body.Errors.Count > 0
            ? "Polar refused the request: " + string.Join("; ", body.Errors)
            : Sentence(body, $"Polar refused the request (status {status}).");

    private static string Sentence(ErrorBody body, string otherwise) =>
        body.Detail is { Length: > 0 } detail
            ? body.Error is null
                ? detail
                : $"{detail} ({body.Error})"
            : body.Error is null
                ? otherwise
                : $"{otherwise} ({body.Error})";

    /// <summary>Whether a request that changes something may have been carried out, though no answer came.</summary>
    public static bool MayHaveHappened(ApiRequest request, HttpRequestMessage message) =>
        // Without PolarPS.Http nobody has watched the request leave, and the cautious answer is yes.
        request.IsWrite && TransportKeys.Get(message, TransportKeys.MayHaveReached, fallback: true);

    private static FailedCall Describe(ApiRequest request, HttpRequestMessage message) =>
        new(
            request.Method.Method,
            Redactor.Redact(request.Path),
            Attempts: TransportKeys.Get(message, TransportKeys.Attempts, fallback: 1)
        );

    private static string PathOnly(string path)
    {
        var query = path.IndexOf('?');
        return Redactor.Redact(query < 0 ? path : path.Substring(0, query));
    }

    private static string? ScopesIn(string? challenge)
    {
        const string Name = "scope=\"";
        var start = challenge?.IndexOf(Name, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (start < 0)
        {
            return null;
        }

        start += Name.Length;
        var end = challenge!.IndexOf('"', start);
        return end > start ? Redactor.Redact(challenge.Substring(start, end - start)) : null;
    }

    // .NET and .NET Framework tell it in different ways, but both in English: the text is the framework's own.
    public static bool IsTlsFailure(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (
                exception is System.Security.Authentication.AuthenticationException
                || exception
                    is System.Net.WebException
                    {
                        Status: System.Net.WebExceptionStatus.TrustFailure
                            or System.Net.WebExceptionStatus.SecureChannelFailure
                    }
                || (
                    exception is HttpRequestException
                    && exception.Message.StartsWith(
                        "The SSL connection could not be established",
                        StringComparison.Ordinal
                    )
                )
            )
            {
                return true;
            }
        }

        return false;
    }

    public static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is not null)
        {
            exception = exception.InnerException;
        }

        return exception;
    }

    // An inner exception is printed too; one whose text had to be redacted is not passed on as it is.
    private static Exception Safe(Exception exception)
    {
        var text = exception.ToString();
        return Redactor.Redact(text) == text ? exception : new IOException(Redactor.Redact(exception.Message));
    }

    private static async Task<ErrorBody> ReadBodyAsync(HttpRequestMessage message, HttpResponseMessage response)
    {
        string text;
        try
        {
            // An answer may well repeat the token, whose shape only the transport knows. JSON stays JSON.
            text = TransportKeys.Get<Func<string, string>>(message, TransportKeys.Redact, static other => other)(
                await BodyText.ReadAsync(response.Content).ConfigureAwait(false)
            );
        }
        catch (Exception exception) when (IsNoAnswer(exception))
        {
            return new ErrorBody(null, null, []);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return new ErrorBody(null, null, []);
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Parse(document.RootElement)
                : new ErrorBody(null, Shorten(text), []);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A crash answers in plain text, a proxy in HTML, of which nobody wants to read more than a line.
            return new ErrorBody(
                null,
                text.TrimStart().StartsWith("<", StringComparison.Ordinal) ? null : Shorten(text),
                []
            );
        }
    }

    private static ErrorBody Parse(JsonElement body)
    {
        var error = TextOf(body, "error");
        if (!body.TryGetProperty("detail", out var detail) || detail.ValueKind == JsonValueKind.Null)
        {
            return new ErrorBody(error, TextOf(body, "error_description"), []);
        }

        if (detail.ValueKind != JsonValueKind.Array)
        {
            return new ErrorBody(
                error,
                Shorten(detail.ValueKind == JsonValueKind.String ? detail.GetString()! : detail.GetRawText()),
                []
            );
        }

        var errors = new List<PolarFieldError>();
        foreach (var item in detail.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                errors.Add(FieldErrors.Parse(item, Shorten));
            }
        }

        return new ErrorBody(error, null, errors);
    }

    private static string? TextOf(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? Redactor.Redact(value.GetString())
            : null;

    private static string Shorten(string text)
    {
        // Redacted with a margin beyond the cut: a secret cut in two would not be recognised.
        text = text.Trim();
        text = Redactor.Redact(text.Length <= 8 * LongestDetail ? text : text.Substring(0, 8 * LongestDetail));
        return text.Length <= LongestDetail ? text : text.Substring(0, LongestDetail) + "…";
    }

    private sealed record ErrorBody(string? Error, string? Detail, IReadOnlyList<PolarFieldError> Errors);
}
