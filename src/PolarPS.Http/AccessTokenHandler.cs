using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Http;

/// <summary>
/// Fetches the token where that takes time. Inside the retries, so that a later attempt has a newer one, and outside the limit of one
/// attempt, which is the server's.
/// </summary>
internal sealed class AccessTokenHandler : DelegatingHandler
{
    private readonly Func<CancellationToken, Task<string>> _fetch;

    public AccessTokenHandler(Func<CancellationToken, Task<string>> fetch) => _fetch = fetch;

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
