using System.ComponentModel;
using System.Net.Http;
using System.Net.Sockets;
using System.Security;
using PolarPS.Commands;
using PolarPS.Emulator;

namespace PolarPS;

/// <summary>
/// A local Polar in this process: Start-PolarEmulator creates it, Set-PolarEmulator changes it, Stop-PolarEmulator stops it.
/// Two of them share nothing.
/// </summary>
/// <remarks>
/// No public member names a type of the emulator's assembly, so that looking at this class does not load it.
/// </remarks>
[TypeConverter(typeof(ReadingConverter))]
public sealed class PolarEmulatorInstance
{
    private readonly PolarEmulator _emulator;
    private EmulatorServer? _server;

    private PolarEmulatorInstance(string name, EmulatorSettings settings)
    {
        Name = name;
        Seed = settings.Seed;
        var options = new EmulatorOptions
        {
            Seed = settings.Seed,
            Empty = settings.Empty,
            StartTime = settings.StartTime,
            FreezeClock = settings.FreezeClock,
            ProductCount = settings.ProductCount,
            RateLimitPerMinute = settings.RateLimitPerMinute,
            RateZones = settings.PolarRateLimit,
            Latency = TimeSpan.FromMilliseconds(settings.LatencyMilliseconds),
        };
        foreach (var scope in settings.Scopes)
        {
            options.Scopes.Add(scope);
        }

        foreach (var rule in FaultReader.Read(settings.Faults))
        {
            options.Faults.Add(rule);
        }

        _emulator = new PolarEmulator(options);
        AccessToken = Secrets.Secure(_emulator.AccessToken);
        AccessToken.MakeReadOnly();
    }

    /// <summary>The name by which -Emulator finds it.</summary>
    public string Name { get; }

    /// <summary>Whether it is running; false once it has been stopped.</summary>
    public bool IsRunning => !_emulator.IsStopped;

    /// <summary>The address for other programs on this computer; null without -Port.</summary>
    public Uri? Url => _server?.Url;

    /// <summary>The token that it accepts; it differs each time unless a seed was given.</summary>
    public SecureString AccessToken { get; }

    /// <summary>The id of the organization that the shop belongs to.</summary>
    public string OrganizationId => _emulator.OrganizationId;

    /// <summary>The seed of ids, token and data; null for the usual shop with a token of its own.</summary>
    public int? Seed { get; }

    /// <summary>Its own time, in the computer's zone.</summary>
    public DateTimeOffset Now => _emulator.Now.ToLocalTime();

    /// <summary>Whether its clock is frozen until it is moved.</summary>
    public bool IsClockFrozen => _emulator.IsClockFrozen;

    /// <summary>The minimum duration of each response.</summary>
    public int LatencyMilliseconds => (int)_emulator.Latency.TotalMilliseconds;

    /// <summary>How many requests a caller may send a minute; null for no limit.</summary>
    public int? RateLimitPerMinute => _emulator.RateLimitPerMinute;

    /// <summary>How many requests arrived since the start, the last reset, or the last -ClearRequest.</summary>
    public int RequestCount => _emulator.RequestCount;

    /// <summary>The newest of these requests, a thousand at most, oldest first. They hold no tokens.</summary>
    public PolarEmulatorRequest[] Requests =>
        [.. _emulator.Requests.Select(record => PolarEmulatorRequest.From(record))];

    /// <summary>The fault rules, in order.</summary>
    public PolarEmulatorFault[] Faults => [.. _emulator.Faults.Select(rule => PolarEmulatorFault.From(rule))];

    /// <summary>The emails that Polar would have sent, oldest first.</summary>
    public PolarEmulatorMail[] Mails => [.. _emulator.Mails.Select(mail => PolarEmulatorMail.From(mail))];

    internal string Token => _emulator.AccessToken;

    /// <summary>The session that started it.</summary>
    internal Session? Owner { get; set; }

    /// <summary>Starts an emulator. Calling this loads the emulator's assembly.</summary>
    /// <exception cref="ArgumentException">A setting is invalid.</exception>
    internal static PolarEmulatorInstance Start(string name, EmulatorSettings settings)
    {
        // Before the constructor, which names a class of it, is compiled.
        ModuleRoot.Load(Path.Combine(ModuleRoot.Folder, "PolarPS.Emulator.dll"));
        return new(name, settings);
    }

    /// <summary>The name in words.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    /// <summary>Makes it available to other programs.</summary>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <exception cref="ArgumentException">The port cannot be used.</exception>
    internal void Open(int port)
    {
        try
        {
            _server = EmulatorServer.Start(_emulator, port);
        }
        catch (SocketException exception)
        {
            throw new ArgumentException($"Port {port} cannot be used: {exception.Message}", exception);
        }
    }

    internal HttpMessageHandler CreateHandler() => _emulator.CreateHandler();

    internal void Reset() => _emulator.Reset();

    internal void Advance(TimeSpan time) => _emulator.AdvanceClock(time);

    internal void AdvanceTo(DateTimeOffset time) => _emulator.AdvanceClockTo(time);

    internal void Freeze(bool freeze) => _emulator.IsClockFrozen = freeze;

    internal void SetLatency(int milliseconds) => _emulator.Latency = TimeSpan.FromMilliseconds(milliseconds);

    internal void SetRateLimit(int? limit) => _emulator.RateLimitPerMinute = limit;

    internal void ReplaceFaults(IEnumerable<System.Collections.IDictionary> rules) =>
        _emulator.Faults.Replace(FaultReader.Read(rules));

    internal void AddFaults(IEnumerable<System.Collections.IDictionary> rules) =>
        _emulator.Faults.AddRange(FaultReader.Read(rules));

    internal void ForgetRequests() => _emulator.ClearRequests();

    internal System.Threading.Tasks.Task DeliverWebhooksAsync() => _emulator.DeliverWebhooksAsync();

    /// <summary>Stops it and closes its port immediately.</summary>
    internal void Stop()
    {
        _emulator.Stop();
        _server?.Dispose();
    }
}

/// <summary>The initial settings of an emulator.</summary>
internal sealed record EmulatorSettings
{
    public int? Seed { get; init; }

    public bool Empty { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public bool FreezeClock { get; init; }

    public int ProductCount { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public int? RateLimitPerMinute { get; init; }

    public bool PolarRateLimit { get; init; }

    public int LatencyMilliseconds { get; init; }

    public IReadOnlyList<System.Collections.IDictionary> Faults { get; init; } = [];
}
