using System.Diagnostics;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;

namespace PolarPS.Client;

/// <summary>
/// Sends payloads to a handler as Polar would, signed again: only to https or to this computer, along no redirect, and with nothing
/// of Polar's in it but the payload. Safe to share between threads.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    private const int LongestResponse = 2048;

    /// <summary>How long Polar waits for an answer, and a sender as well unless it is said otherwise.</summary>
    public static TimeSpan UsualTimeout { get; } = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly WebhookSigner _signer;
    private readonly TimeSpan _timeout;

    /// <summary>A sender to one address.</summary>
    /// <param name="address">The address: https, or http on this computer.</param>
    /// <param name="signer">Signs what is sent.</param>
    /// <param name="timeout">How long to wait for an answer; null for <see cref="UsualTimeout"/>.</param>
    /// <exception cref="ArgumentException">Payloads must not be sent to this address.</exception>
    public WebhookSender(Uri address, WebhookSigner signer, TimeSpan? timeout = null)
    {
        _address = address ?? throw new ArgumentNullException(nameof(address));
        _signer = signer ?? throw new ArgumentNullException(nameof(signer));
        if (!IsAllowed(address))
        {
            throw new ArgumentException(
                "A payload has names and addresses of customers in it: it is sent to https, or to http on this computer "
                    + "(localhost, 127.0.0.1, [::1]), and nowhere else. The address must not have a user or a password in it.",
                nameof(address)
            );
        }

        _timeout = timeout ?? UsualTimeout;
        _http = new HttpClient(
            new HttpClientHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseDefaultCredentials = false,
                // A proxy would carry off this computer what is meant for it.
                UseProxy = !address.IsLoopback,
            }
        )
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Whether payloads can be sent to an address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Whether it is https, or http on this computer.</returns>
    public static bool IsAllowed(Uri address) =>
        address is { IsAbsoluteUri: true, UserInfo.Length: 0 }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    /// <summary>Sends a payload once.</summary>
    /// <param name="id">The event's id, which becomes <c>webhook-id</c>.</param>
    /// <param name="payload">The payload as Polar has stored it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How it was answered; no answer at all is an outcome as well.</returns>
    public async Task<WebhookSendResult> SendAsync(
        string id,
        string payload,
        CancellationToken cancellationToken = default
    )
    {
        var body = Encoding.UTF8.GetBytes(payload ?? throw new ArgumentNullException(nameof(payload)));
        var version = VersionOf(payload);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var header in _signer.Sign(id, body))
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("webhook-api-version", version);
        }

        request.Headers.TryAddWithoutValidation("User-Agent", "PolarPS webhooks");
        var watch = Stopwatch.StartNew();
        int? status = null;
        string? response;
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            limit.CancelAfter(_timeout);
            try
            {
                using var answer = await _http
                    .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token)
                    .ConfigureAwait(false);
                // .NET Framework does not end a read for a token.
                using var end = limit.Token.Register(static state => ((IDisposable)state!).Dispose(), answer);
                status = (int)answer.StatusCode;
                response = await ReadAsync(answer, limit.Token).ConfigureAwait(false);
            }
            catch (Exception exception)
                when (!cancellationToken.IsCancellationRequested
                    && exception
                        is HttpRequestException
                            or OperationCanceledException
                            or IOException
                            or ObjectDisposedException
                )
            {
                response = limit.IsCancellationRequested
                    ? FormattableString.Invariant($"No answer within {_timeout.TotalSeconds:0.#} seconds.")
                    : exception.InnerException?.Message ?? exception.Message;
            }
        }

        return new WebhookSendResult(id, TypeOf(payload), _address, status, response, watch.Elapsed);
    }

    /// <summary>Ends its connections.</summary>
    public void Dispose() => _http.Dispose();

    /// <summary>The address.</summary>
    /// <returns>The address, without what may be secret in it.</returns>
    public override string ToString() => _address.GetLeftPart(UriPartial.Path);

    // The beginning of what a handler says is enough to see what it thought.
    private static async Task<string?> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using var stream = await answer.Content.ReadAsStreamAsync().ConfigureAwait(false);
        var buffer = new byte[LongestResponse];
        var filled = 0;
        for (int read; filled < buffer.Length; filled += read)
        {
            read = await stream
                .ReadAsync(buffer, filled, buffer.Length - filled, cancellationToken)
                .ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }
        }

        return filled == 0 ? null : Encoding.UTF8.GetString(buffer, 0, filled);
    }

    private static string? VersionOf(string payload) => Parsed(payload)?.ApiVersion;

    private static string? TypeOf(string payload) => Parsed(payload)?.Type;

    // Whatever Polar has stored is sent as it is; what is no event is the handler's affair.
    private static WebhookEvent? Parsed(string payload)
    {
        try
        {
            return WebhookEvent.Parse(payload);
        }
        catch (WebhookVerificationException)
        {
            return null;
        }
    }
}

/// <summary>How a handler answered to a payload.</summary>
public sealed class WebhookSendResult
{
    internal WebhookSendResult(
        string eventId,
        string? eventType,
        Uri address,
        int? httpCode,
        string? response,
        TimeSpan duration
    )
    {
        EventId = eventId;
        EventType = eventType;
        Uri = address.AbsoluteUri;
        HttpCode = httpCode;
        Response = response;
        Duration = duration;
    }

    /// <summary>The event's id, which was sent as <c>webhook-id</c>.</summary>
    public string EventId { get; }

    /// <summary>What happened, such as <c>order.paid</c>; null where the payload is no event.</summary>
    public string? EventType { get; }

    /// <summary>Where it was sent.</summary>
    public string Uri { get; }

    /// <summary>Whether it was accepted, that is: answered with 2xx.</summary>
    public bool Succeeded => HttpCode is >= 200 and < 300;

    /// <summary>The status of the answer; null for no answer.</summary>
    public int? HttpCode { get; }

    /// <summary>The beginning of the answer, 2,048 bytes at most, or why there is none; null for an empty one.</summary>
    public string? Response { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The outcome in short.</summary>
    /// <returns>Such as <c>order.paid: 200</c>.</returns>
    public override string ToString() => $"{EventType ?? EventId}: {(HttpCode is { } code ? $"{code}" : Response)}";
}
