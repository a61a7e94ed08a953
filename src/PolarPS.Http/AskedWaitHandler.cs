using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Http;

/// <summary>
/// Closes the gate when a response asks to wait. Innermost, so that it happens with the response headers and not after the body,
/// while others would still go out.
/// </summary>
internal sealed class AskedWaitHandler : DelegatingHandler
{
    private readonly TransportOptions _options;
    private readonly RateGate _gate;

    public AskedWaitHandler(TransportOptions options, RateGate gate)
    {
        _options = options;
        _gate = gate;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

        // A wait that exceeds every request's limit is waited for by no request. It also is the kind that Polar imposes on a
        // single route for half an hour, which must not stop the others.
        if (
            HttpStatuses.MayAskToWait((int)response.StatusCode)
            && RetryAfter.Of(response) is { } wait
            && wait < _options.TotalTimeout
        )
        {
            _gate.Close(wait);
        }

        return response;
    }
}
