using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Http;

/// <summary>
/// Sets the headers of every request. Inside the retries, so that an attempt after a long wait takes the token as it is
/// by then.
/// </summary>
internal sealed class HeadersHandler : DelegatingHandler
{
    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");

    private readonly TransportOptions _options;

    public HeadersHandler(TransportOptions options) => _options = options;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var headers = request.Headers;
        AddMissing(headers, "Polar-Version", _options.ApiVersion);
        AddMissing(headers, "Polar-Organization", _options.OrganizationId);
        AddMissing(headers, "User-Agent", _options.UserAgent);
        if (headers.Accept.Count == 0)
        {
            headers.Accept.Add(Json);
        }

        headers.ExpectContinue = false;
        if (headers.TransferEncodingChunked == true)
        {
            // The length is always known here, and Polar refuses a request without it.
            headers.TransferEncodingChunked = null;
        }

        var token = TransportKeys.Get<string?>(request, TransportKeys.OwnToken, null) ?? _options.Token();
        if (string.IsNullOrEmpty(token))
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        Check(token!);
        Exchange.Of(request).Secret = token;
        TransportKeys.Set(request, TransportKeys.Redact, (Func<string, string>)(text => Redactor.Redact(text, token)));
        headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The request lives on in the answer, and its text form shows all headers.
            headers.Authorization = null;
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
