using System.Net;
using System.Net.Http;

namespace PolarPS.Http;

/// <summary>
/// Fetches the token where that takes time. Inside the retries, so that a later attempt has a newer one, and outside the limit of one
/// attempt, which is the server's. What is refused because of its token was not carried out, so that it is sent once more, whatever it
/// does, where there is another token.
/// </summary>
internal sealed class AccessTokenHandler : DelegatingHandler
{
    private readonly Func<CancellationToken, Task<string>> _fetch;
    private readonly Func<string, CancellationToken, Task<string?>>? _renew;

    public AccessTokenHandler(
        Func<CancellationToken, Task<string>> fetch,
        Func<string, CancellationToken, Task<string?>>? renew = null
    )
    {
        _fetch = fetch;
        _renew = renew;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (TransportKeys.Get<string?>(request, TransportKeys.OwnToken, null) is not null)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var token = await _fetch(cancellationToken).ConfigureAwait(false);
        var response = await SendAsync(request, token, cancellationToken).ConfigureAwait(false);
        if (
            _renew is null
            || !await IsRefusedTokenAsync(response).ConfigureAwait(false)
            || await _renew(token, cancellationToken).ConfigureAwait(false) is not { } other
            || other == token
        )
        {
            return response;
        }

        Exchange.Of(request).WriteAttempt(null);
        response.Dispose();
        return await SendAsync(request, other, cancellationToken).ConfigureAwait(false);
    }

    // A token of the wrong kind is refused as well, in other words: a new one would be of the same kind. The body has been read already.
    private static async Task<bool> IsRefusedTokenAsync(HttpResponseMessage response) =>
        response is { StatusCode: HttpStatusCode.Unauthorized, Content: not null }
        && (await response.Content.ReadAsStringAsync().ConfigureAwait(false)).Contains("\"invalid_token\"");

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        string token,
        CancellationToken cancellationToken
    )
    {
        TransportKeys.Set(request, TransportKeys.OwnToken, token);
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The request lives on in the answer, and the next attempt fetches its own.
            TransportKeys.Set(request, TransportKeys.OwnToken, null);
        }
    }
}
