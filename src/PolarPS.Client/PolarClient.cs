using System.Net.Http;
using System.Text;

namespace PolarPS.Client;

/// <summary>
/// The entry point: a typed client of Polar's REST API, version 2026-10. The package PolarPS.Client.Http makes one from a token,
/// with a transport that knows which requests may be repeated. Cheap to make, safe to share between threads.
/// </summary>
/// <remarks>
/// Every method throws a <see cref="PolarException"/> of the matching kind when Polar refuses or does not respond. For tests,
/// clients and resources can be replaced: their members are virtual, and derived classes need no connection.
/// </remarks>
public partial class PolarClient
{
    /// <summary>The version of the API that this client speaks.</summary>
    public const string ApiVersion = PolarApi.Version;

    private readonly ApiConnection _connection;

    /// <summary>A client over an HttpClient of your own; see the package PolarPS.Client.Http for one that is ready.</summary>
    /// <param name="http">
    /// Brings base address and authentication; stays the caller's. The version of the API is sent unless its default headers name
    /// one. It should repeat nothing by itself but GET requests: Polar has no idempotency keys.
    /// </param>
    /// <param name="options">Null for the defaults.</param>
    public PolarClient(HttpClient http, PolarClientOptions? options = null)
    {
        _connection = new ApiConnection(
            http ?? throw new ArgumentNullException(nameof(http)),
            options ?? new PolarClientOptions()
        );
    }

    /// <summary>For a stand-in in tests, which overrides what it needs; everything else throws.</summary>
    protected PolarClient() => _connection = ApiConnection.StandIn;

    internal PolarClient(ApiConnection connection) => _connection = connection;

    /// <summary>Sends any request; for operations that have no method here.</summary>
    /// <param name="method">The method, such as <c>GET</c>. GET, HEAD, PUT and DELETE may be sent again after a fault, others not.</param>
    /// <param name="path">
    /// Path and query, beginning with a slash, already encoded. The slash at the end of the path may be missing, or
    /// one too many, where Polar has the other form only.
    /// </param>
    /// <param name="json">The body; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The response, which is a success.</returns>
    public virtual Task<RawResponse> SendAsync(
        string method,
        string path,
        string? json = null,
        CancellationToken cancellationToken = default
    )
    {
        CheckPath(path);
        HttpMethod verb;
        try
        {
            verb = new HttpMethod(method);
        }
        catch (FormatException exception)
        {
            throw new ArgumentException($"'{method}' is not an HTTP method.", nameof(method), exception);
        }

        var body = json is null ? null : Encoding.UTF8.GetBytes(json);
        return _connection.SendRawAsync(ApiRequest.Raw(verb, RawPath.Spell(path), body), cancellationToken);
    }

    /// <summary>
    /// A list at any path, read page by page as every list is; for lists that have no method here. An answer that cannot be
    /// recognised as a page of a list is a <see cref="PolarResponseException"/>.
    /// </summary>
    /// <param name="path">The path, beginning with a slash, already encoded. A query may follow, but neither page nor limit.</param>
    /// <param name="query">Filters and extent; null for everything.</param>
    /// <returns>A list that is read while it is enumerated.</returns>
    /// <exception cref="ArgumentException">The path or the query cannot be sent, or has a page or limit of its own.</exception>
    public virtual PagedList<RawItem> List(string path, RawListQuery? query = null)
    {
        CheckPath(path);
        return RawList.Of(_connection, RawPath.Spell(path), query ?? new RawListQuery(), KnownLists.Find);
    }

    /// <summary>
    /// The same client, which declares how much money its charges and refunds move: what limits on money are compared with.
    /// </summary>
    /// <param name="currency">The currency, such as <c>usd</c>; null where it is not known.</param>
    /// <param name="amount">How much, tax included, in minor units; null where it is not known.</param>
    /// <returns>A client for these calls; this one where something is not known.</returns>
    public virtual PolarClient Moving(string? currency, long? amount) =>
        string.IsNullOrEmpty(currency) || amount is not { } known
            ? this
            : new PolarClient(_connection.Moving(new MoneyMove(currency!, known)));

    // What comes behind these would not be sent as it stands, and could mean another address.
    private static void CheckPath(string path)
    {
        if (string.IsNullOrEmpty(path) || path[0] != '/' || path.StartsWith("//", StringComparison.Ordinal))
        {
            throw new ArgumentException("The path must begin with one slash, such as /v1/products/.", nameof(path));
        }

        var end = path.IndexOf('?');
        var segments = (end < 0 ? path : path.Substring(0, end)).Replace("%2e", ".").Replace("%2E", ".").Split('/');
        if (path.IndexOfAny(['#', '\\', '\r', '\n']) >= 0 || Array.Exists(segments, segment => segment is "." or ".."))
        {
            throw new ArgumentException(
                "The path contains '#', '\\', a line break or a segment '.' or '..', which would change its target. Encode them in values.",
                nameof(path)
            );
        }
    }
}
