using System.Collections.Concurrent;
using System.Net.Http;
using Microsoft.Extensions.Http;
using PolarPS.Http;

namespace PolarPS.Client;

/// <summary>
/// What belongs to a connection and not to one chain of handlers: its settings, its rate gate, what is used of its limits. A
/// factory may replace the handlers at any time; this stays.
/// </summary>
internal sealed class PolarTransport : IDisposable
{
    private static readonly string Library =
        "PolarPS.Client.Http/" + typeof(PolarTransport).Assembly.GetName().Version?.ToString(3);

    private readonly TransportOptions _options;
    private readonly Func<HttpMessageHandler>? _primary;
    private readonly Action<string, string>? _trace;
    private readonly bool _traceBodies;

    // Never disposed of: responses may be read, and give back their places, when their client has long been. Without requests
    // nothing holds it, and its timer does not run.
    private readonly RateGate _gate = new(PrimaryHandler.MaximumConnections);

    private readonly Lazy<HttpClient> _store;

    /// <param name="given">Read here and now.</param>
    /// <param name="token">The access token, if the options do not name it.</param>
    /// <exception cref="ArgumentException">An option cannot be right.</exception>
    public PolarTransport(PolarHttpOptions given, string? token = null)
    {
        (_primary, _trace, _traceBodies) = (given.HttpMessageHandlerFactory, given.Trace, given.TraceBodies);
        _store = new Lazy<HttpClient>(CreateStoreClient);
        var address = AddressOf(given);
        object?[] tokens = [token, given.AccessToken, given.AccessTokenProvider];
        if (tokens.Count(static one => one is not null) > 1)
        {
            throw new ArgumentException("The access token is given twice. Give it once, or what fetches it.");
        }

        if (given is { AccessTokenRenewal: not null, AccessTokenProvider: null })
        {
            throw new ArgumentException("AccessTokenRenewal needs an AccessTokenProvider.");
        }

        token ??= given.AccessToken;
        if (given.AccessTokenProvider is null)
        {
            AccessTokens.Check(token);
        }

        if (given.MoneyCountLimit < 0 || given.MoneyLimits.Values.Any(static limit => limit < 0))
        {
            throw new ArgumentException("A limit on money must not be negative.");
        }

        var organization = given.OrganizationId;
        _options = TransportOptions.Read(
            new Dictionary<string, object?>
            {
                [TransportKeys.BaseAddress] = address,
                [TransportKeys.Token] = (Func<string?>)(() => token),
                [TransportKeys.FetchToken] = given.AccessTokenProvider,
                [TransportKeys.RenewToken] = given.AccessTokenRenewal,
                [TransportKeys.OrganizationId] = organization,
                [TransportKeys.ApiVersion] = PolarClient.ApiVersion,
                [TransportKeys.UserAgent] = given.ApplicationName is { Length: > 0 } name
                    ? name + " " + Library
                    : Library,
                [TransportKeys.AttemptTimeout] = given.AttemptTimeout,
                [TransportKeys.TotalTimeout] = given.TotalTimeout,
                [TransportKeys.MaximumRetries] = given.MaximumRetries,
                [TransportKeys.ReadOnly] = given.ReadOnly,
                [TransportKeys.MoneyLimits] =
                    given.MoneyLimits.Count == 0
                        ? null
                        : given.MoneyLimits.ToDictionary(
                            static limit => limit.Key.ToLowerInvariant(),
                            static limit => limit.Value
                        ),
                [TransportKeys.MoneyCount] = given.MoneyCountLimit,
                [TransportKeys.LimitsUsed] = Used,
                [TransportKeys.Check] = given.ExpectedOrganization is { Length: > 0 } expected
                    ? (Func<HttpMessageHandler, CancellationToken, Task<string?>>)(
                        (handler, stop) => OrganizationCheck.RunAsync(handler, address, expected, organization, stop)
                    )
                    : null,
            }
        );
    }

    /// <summary>What is used of the limits, by currency in lower case; how often under <see cref="TransportKeys.MovesUsed"/>.</summary>
    public ConcurrentDictionary<string, long> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds the whole transport to what a factory builds.</summary>
    public void Compose(HttpMessageHandlerBuilder chain)
    {
        PolarHttp.Compose(chain, _options, _gate);
        Replace(chain);
    }

    public void SetUp(HttpClient client) => PolarHttp.SetUp(client, _options);

    /// <summary>What a client over this transport is made with.</summary>
    /// <param name="log">Takes the trace if the options name nobody; null for nobody.</param>
    /// <param name="logBodies">Whether it takes headers and bodies too.</param>
    public PolarClientOptions ClientOptions(Action<string, string>? log = null, bool logBodies = false) =>
        new()
        {
            Trace = _trace ?? log,
            TraceBodies = _trace is null ? logBodies : _traceBodies,
            StoreClient = _store.Value,
        };

    /// <summary>Closes the connections to the store; those to Polar belong to the client or the factory.</summary>
    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }
    }

    /// <summary>An HttpClient that owns its handlers and their connections.</summary>
    public HttpClient CreateClient() => CreateClient(_options, _gate);

    private HttpClient CreateClient(TransportOptions options, RateGate gate)
    {
        var chain = new Chain();
        PolarHttp.Compose(chain, options, gate);
        Replace(chain);
        PrimaryHandlers.Restrain(chain.PrimaryHandler);
        var client = new HttpClient(chain.Build(), disposeHandler: true);
        PolarHttp.SetUp(client, options);
        return client;
    }

    private HttpClient CreateStoreClient()
    {
        var options = TransportOptions.ForStore();
        return CreateClient(options, new RateGate(options.MaximumConnections));
    }

    private void Replace(HttpMessageHandlerBuilder chain)
    {
        if (_primary is not null)
        {
            chain.PrimaryHandler =
                _primary() ?? throw new InvalidOperationException("HttpMessageHandlerFactory has returned no handler.");
        }
    }

    private static Uri AddressOf(PolarHttpOptions given) =>
        given.BaseAddress
        ?? given.Environment switch
        {
            PolarEnvironment.Production => PolarAddresses.Production,
            PolarEnvironment.Sandbox => PolarAddresses.Sandbox,
            _ => throw new ArgumentException($"There is no environment {given.Environment}."),
        };

    private sealed class Chain : HttpMessageHandlerBuilder
    {
        public override string? Name { get; set; }

        public override HttpMessageHandler PrimaryHandler { get; set; } = null!;

        public override IList<DelegatingHandler> AdditionalHandlers { get; } = [];

        public override HttpMessageHandler Build() => CreateHandlerPipeline(PrimaryHandler, AdditionalHandlers);
    }
}
