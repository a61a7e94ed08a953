using System.ComponentModel;
using System.Net.Http;
using PolarPS.Commands;

namespace PolarPS;

/// <summary>
/// A connection to Polar with one token: Connect-Polar creates it, -Connection accepts it. It shows everything about itself except
/// the token, which it does not hold: only the transport does.
/// </summary>
[TypeConverter(typeof(ReadingConverter))]
public sealed class PolarConnection
{
    private const string Disconnected = "disconnected";
    private const string Stopped = "emulator stopped";

    private readonly Func<ErrorRecord>? _problem;
    private readonly ConnectionRails _rails = new();
    private readonly Lazy<PolarEmulatorInstance>? _emulator;
    private volatile Lazy<ConnectionClients>? _clients;
    private volatile Func<string, bool>? _isToken;
    private volatile string? _ended;

    internal PolarConnection(
        string name,
        string environment,
        Uri baseAddress,
        string? organizationId,
        TokenKind tokenKind,
        TransportLimits limits,
        ConnectionRails rails,
        Func<ConnectionClients> createClients,
        Func<string, bool> isToken,
        Lazy<PolarEmulatorInstance>? emulator = null
    )
    {
        Name = name;
        Environment = environment;
        BaseAddress = baseAddress;
        OrganizationId = organizationId;
        Token = tokenKind;
        TokenKind = tokenKind.Text;
        AttemptTimeout = limits.AttemptTimeout;
        TotalTimeout = limits.TotalTimeout;
        MaximumRetryCount = limits.MaximumRetryCount;
        CreatedAt = DateTimeOffset.Now;
        _rails = rails;
        _clients = new Lazy<ConnectionClients>(createClients);
        _isToken = isToken;
        _emulator = emulator;
    }

    private PolarConnection(string name, Func<ErrorRecord> problem)
    {
        Name = name;
        Environment = TokenKind = string.Empty;
        BaseAddress = new Uri("https://none.polar.invalid/");
        _problem = problem;
    }

    /// <summary>The name by which -Connection finds it.</summary>
    public string Name { get; }

    /// <summary><c>Production</c>, <c>Sandbox</c>, <c>Emulator</c>, or the base address itself.</summary>
    public string Environment { get; }

    /// <summary>Scheme, host and port of every request.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The organization that a user's token is limited to; null for none.</summary>
    public string? OrganizationId { get; }

    /// <summary>The kind of token it uses, from its prefix; never the token.</summary>
    public string TokenKind { get; }

    /// <summary>The same, to decide by; null for a connection that cannot be used.</summary>
    internal TokenKind? Token { get; }

    /// <summary>Which side of Polar its token opens.</summary>
    internal PolarSide Side => Token?.Side ?? PolarSide.Seller;

    /// <summary>The requested version of the API.</summary>
    public string ApiVersion { get; } = PolarClient.ApiVersion;

    /// <summary>How long one attempt of a request may take.</summary>
    public TimeSpan AttemptTimeout { get; }

    /// <summary>How long a request may take over all attempts and waits.</summary>
    public TimeSpan TotalTimeout { get; }

    /// <summary>How often a request may be sent again.</summary>
    public int MaximumRetryCount { get; }

    /// <summary>Whether it is read-only: every request that changes something is refused.</summary>
    public bool ReadOnly => _rails.ReadOnly;

    /// <summary>The slug or id of the expected organization; null for any.</summary>
    public string? ExpectedOrganization => _rails.ExpectedOrganization;

    /// <summary>How much money may be refunded and charged over it, in minor units by currency; null for no limit.</summary>
    public IReadOnlyDictionary<string, long>? MoneyLimit => _rails.MoneyLimits;

    /// <summary>How much of the limit is used, in minor units by currency; null without a limit.</summary>
    public IReadOnlyDictionary<string, long>? MoneyUsed =>
        _rails.MoneyLimits?.Keys.ToDictionary(
            currency => currency,
            currency => _rails.Used.TryGetValue(currency, out var used) ? used : 0,
            StringComparer.OrdinalIgnoreCase
        );

    /// <summary>How often money may be moved over it: refunds, finalized orders and charges; null for no limit.</summary>
    public int? MoneyCount => _rails.MoneyCount;

    /// <summary>How often money was moved over it, or may have been.</summary>
    public long MoneyCountUsed => _rails.Used.TryGetValue(TransportKeys.MovesUsed, out var used) ? used : 0;

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>Whether cmdlets use it when -Connection is not given.</summary>
    public bool IsDefault => ConnectionStore.IsUsedByDefault(this);

    /// <summary>The emulator in this process for further connections to the same; null for none. Starts none.</summary>
    internal Lazy<PolarEmulatorInstance>? EmulatorSource => _emulator;

    /// <summary>The emulator in this process that it leads to, which starts at its first use; null for none.</summary>
    internal PolarEmulatorInstance? Emulator => _emulator?.Value;

    /// <summary>Whether it leads to an emulator in this process. Starts none.</summary>
    internal bool HasEmulator => _emulator is not null;

    /// <summary>Whether it leads to this emulator, in the process or over its port. Starts none.</summary>
    internal bool LeadsTo(PolarEmulatorInstance emulator) =>
        _emulator is { IsValueCreated: true }
            ? ReferenceEquals(_emulator.Value, emulator)
            : _emulator is null && emulator.Url is { } url && url == BaseAddress;

    /// <summary>The session that created it; null for the environment variables'.</summary>
    internal Session? Owner { get; set; }

    /// <summary>Whether it leads to an emulator that has been stopped.</summary>
    internal bool IsStopped => _ended == Stopped || _emulator is { IsValueCreated: true, Value.IsRunning: false };

    /// <summary>Whether it has been disconnected, or its emulator stopped.</summary>
    internal bool HasEnded => _ended is not null || IsStopped;

    /// <summary>Why it cannot be used as -Connection; null when it can be.</summary>
    internal ErrorRecord? Problem =>
        _problem is not null ? _problem()
        : IsStopped ? ErrorRecords.EmulatorStopped(Name)
        : _ended is not null || Session.Current.Left.Contains(this) ? ErrorRecords.DisconnectedConnection(Name)
        : null;

    /// <summary>Names of the objects that passed through, for prompts and completion.</summary>
    internal SeenObjects Seen { get; } = new();

    /// <summary>One for all requests of the connection, created with the first.</summary>
    internal HttpClient Http => Clients.Api;

    /// <summary>Loads what Polar keeps elsewhere, at signed addresses, without a token; created with the first.</summary>
    internal HttpClient Store => Clients.Store.Value;

    private ConnectionClients Clients =>
        (_clients ?? throw new ArgumentException($"The connection '{Name}' has been disconnected.")).Value;

    /// <summary>
    /// The value of -Connection if it was given something that is not a connection. A transformation that failed would be
    /// forgotten where the value is a default, and the cmdlet would run against the selected connection.
    /// </summary>
    internal static PolarConnection Unusable(string name, Func<ErrorRecord> problem) => new(name, problem);

    /// <summary>The time where it leads. An emulator has a clock of its own; that of one behind a port is not known, and the earliest.</summary>
    internal DateTimeOffset Now =>
        Emulator is { } emulator ? emulator.Now
        : BaseAddress.IsLoopback ? DateTimeOffset.MinValue
        : DateTimeOffset.Now;

    /// <summary>What has happened aside and the user has to know; the next cmdlet that uses the connection says it, once. Null for nothing.</summary>
    internal string? Notice { get; set; }

    /// <summary>Whether it goes to the same place with the same token and organization as another would.</summary>
    internal bool IsSameAs(Uri address, string token, string? organizationId) =>
        _emulator is null
        && BaseAddress == address
        && string.Equals(OrganizationId, organizationId, StringComparison.OrdinalIgnoreCase)
        && _isToken?.Invoke(token) == true;

    /// <summary>
    /// Ends it: a remaining reference to the object can send nothing, and nothing here leads to the token any longer.
    /// Requests in progress may complete.
    /// </summary>
    internal void End(bool emulatorStopped = false)
    {
        _ended ??= emulatorStopped ? Stopped : Disconnected;
        _clients = null;
        _isToken = null;
        Seen.Clear();
    }

    /// <summary>The connection in words.</summary>
    /// <returns>Name and environment.</returns>
    public override string ToString() => $"{Name} ({Environment})";
}

/// <summary>What a connection sends with: to the API, and to the store beside it.</summary>
internal sealed record ConnectionClients(HttpClient Api, Lazy<HttpClient> Store);

/// <summary>The time-outs and retries of a connection.</summary>
internal sealed record TransportLimits(TimeSpan AttemptTimeout, TimeSpan TotalTimeout, int MaximumRetryCount)
{
    public static readonly TransportLimits Default = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(100), 4);
}
