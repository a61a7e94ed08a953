using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;

namespace PolarPS.Client;

/// <summary>Why the store did not do as asked, and whether another attempt makes sense.</summary>
internal sealed record StoreFailure(PolarException Exception, bool MayPass, TimeSpan? Asked = null)
{
    private const int LongestBody = 16 * 1024;

    // All that is taken of such an answer: elsewhere in it may stand what was signed, and with what.
    private static readonly Regex Code = new(
        "<Code>([A-Za-z0-9.]{1,80})</Code>",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>There was no response, or an incomplete one.</summary>
    public static StoreFailure Of(StoreCall call, Exception exception, bool stalled)
    {
        var facts = call.Describe();
        var text = exception.ToString();
        var cause = call.Redact(text) == text ? exception : new IOException(call.Redact(exception.Message));
        if (stalled || exception is OperationCanceledException or TimeoutException)
        {
            return new(new PolarTimeoutException("The file store stopped responding.", facts, cause), MayPass: true);
        }

        var trusted = !ResponseErrors.IsTlsFailure(exception);
        var reason = call.Redact(ResponseErrors.Innermost(exception).Message);
        var what = trusted
            ? "The file store cannot be reached, or the connection to it broke: "
            : "The file store cannot be reached over TLS: ";
        return new(new PolarConnectionException(what + reason, facts, cause, reached: trusted), trusted);
    }

    /// <summary>The store said no.</summary>
    public static async Task<StoreFailure> FromAsync(
        StoreCall call,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        var status = (int)response.StatusCode;
        var code = await ReadCodeAsync(response, cancellationToken).ConfigureAwait(false);
        var facts = call.Describe(status, code);
        var answer = code is null ? $"status {status}" : $"status {status}, {code}";
        var wait = RetryAfter.Of(response);
        return status switch
        {
            < 400 => new(Redirect(facts, response), MayPass: false),
            401 or 403 => new(
                new PolarPermissionException(
                    $"The file store refused the signed address ({answer}): it has expired, or something in between changed the request.",
                    facts,
                    null
                ),
                MayPass: false
            ),
            404 => new(
                new PolarNotFoundException(
                    $"The file store does not have this file, or this upload no longer exists ({answer}).",
                    facts
                ),
                MayPass: false
            ),
            429 => new(
                new PolarRateLimitException($"Too many requests to the file store ({answer}).", facts, wait),
                MayPass: true,
                wait
            ),
            _ when status >= 500 || HttpStatuses.IsUnsettled(status) => new(
                new PolarServerException($"The file store failed ({answer}).", facts),
                HttpStatuses.IsUnsettled(status),
                wait
            ),
            _ => new(
                new PolarValidationException($"The file store refused the request ({answer}).", facts, []),
                // What a store like Amazon's says, under status 400, when the content came too slowly.
                MayPass: code == "RequestTimeout"
            ),
        };
    }

    private static PolarRedirectException Redirect(FailedCall facts, HttpResponseMessage response)
    {
        var location = Redactor.Redact(response.Headers.Location?.OriginalString.Split('?', '#')[0]);
        return new PolarRedirectException(
            $"The file store's response is a redirect ({facts.StatusCode}) to '{location}', which is not followed.",
            facts,
            location.Length > 0 ? location : null
        );
    }

    private static async Task<string?> ReadCodeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
            var buffer = new byte[LongestBody];
            var filled = 0;
            for (int read; filled < LongestBody; filled += read)
            {
                read = await body.ReadAsync(buffer, filled, LongestBody - filled, cancellationToken)
                    .ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }
            }

            var match = Code.Match(Encoding.UTF8.GetString(buffer, 0, filled));
            return match.Success ? match.Groups[1].Value : null;
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or HttpRequestException
                        or ObjectDisposedException
                        or OperationCanceledException
            )
        {
            // The status says enough.
            return null;
        }
    }
}
