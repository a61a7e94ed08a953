using System.Net.Http;

namespace PolarPS.Client;

/// <summary>
/// A <see cref="PolarClient"/> with its own transport: authentication, retries that do nothing twice, rate limiting, time-outs,
/// guard rails. Make one for each token, share it between threads, and keep it: it holds connections and the state of the rate limit.
/// </summary>
/// <remarks>
/// It owns its connections, and <see cref="Dispose"/> closes them. A client that lives as long as the program need not be disposed
/// of. In a program with a service collection, use <c>services.AddPolarClient(…)</c> instead: there the factory owns everything.
/// </remarks>
public sealed class PolarHttpClient : PolarClient, IDisposable
{
    private readonly HttpClient _http;
    private readonly PolarTransport _transport;

    /// <summary>A client for an access token.</summary>
    /// <param name="accessToken">The token.</param>
    /// <param name="options">Everything else; null for production and the defaults. It must not name a token as well.</param>
    /// <exception cref="ArgumentException">The token cannot be one, or an option cannot be right.</exception>
    public PolarHttpClient(string accessToken, PolarHttpOptions? options = null)
        : this(
            new PolarTransport(
                options ?? new PolarHttpOptions(),
                accessToken ?? throw new ArgumentNullException(nameof(accessToken))
            )
        ) { }

    /// <summary>A client whose options name the token, or what fetches it.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">There is no token, it cannot be one, or an option cannot be right.</exception>
    public PolarHttpClient(PolarHttpOptions options)
        : this(new PolarTransport(options ?? throw new ArgumentNullException(nameof(options)))) { }

    private PolarHttpClient(PolarTransport transport)
        : this(transport, transport.CreateClient()) { }

    private PolarHttpClient(PolarTransport transport, HttpClient http)
        : base(http, transport.ClientOptions())
    {
        _transport = transport;
        _http = http;
    }

    /// <summary>How often money was moved over this client, or may have been.</summary>
    public long MoneyCountUsed => Used(TransportKeys.MovesUsed);

    /// <summary>How much money was moved over this client, or may have been. Counted while there is a limit.</summary>
    /// <param name="currency">The currency, such as <c>usd</c>.</param>
    /// <returns>Minor units.</returns>
    public long MoneyUsed(string currency) =>
        Used((currency ?? throw new ArgumentNullException(nameof(currency))).ToLowerInvariant());

    /// <summary>Closes the connections. Calls that are under way end, and later ones fail.</summary>
    public void Dispose()
    {
        _http.Dispose();
        _transport.Dispose();
    }

    private long Used(string key) => _transport.Used.TryGetValue(key, out var used) ? used : 0;
}
