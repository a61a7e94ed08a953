using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace PolarPS.Emulator;

/// <summary>One connection of a client: request after request, until one side has had enough.</summary>
internal sealed class ServerConnection : IDisposable
{
    // A body that is not wanted is read all the same, if it is small, so that the connection can be reused.
    private const int WorthDraining = 64 * 1024;
    private const int Combined = 32 * 1024;

    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(2);
    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);
    private static readonly byte[] Continue = Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n");

    private static readonly Dictionary<int, string> Reasons = new()
    {
        [200] = "OK",
        [201] = "Created",
        [202] = "Accepted",
        [204] = "No Content",
        [302] = "Found",
        [307] = "Temporary Redirect",
        [400] = "Bad Request",
        [401] = "Unauthorized",
        [402] = "Payment Required",
        [403] = "Forbidden",
        [404] = "Not Found",
        [405] = "Method Not Allowed",
        [409] = "Conflict",
        [410] = "Gone",
        [411] = "Length Required",
        [412] = "Precondition Failed",
        [413] = "Content Too Large",
        [417] = "Expectation Failed",
        [421] = "Misdirected Request",
        [422] = "Unprocessable Content",
        [429] = "Too Many Requests",
        [431] = "Request Header Fields Too Large",
        [500] = "Internal Server Error",
        [501] = "Not Implemented",
        [502] = "Bad Gateway",
        [503] = "Service Unavailable",
        [504] = "Gateway Timeout",
        [505] = "HTTP Version Not Supported",
    };

    private readonly Func<EmulatorRequest, CancellationToken, Task<EmulatorResponse>> _answer;
    private readonly Socket _socket;
    private readonly Uri _url;
    private readonly EmulatorServerOptions _options;
    private readonly CancellationToken _stop;
    private readonly NetworkStream _stream;
    private readonly WireReader _reader;

    public ServerConnection(
        Func<EmulatorRequest, CancellationToken, Task<EmulatorResponse>> answer,
        Socket socket,
        Uri url,
        EmulatorServerOptions options,
        CancellationToken stop
    )
    {
        _answer = answer;
        _socket = socket;
        _url = url;
        _options = options;
        _stop = stop;
        socket.NoDelay = true;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new WireReader(_stream, options);
    }

    /// <summary>Since when it has waited for a request, in ticks of the computer; null while one is being answered.</summary>
    public long? IdleSince { get; private set; }

    /// <summary>Ends it; whatever waits for it fails.</summary>
    public void Dispose() => _stream.Dispose();

    public async Task RunAsync()
    {
        // Reading from a socket does not end with a token everywhere; closing the socket ends it.
        using var limit = new Timer(_ => Dispose());
        try
        {
            var goesOn = true;
            while (goesOn)
            {
                limit.Change(_options.HeadLimit, Timeout.InfiniteTimeSpan);
                IdleSince = Stopwatch.GetTimestamp();
                goesOn = await ServeAsync(limit).ConfigureAwait(false);
            }
        }
        catch (WireException refusal)
        {
            await RefuseAsync(refusal, limit).ConfigureAwait(false);
        }
        catch (Exception error) when (IsEnd(error))
        {
            // The client is gone, or the server is being stopped.
        }
    }

    private async Task<bool> ServeAsync(Timer limit)
    {
        var head = await _reader.ReadHeadAsync().ConfigureAwait(false);
        if (head is null)
        {
            return false;
        }

        IdleSince = null;
        if (!_options.AllowsHost(head.Host))
        {
            throw new WireException(421, "This server is not meant under that name.");
        }

        // How long an answer takes is the emulator's affair.
        limit.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var isRead = !head.HasBody;
        var request = new EmulatorRequest(
            head.Method,
            head.Path,
            head.Query,
            head.Headers,
            async _ =>
            {
                var body = await ReadBodyAsync(head, limit).ConfigureAwait(false);
                isRead = true;
                return body;
            }
        )
        {
            Origin = head.Host is null ? _url.GetLeftPart(UriPartial.Authority) : "http://" + head.Host,
        };
        var answer = await AnswerAsync(request).ConfigureAwait(false);
        if (answer.Connection == EmulatorConnection.Dropped)
        {
            Break();
            return false;
        }

        var reads = isRead || (!head.AsksFirst && head.Length <= WorthDraining);
        var keeps = head.KeepsAlive && reads && answer.Connection == EmulatorConnection.Normal;
        limit.Change(_options.BodyLimit, Timeout.InfiniteTimeSpan);
        await WriteAsync(head, answer, keeps).ConfigureAwait(false);
        if (keeps && !isRead)
        {
            await _reader.ReadBodyAsync(head.Length!.Value).ConfigureAwait(false);
        }
        else if (!keeps)
        {
            await SayGoodbyeAsync(limit).ConfigureAwait(false);
        }

        return keeps;
    }

    private async Task<EmulatorResponse> AnswerAsync(EmulatorRequest request)
    {
        try
        {
            return await _answer(request, _stop).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not WireException && !IsEnd(error))
        {
            // A defect of the emulator; the client shall not wait for it, and the others have no part in it.
            return Say(500, "Internal Server Error");
        }
    }

    private async Task<byte[]> ReadBodyAsync(RequestHead head, Timer limit)
    {
        if (!head.HasBody)
        {
            return [];
        }

        limit.Change(_options.BodyLimit, Timeout.InfiniteTimeSpan);
        if (head.AsksFirst)
        {
            await _stream.WriteAsync(Continue, 0, Continue.Length).ConfigureAwait(false);
        }

        var body = head.IsChunked
            ? await _reader.ReadChunksAsync().ConfigureAwait(false)
            : await _reader.ReadBodyAsync(head.Length!.Value).ConfigureAwait(false);
        limit.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return body;
    }

    private async Task WriteAsync(RequestHead? request, EmulatorResponse answer, bool keeps)
    {
        var bodyless = answer.StatusCode is 204 or 304;
        var head = new StringBuilder("HTTP/1.1 ", 256)
            .Append(answer.StatusCode.ToString(CultureInfo.InvariantCulture))
            .Append(' ')
            .Append(Reasons.TryGetValue(answer.StatusCode, out var reason) ? reason : string.Empty)
            .Append("\r\n");
        if (!answer.Headers.ContainsKey("Date"))
        {
            head.Append("Date: ").Append(DateTime.UtcNow.ToString("R", CultureInfo.InvariantCulture)).Append("\r\n");
        }

        foreach (var header in answer.Headers)
        {
            // What a rule says may hold anything; a line's end in it would be another header.
            head.Append(header.Key)
                .Append(": ")
                .Append(header.Value.Replace('\r', ' ').Replace('\n', ' '))
                .Append("\r\n");
        }

        if (!bodyless)
        {
            head.Append("Content-Length: ")
                .Append(answer.Body.Length.ToString(CultureInfo.InvariantCulture))
                .Append("\r\n");
        }

        head.Append(keeps ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
        var sent = bodyless || request?.Method == "HEAD" ? 0 : answer.SentBytes;
        var bytes = Latin1.GetBytes(head.ToString());
        if (sent <= Combined)
        {
            // In one piece, as it would be a pity to wait for the second.
            Array.Resize(ref bytes, bytes.Length + sent);
            Buffer.BlockCopy(answer.Body, 0, bytes, bytes.Length - sent, sent);
            await _stream.WriteAsync(bytes, 0, bytes.Length).ConfigureAwait(false);
        }
        else
        {
            await _stream.WriteAsync(bytes, 0, bytes.Length).ConfigureAwait(false);
            await _stream.WriteAsync(answer.Body, 0, sent).ConfigureAwait(false);
        }
    }

    private async Task RefuseAsync(WireException refusal, Timer limit)
    {
        try
        {
            limit.Change(_options.BodyLimit, Timeout.InfiniteTimeSpan);
            await WriteAsync(null, Say(refusal.Status, refusal.Message), keeps: false).ConfigureAwait(false);
            await SayGoodbyeAsync(limit).ConfigureAwait(false);
        }
        catch (Exception error) when (IsEnd(error))
        {
            // It did not want to hear it.
        }
    }

    // What was written reaches the client: closing while data is unread would discard it.
    private async Task SayGoodbyeAsync(Timer limit)
    {
        limit.Change(GoodbyeLimit, Timeout.InfiniteTimeSpan);
        _socket.Shutdown(SocketShutdown.Send);
        await _reader.DrainAsync(limit: 1 << 24).ConfigureAwait(false);
    }

    private void Break()
    {
        // As it looks when a cable is cut: a reset, and not an orderly end.
        _socket.LingerState = new LingerOption(true, 0);
        Dispose();
    }

    private static EmulatorResponse Say(int status, string detail)
    {
        var body = new System.Text.Json.Nodes.JsonObject { ["detail"] = detail };
        var answer = new EmulatorResponse(status, Json.FromText(body.ToJsonString()));
        answer.Headers["Content-Type"] = "application/json";
        return answer;
    }

    private static bool IsEnd(Exception error) =>
        error
            is IOException
                or SocketException
                or ObjectDisposedException
                or OperationCanceledException
                or EmulatorStoppedException;
}
