using System.Net.Http;

namespace PolarPS.Http;

/// <summary>Lets a request make its attempts itself: see <see cref="TransportKeys.Around"/>.</summary>
internal sealed class AroundHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var around = TransportKeys.Get<Func<
            Func<CancellationToken, Task<HttpResponseMessage>>,
            CancellationToken,
            Task<HttpResponseMessage>
        >?>(request, TransportKeys.Around, null);
        return around is null
            ? base.SendAsync(request, cancellationToken)
            : around(token => base.SendAsync(request, token), cancellationToken);
    }
}
