using System.Net;

namespace PolarPS.Emulator;

/// <summary>Where a server listens, and what it allows those who connect. As it is made, it is what an emulator needs.</summary>
public sealed class EmulatorServerOptions
{
    /// <summary>The address to listen on; as long as nothing else is said, this computer's own, which no other reaches.</summary>
    public IPAddress Address { get; set; } = IPAddress.Loopback;

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; set; }

    /// <summary>How many connections there can be at a time; for one more, the one that has been idle longest is closed.</summary>
    public int MaximumConnections { get; set; } = 1000;

    /// <summary>How many bytes the head of a request can have, all lines together.</summary>
    public int MaximumHead { get; set; } = 64 * 1024;

    /// <summary>
    /// How many bytes the body of a request can have. It is more than the API takes, which refuses it in its own words; a limit
    /// for what is not refused by its length.
    /// </summary>
    public int MaximumBody { get; set; } = 64 * 1024 * 1024;

    /// <summary>How long a connection may take until the head of its next request is there, whole.</summary>
    public TimeSpan HeadLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a client may take to send a body, or to take an answer.</summary>
    public TimeSpan BodyLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether a request was meant for this server, by its header Host, which is null where there is none. It is asked before
    /// anything else is read.
    /// </summary>
    public Func<string?, bool> AllowsHost { get; set; } = static host => host is null || EmulatorServer.IsOwnHost(host);
}
