using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PolarPS.Emulator;

/// <summary>
/// An emulator on a port of this computer, so that other programs and languages reach it too. HTTP/1.1 over a plain socket:
/// the system's own listener wants rights on Windows, tidies paths, and cannot break a connection where a fault says so.
/// </summary>
public sealed class EmulatorServer : IDisposable
{
    private readonly Func<EmulatorRequest, CancellationToken, Task<EmulatorResponse>> _answer;
    private readonly TcpListener _listener;
    private readonly ConcurrentDictionary<ServerConnection, bool> _connections = new();
    private readonly SemaphoreSlim _places;
    private readonly EmulatorServerOptions _options;
    private readonly Stopping _stop = new();

    private EmulatorServer(
        Func<EmulatorRequest, CancellationToken, Task<EmulatorResponse>> answer,
        TcpListener listener,
        EmulatorServerOptions options
    )
    {
        _answer = answer;
        _listener = listener;
        _options = options;
        _places = new SemaphoreSlim(options.MaximumConnections);
        var local = (IPEndPoint)listener.LocalEndpoint;
        Port = local.Port;
        Url = new Uri($"http://{(IsAny(local.Address) ? new IPEndPoint(IPAddress.Loopback, Port) : local)}/");
    }

    /// <summary>
    /// Where it is, such as <c>http://127.0.0.1:49321/</c>. No other computer reaches it unless the options name another address.
    /// </summary>
    public Uri Url { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>Opens a port for an emulator.</summary>
    /// <param name="emulator">The emulator.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <returns>The server; the port is closed by disposing of it.</returns>
    /// <exception cref="SocketException">The port is taken, or may not be used.</exception>
    public static EmulatorServer Start(PolarEmulator emulator, int port = 0) =>
        Start((emulator ?? throw new ArgumentNullException(nameof(emulator))).HandleAsync, port);

    /// <summary>The same for whatever answers requests, such as one that waits for a browser to come back.</summary>
    /// <param name="answer">Answers a request; called on any thread, several at a time.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <returns>The server; the port is closed by disposing of it.</returns>
    /// <exception cref="SocketException">The port is taken, or may not be used.</exception>
    public static EmulatorServer Start(
        Func<EmulatorRequest, CancellationToken, Task<EmulatorResponse>> answer,
        int port
    ) => Start(answer, new EmulatorServerOptions { Port = port });

    /// <summary>The same with limits of its own, such as for what others send from the internet.</summary>
    /// <param name="answer">Answers a request; called on any thread, several at a time.</param>
    /// <param name="options">Where it listens, and what it allows.</param>
    /// <returns>The server; the port is closed by disposing of it.</returns>
    /// <exception cref="SocketException">The port is taken, or may not be used, or the address is not this computer's.</exception>
    public static EmulatorServer Start(
        Func<EmulatorRequest, CancellationToken, Task<EmulatorResponse>> answer,
        EmulatorServerOptions options
    )
    {
        _ = answer ?? throw new ArgumentNullException(nameof(answer));
        _ = options ?? throw new ArgumentNullException(nameof(options));
        var listener = new TcpListener(options.Address, options.Port);
        if (Environment.OSVersion.Platform == PlatformID.Win32NT)
        {
            // There another program could take over a port that is in use. Elsewhere it would keep a port shut for a while.
            listener.ExclusiveAddressUse = true;
        }

        listener.Start(512);
        var server = new EmulatorServer(answer, listener, options);
        _ = Task.Run(server.AcceptAsync);
        return server;
    }

    /// <summary>
    /// Whether a request was meant for this computer. A page of the web whose host's name suddenly stands for this computer
    /// sends that name, and has no business here.
    /// </summary>
    /// <param name="host">The header Host of a request, with or without a port.</param>
    /// <returns>Whether it names this computer as no name server can: by its loopback address, or as localhost.</returns>
    public static bool IsOwnHost(string host)
    {
        if (host is null)
        {
            throw new ArgumentNullException(nameof(host));
        }

        var end = host.LastIndexOf(':');
        var name = end > host.LastIndexOf(']') ? host.Substring(0, end) : host;
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }

    /// <summary>Takes no more connections, lets those finish that are answering, then closes everything.</summary>
    /// <param name="limit">How long they may take.</param>
    /// <returns>When all is closed.</returns>
    public async Task CloseAsync(TimeSpan limit)
    {
        _listener.Stop();
        var end = DateTime.UtcNow + limit;
        while (DateTime.UtcNow < end && _connections.Keys.Any(static connection => connection.IdleSince is null))
        {
            await Task.Delay(5).ConfigureAwait(false);
        }

        Dispose();
    }

    /// <summary>Closes the port and every connection, at once.</summary>
    public void Dispose()
    {
        _stop.End();
        _listener.Stop();
        foreach (var connection in _connections.Keys)
        {
            connection.Dispose();
        }
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private async Task AcceptAsync()
    {
        while (!_stop.IsOver)
        {
            try
            {
                if (!_places.Wait(0))
                {
                    EndIdlest();
                    await _places.WaitAsync(_stop.Token).ConfigureAwait(false);
                }

                var socket = await _listener.AcceptSocketAsync().ConfigureAwait(false);
                _ = ServeAsync(new ServerConnection(_answer, socket, Url, _options, _stop.Token));
            }
            catch (Exception error) when (_stop.IsOver || error is ObjectDisposedException or InvalidOperationException)
            {
                // Stopped, or told to take no more.
                return;
            }
            catch (Exception error) when (error is SocketException or IOException)
            {
                // One that gave up while it waited, or the system is short of something for a moment.
                _places.Release();
                await Task.Delay(10).ConfigureAwait(false);
            }
        }
    }

    // Who has waited longest without saying anything makes room.
    private void EndIdlest()
    {
        ServerConnection? idlest = null;
        long? since = null;
        foreach (var connection in _connections.Keys)
        {
            if (connection.IdleSince is { } time && (since is null || time < since))
            {
                (idlest, since) = (connection, time);
            }
        }

        idlest?.Dispose();
    }

    private async Task ServeAsync(ServerConnection connection)
    {
        _connections[connection] = true;
        try
        {
            if (!_stop.IsOver)
            {
                await Task.Run(connection.RunAsync).ConfigureAwait(false);
            }
        }
        finally
        {
            connection.Dispose();
            _connections.TryRemove(connection, out _);
            _places.Release();
        }
    }
}
