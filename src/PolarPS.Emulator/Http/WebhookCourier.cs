using System.Net;
using System.Net.Http;
using System.Text;

namespace PolarPS.Emulator;

/// <summary>
/// Delivers webhooks, one after the other, outside of the requests that caused them. Only addresses of this computer are
/// ever contacted; a delivery to any other is noted as failed.
/// </summary>
internal sealed class WebhookCourier
{
    private const string Elsewhere = "The emulator delivers only to addresses on this computer.";
    private const int LongestAnswer = 64 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // One client for all: what it talks to is decided request by request.
    private static readonly Lazy<HttpClient> Client = new(() =>
        new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        }
    );

    private readonly EmulatorCore _core;
    private readonly WebhookResource _webhooks;
    private readonly Queue<Document> _waiting = new();
    private readonly Stopping _stop = new();
    private Task _running = Task.CompletedTask;

    public WebhookCourier(EmulatorCore core, WebhookResource webhooks)
    {
        _core = core;
        _webhooks = webhooks;
    }

    /// <summary>Tries again what has not been delivered; called with the store's gate held.</summary>
    public void Retry(Document told)
    {
        if (!told.Row.Flag("succeeded"))
        {
            Send(told);
        }
    }

    /// <summary>Puts something in line; called with the store's gate held.</summary>
    public void Send(Document told)
    {
        var endpoint = _webhooks.Documents.Find(told.Row.Text("endpoint_id"));
        if (endpoint is null || told.Row.Flag("is_archived"))
        {
            return;
        }

        _webhooks.Skip(told, !endpoint.Row.Flag("enabled"));
        if (told.Row.Flag("skipped"))
        {
            return;
        }

        if (!new Uri(endpoint.Row.Text("url")!).IsLoopback)
        {
            _webhooks.Note(told, null, Elsewhere);
            return;
        }

        if (_stop.IsOver)
        {
            return;
        }

        _waiting.Enqueue(told);
        if (_running.IsCompleted)
        {
            _running = Task.Run(DeliverAsync);
        }
    }

    /// <summary>Waits until the queue is empty.</summary>
    public async Task DrainAsync()
    {
        while (true)
        {
            Task running;
            lock (_core.Store.Gate)
            {
                if (_running.IsCompleted && _waiting.Count == 0)
                {
                    return;
                }

                running = _running;
            }

            await running.ConfigureAwait(false);
        }
    }

    /// <summary>Delivers nothing more.</summary>
    public void Stop()
    {
        lock (_core.Store.Gate)
        {
            _stop.End();
            _waiting.Clear();
        }
    }

    private async Task DeliverAsync()
    {
        while (true)
        {
            Document told;
            HttpRequestMessage request;
            lock (_core.Store.Gate)
            {
                if (_waiting.Count == 0)
                {
                    _running = Task.CompletedTask;
                    return;
                }

                told = _waiting.Dequeue();
                // What was to be told may have been undone with the change that it told of.
                if (
                    !ReferenceEquals(told.Collection.Find(told.Id), told)
                    || told.Row.Flag("is_archived")
                    || _webhooks.Documents.Find(told.Row.Text("endpoint_id")) is not { } endpoint
                )
                {
                    continue;
                }

                request = Sign(told, endpoint);
            }

            int? code = null;
            string? answer;
            try
            {
                using (request)
                using (var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
                {
                    limit.CancelAfter(Limit);
                    using var response = await Client
                        .Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token)
                        .ConfigureAwait(false);
                    // .NET Framework does not end a read for a token.
                    using var end = limit.Token.Register(static state => ((IDisposable)state!).Dispose(), response);
                    code = (int)response.StatusCode;
                    answer = await ReadAsync(response, limit.Token).ConfigureAwait(false);
                }
            }
            catch (Exception error)
                when (error
                        is HttpRequestException
                            or OperationCanceledException
                            or IOException
                            or ObjectDisposedException
                            or WebException
                )
            {
                (code, answer) = (null, error.Message);
            }

            lock (_core.Store.Gate)
            {
                _webhooks.Note(told, code, answer);
            }
        }
    }

    // The beginning of what an endpoint says is enough to see what it thought.
    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        var buffer = new byte[LongestAnswer];
        var filled = 0;
        for (int read; filled < LongestAnswer; filled += read)
        {
            read = await body.ReadAsync(buffer, filled, LongestAnswer - filled, cancellationToken)
                .ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }
        }

        return Encoding.UTF8.GetString(buffer, 0, filled);
    }

    private HttpRequestMessage Sign(Document told, Document endpoint)
    {
        var body = told.Row.Text("payload")!;
        var time = _core.Clock.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var secret = endpoint.Row.Text("secret")!;
        var key = Convert.FromBase64String(secret.Substring("whsec_".Length));
        var signature = Hashes.HmacSha256(key, Encoding.UTF8.GetBytes($"{told.Id}.{time}.{body}"));
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Row.Text("url"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("webhook-id", told.Id);
        request.Headers.Add("webhook-timestamp", time);
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(signature));
        request.Headers.Add("webhook-api-version", told.Row.Text("api_version"));
        request.Headers.TryAddWithoutValidation("User-Agent", "polar.sh webhooks");
        return request;
    }
}
