using System.Net.Http;

namespace PolarPS.Client;

/// <summary>
/// Whom a client talks to, and what it may do. Read when the client is made: later changes have no effect. Can be bound to a
/// section of a configuration.
/// </summary>
public sealed class PolarHttpOptions
{
    /// <summary>The access token. It is sent to Polar only, and is in no text that comes from this library.</summary>
    public string? AccessToken { get; set; }

    /// <summary>
    /// Fetches the access token, in the place of <see cref="AccessToken"/>: asked before every attempt, so cache it there if
    /// fetching it takes long. The time counts towards <see cref="TotalTimeout"/>. Null for none.
    /// </summary>
    public Func<CancellationToken, Task<string>>? AccessTokenProvider { get; set; }

    /// <summary>
    /// Gets another access token where Polar has refused one of <see cref="AccessTokenProvider"/>: called with the refused one. The
    /// request is sent once more with what it returns; null gives up. <see cref="OAuth2TokenSource.RenewAsync"/> is such a function. Null
    /// for none.
    /// </summary>
    public Func<string, CancellationToken, Task<string?>>? AccessTokenRenewal { get; set; }

    /// <summary>The environment; production unless set.</summary>
    public PolarEnvironment Environment { get; set; }

    /// <summary>
    /// An address in the place of the environment's: scheme, host and port only. https, or http to this computer (an emulator).
    /// Null for the environment's.
    /// </summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>The id of the organization that calls are for; needed only by a token that has access to several. Null for none.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>How long one attempt may take, from sending the request to the end of its response; 30 s unless set.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call may take over all attempts and the waits between them; 100 s unless set.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// How often a request may be sent again after a fault that may pass; 4 unless set, 0 for never. A request whose repetition
    /// could do something twice is not sent again once it may have arrived, whatever is set here.
    /// </summary>
    public int MaximumRetries { get; set; } = 4;

    /// <summary>Whether every request that would change something is refused before it is sent.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>
    /// The slug or the id of the organization that is meant: with a token for another one all calls are refused. Checked once,
    /// before the first request. Null for no check.
    /// </summary>
    public string? ExpectedOrganization { get; set; }

    /// <summary>
    /// How much money this client may move over its whole life, in minor units by currency: charges and refunds, tax included.
    /// Empty for no limit. With a limit, what moves another currency is refused, and so is what does not say how much it moves;
    /// <see cref="PolarClient.Moving"/> says it.
    /// </summary>
    public IDictionary<string, long> MoneyLimits { get; } =
        new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How often this client may move money over its whole life; null for no limit.</summary>
    public int? MoneyCountLimit { get; set; }

    /// <summary>The name and version of your program, such as <c>Shop/2.1</c>, for the User-Agent header; null for none.</summary>
    public string? ApplicationName { get; set; }

    /// <summary>
    /// Makes the handler that reaches the network, for a proxy or certificates of your own. Redirects and cookies are switched
    /// off in what it makes, as far as it is a handler of .NET. Called once for Polar and once for the store where files lie; with a
    /// service collection, for Polar as often as the factory replaces its handlers. Null for the usual one.
    /// </summary>
    public Func<HttpMessageHandler>? HttpMessageHandlerFactory { get; set; }

    /// <summary>
    /// Takes what happens on the wire, redacted: a kind (<c>verbose</c>, one line per attempt; <c>debug</c>, headers and
    /// bodies; <c>wait</c>, a longer wait begins) and a text. Called on any thread. Null for nobody; clients of a service
    /// collection then write to its loggers.
    /// </summary>
    public Action<string, string>? Trace { get; set; }

    /// <summary>Whether headers and bodies are traced too.</summary>
    public bool TraceBodies { get; set; }
}
