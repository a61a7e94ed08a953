using System.Net;
using System.Net.Sockets;
using System.Text;
using PolarPS.Emulator;

namespace PolarPS;

/// <summary>Where deliveries are awaited.</summary>
/// <param name="Address">The address to listen on, such as 127.0.0.1.</param>
/// <param name="Port">The port; 0 for any that is free.</param>
/// <param name="AllowedHosts">The names by which it is reached, beside those of this computer itself.</param>
internal sealed record WebhookListenerSettings(string? Address, int Port, IReadOnlyList<string> AllowedHosts)
{
    private const string Subdomains = "*.";

    /// <summary>The address; null for a text that is none.</summary>
    public IPAddress? ParsedAddress =>
        Address is null or "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(Address.Trim('[', ']'), out var parsed) ? parsed
        : null;

    /// <summary>Whether no other computer reaches it.</summary>
    public bool IsLoopback => ParsedAddress is { } address && IPAddress.IsLoopback(address);

    /// <summary>Whether a request by this name, with or without a port, is meant for it.</summary>
    public bool Allows(string name) =>
        AllowedHosts.Any(allowed =>
            allowed.StartsWith(Subdomains, StringComparison.Ordinal)
                ? WithoutPort(name).EndsWith(allowed.Substring(1), StringComparison.OrdinalIgnoreCase)
                : string.Equals(allowed, name, StringComparison.OrdinalIgnoreCase)
                    || string.Equals(allowed, WithoutPort(name), StringComparison.OrdinalIgnoreCase)
        );

    private static string WithoutPort(string host)
    {
        var end = host.LastIndexOf(':');
        return end > host.LastIndexOf(']') ? host.Substring(0, end) : host;
    }
}

/// <summary>
/// A port at which deliveries arrive: the emulator's server with the limits of something that the internet can reach, in front of
/// the client's receiver.
/// </summary>
internal sealed class WebhookListener : IDisposable
{
    private const int MaximumHead = 16 * 1024;
    private const int MaximumConnections = 128;

    // Polar gives up after ten seconds, and has the whole of a delivery at hand when it begins.
    private static readonly TimeSpan SlowestClient = TimeSpan.FromSeconds(5);

    private readonly WebhookReceiver _receiver;
    private readonly Action<string> _trace;
    private readonly EmulatorServer _server;

    private WebhookListener(WebhookReceiver receiver, WebhookListenerSettings settings, Action<string> trace)
    {
        _receiver = receiver;
        _trace = trace;
        _server = EmulatorServer.Start(
            AnswerAsync,
            new EmulatorServerOptions
            {
                Address = settings.ParsedAddress!,
                Port = settings.Port,
                MaximumConnections = MaximumConnections,
                MaximumHead = MaximumHead,
                MaximumBody = WebhookReceiver.MaximumBody,
                HeadLimit = SlowestClient,
                BodyLimit = SlowestClient,
                AllowsHost = host => Allows(settings, host),
            }
        );
    }

    /// <summary>Where it is.</summary>
    public string Address => _server.Url.AbsoluteUri;

    /// <summary>Opens the port. Calling this loads the emulator's assembly, which has the server.</summary>
    /// <param name="receiver">Decides what is answered.</param>
    /// <param name="settings">Where to listen.</param>
    /// <param name="trace">Told in a line of what never gets as far as the receiver; on any thread.</param>
    /// <exception cref="IOException">The port cannot be used.</exception>
    public static WebhookListener Open(WebhookReceiver receiver, WebhookListenerSettings settings, Action<string> trace)
    {
        // Before the constructor, which names a class of it, is compiled.
        ModuleRoot.Load(Path.Combine(ModuleRoot.Folder, "PolarPS.Emulator.dll"));
        try
        {
            return new WebhookListener(receiver, settings, trace);
        }
        catch (SocketException exception)
        {
            throw new IOException(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "Port {0} of {1} cannot be used: {2}.",
                    settings.Port,
                    settings.ParsedAddress,
                    exception.Message.TrimEnd('.')
                ),
                exception
            );
        }
    }

    /// <summary>Takes no more deliveries, lets those be answered that are there, then closes the port.</summary>
    /// <param name="limit">How long that may take.</param>
    public Task CloseAsync(TimeSpan limit) => _server.CloseAsync(limit);

    /// <summary>Closes the port at once.</summary>
    public void Dispose() => _server.Dispose();

    private bool Allows(WebhookListenerSettings settings, string? host)
    {
        if (host is not null && (EmulatorServer.IsOwnHost(host) || settings.Allows(host)))
        {
            return true;
        }

        _trace(
            host is null
                ? "Refused a request without a host."
                : $"Refused a request for the host '{host}'. If that is the name of your tunnel or server, use -AllowedHost."
        );
        return false;
    }

    private async Task<EmulatorResponse> AnswerAsync(EmulatorRequest request, CancellationToken cancellationToken)
    {
        var reply = WebhookReceiver.Refuse(request.Method, request.Headers);
        if (reply is null)
        {
            var body = await request.ReadBodyAsync(cancellationToken).ConfigureAwait(false);
            reply = await _receiver.ReceiveAsync(request.Headers, body, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _trace($"Refused a request: {reply}");
        }

        var response = new EmulatorResponse(reply.StatusCode, Encoding.UTF8.GetBytes(reply.Reason));
        response.Headers["Content-Type"] = "text/plain; charset=utf-8";
        response.Headers["Cache-Control"] = "no-store";
        response.Headers["X-Content-Type-Options"] = "nosniff";
        if (reply.StatusCode == 405)
        {
            response.Headers["Allow"] = "POST";
        }

        return response;
    }
}
