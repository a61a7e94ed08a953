using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;

namespace PolarPS.Http;

/// <summary>
/// Sets the headers of a request: for each attempt again, so that one after a long wait takes the token as it is by then.
/// </summary>
internal static class RequestHeaders
{
    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");

    /// <summary>Sets them. The caller takes the token away with <see cref="Remove"/> as soon as the attempt is over.</summary>
    public static void Add(HttpRequestMessage request, Exchange exchange, TransportOptions options)
    {
        if (options.IsStore)
        {
            // Its addresses are signed, and some headers with them.
            return;
        }

        var headers = request.Headers;
        AddMissing(headers, "Polar-Version", options.ApiVersion);
        AddMissing(headers, "Polar-Organization", options.OrganizationId);
        AddMissing(headers, "User-Agent", options.UserAgent);
        if (headers.Accept.Count == 0)
        {
            headers.Accept.Add(Json);
        }

#if NET5_0_OR_GREATER
        // Pages that are read ahead share one connection then, instead of a handshake each. Over https, where both sides agree on it.
        // Only what reads: over HTTP/1.1, a request is not sent before its content is, and that is how a write is known not to have
        // reached the server.
        if (request.Method == HttpMethod.Get)
        {
            request.Version = HttpVersion.Version20;
        }

#endif
        headers.ExpectContinue = false;
        if (headers.TransferEncodingChunked == true)
        {
            // The length is always known here, and Polar refuses a request without it.
            headers.TransferEncodingChunked = null;
        }

        var token = TransportKeys.Get<string?>(request, TransportKeys.OwnToken, null) ?? options.Token();
        if (string.IsNullOrEmpty(token))
        {
            return;
        }

        Check(token!);
        exchange.Secret = token;
        TransportKeys.Set(request, TransportKeys.Redact, (Func<string, string>)(text => Redactor.Redact(text, token)));
        headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Removes the token: the request lives on in the response, and its text form shows all headers.</summary>
    public static void Remove(HttpRequestMessage request, Exchange exchange)
    {
        if (exchange.Secret is not null)
        {
            request.Headers.Authorization = null;
        }
    }

    private static void AddMissing(HttpRequestHeaders headers, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value) && !headers.Contains(name))
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }

    // Spaces too: a redactor treats what follows one as other text.
    private static void Check(string token)
    {
        if (token.Any(static c => c is <= ' ' or > '~'))
        {
            throw new InvalidOperationException(
                "The access token contains a character that no token has (a space, a line break, a control or non-ASCII "
                    + "character), so nothing was sent. Check how it was copied or read."
            );
        }
    }
}
