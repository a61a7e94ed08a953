using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PolarPS.Client.Tests.Transport;

/// <summary>One request as it came over the wire.</summary>
internal sealed record SeenRequest(string Line, IReadOnlyDictionary<string, string> Headers, byte[] Body, TimeSpan At)
{
    public string Text => Line + "\n" + string.Join("\n", Headers) + "\n" + Encoding.UTF8.GetString(Body);
}

/// <summary>
/// A server of raw bytes on the loopback address, which can be as rude as the network: it answers its n-th request with
/// the n-th reply, and all later ones with the last.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<SeenRequest, int, Reply> _choose;
    private readonly Func<Stream, CancellationToken, Task<Stream>>? _secure;
    private readonly List<SeenRequest> _seen = [];
    private readonly System.Diagnostics.Stopwatch _clock = System.Diagnostics.Stopwatch.StartNew();
    private readonly Task _loop;
    private int _connections;
    private bool _isDisposed;

    public LoopbackServer(params Reply[] replies)
        : this((_, index) => replies[Math.Min(index, replies.Length - 1)]) { }

    public LoopbackServer(
        Func<SeenRequest, int, Reply> choose,
        Func<Stream, CancellationToken, Task<Stream>>? secure = null
    )
    {
        _choose = choose;
        _secure = secure;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _loop = Task.Run(AcceptAsync);
    }

    public Uri Address { get; }

    public Uri SecureAddress => new UriBuilder(Address) { Scheme = "https", Host = "localhost" }.Uri;

    public int Connections => Volatile.Read(ref _connections);

    public IReadOnlyList<SeenRequest> Requests
    {
        get
        {
            lock (_seen)
            {
                return [.. _seen];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                open.Add(Task.Run(() => ServeAsync(client)));
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped, perhaps before it had begun to listen.
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (_secure is not null)
                {
                    stream = await _secure(stream, _stop.Token);
                }

                while (await ReadAsync(stream) is { } request)
                {
                    int index;
                    lock (_seen)
                    {
                        index = _seen.Count;
                        _seen.Add(request);
                    }

                    if (!await _choose(request, index)(stream, _stop.Token))
                    {
                        // Without a reset the client would wait for the rest.
                        client.Client.LingerState = new LingerOption(true, 0);
                        return;
                    }
                }
            }
            catch (Exception exception)
                when (exception
                        is IOException
                            or OperationCanceledException
                            or SocketException
                            or ObjectDisposedException
                            or System.Security.Authentication.AuthenticationException
                )
            {
                // The client has gone, or the test is over.
            }
        }
    }

    private async Task<SeenRequest?> ReadAsync(Stream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!(head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n'))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines
            .Skip(1)
            .Select(static line => line.Split(':', 2))
            .ToDictionary(static part => part[0], static part => part[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var length = headers.TryGetValue("Content-Length", out var text)
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : 0;
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new SeenRequest(lines[0], headers, body, _clock.Elapsed);
    }
}
