using System.Net.Http;

namespace PolarPS.Http;

/// <summary>
/// Refuses whatever is addressed to another server. Outermost, because the token must not be attached to such a request,
/// and because trying again would not help.
/// </summary>
internal sealed class HostGuardHandler : DelegatingHandler
{
    private readonly TransportOptions _options;

    public HostGuardHandler(TransportOptions options) => _options = options;

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var home = _options.BaseAddress;
        var target = request.RequestUri!;
        if (
            !string.Equals(target.Scheme, home.Scheme, StringComparison.OrdinalIgnoreCase)
            || !string.Equals(target.Host, home.Host, StringComparison.OrdinalIgnoreCase)
            || target.Port != home.Port
            || target.UserInfo.Length > 0
        )
        {
            throw new InvalidOperationException(
                $"A request to {TransportOptions.Origin(target)} was not sent: this connection is for {TransportOptions.Origin(home)} only, "
                    + "without a user name in the address."
            );
        }

        return base.SendAsync(request, cancellationToken);
    }

#if NET5_0_OR_GREATER
    // The synchronous method would bypass every other handler.
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Use SendAsync.");
#endif
}
