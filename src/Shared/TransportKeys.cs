using System.Net.Http;

namespace PolarPS;

/// <summary>
/// The keys that the client and the transport exchange. They are strings and framework types, because the two sides may
/// live in different load contexts; this file is compiled into both.
/// </summary>
internal static class TransportKeys
{
    // What the transport is built with: the keys of the settings given to PolarHttp.Create.

    /// <summary>Uri, required: scheme, host and port of every request. https, or http to a loopback address.</summary>
    public const string BaseAddress = "BaseAddress";

    /// <summary>Func&lt;string&gt;: the bearer token at this moment; empty for anonymous calls.</summary>
    public const string Token = "Token";

    /// <summary>
    /// Func&lt;CancellationToken, Task&lt;string&gt;&gt; or null: fetches the bearer token before each attempt, in the place
    /// of <see cref="Token"/>.
    /// </summary>
    public const string FetchToken = "FetchToken";

    /// <summary>
    /// Func&lt;string, CancellationToken, Task&lt;string?&gt;&gt; or null: given a token of <see cref="FetchToken"/> that Polar refused,
    /// gets one that may be accepted; null for none.
    /// </summary>
    public const string RenewToken = "RenewToken";

    /// <summary>string or null: sent as Polar-Organization.</summary>
    public const string OrganizationId = "OrganizationId";

    /// <summary>string: sent as Polar-Version.</summary>
    public const string ApiVersion = "ApiVersion";

    /// <summary>string: sent as User-Agent.</summary>
    public const string UserAgent = "UserAgent";

    /// <summary>TimeSpan: how long one attempt may take, including the response body.</summary>
    public const string AttemptTimeout = "AttemptTimeout";

    /// <summary>TimeSpan: how long a request may take over all attempts and waits.</summary>
    public const string TotalTimeout = "TotalTimeout";

    /// <summary>int: how many times a request may be sent again; 0 for never.</summary>
    public const string MaximumRetries = "MaximumRetries";

    /// <summary>
    /// bool: builds the client of the store where files lie, in the place of the API's. It sends to any address, no token and no
    /// header of its own, and has no limit of time: what its requests do and when they fail is up to <see cref="Around"/>.
    /// Of the other settings only <see cref="InnermostHandler"/> counts.
    /// </summary>
    public const string Store = "Store";

    /// <summary>HttpMessageHandler or null: replaces the network (the emulator inside the process).</summary>
    public const string InnermostHandler = "InnermostHandler";

    /// <summary>bool: refuses every request that is not declared as reading.</summary>
    public const string ReadOnly = "ReadOnly";

    /// <summary>
    /// IReadOnlyDictionary&lt;string, long&gt; or null: how much money may be moved over the connection, in minor units, by
    /// currency in lower case. What moves money in another currency, or an amount that is not known in advance, is refused.
    /// </summary>
    public const string MoneyLimits = "MoneyLimits";

    /// <summary>int or null: how often money may be moved over the connection.</summary>
    public const string MoneyCount = "MoneyCount";

    /// <summary>
    /// ConcurrentDictionary&lt;string, long&gt; or null: where the transport notes how much of the limits is used, by currency,
    /// and how often under <see cref="MovesUsed"/>.
    /// </summary>
    public const string LimitsUsed = "LimitsUsed";

    /// <summary>The entry of <see cref="LimitsUsed"/> that counts.</summary>
    public const string MovesUsed = "#";

    /// <summary>
    /// Func&lt;HttpMessageHandler, CancellationToken, Task&lt;string?&gt;&gt; or null: asked once, before the first request,
    /// whether the connection is for the expected organization. It may send over the handler. A text it returns refuses
    /// all requests.
    /// </summary>
    public const string Check = "Check";

    // What the client says about one request, in the request's own property bag.

    /// <summary>bool: sending the request twice leaves the same state as sending it once. Absent: true for GET and HEAD only.</summary>
    public const string Repeatable = "PolarPS.Repeatable";

    /// <summary>
    /// string: the bearer token of this request, in the place of the connection's; empty for none. For requests that have
    /// their own (a client's registration token) and for those that must not fail because the connection's has expired.
    /// </summary>
    public const string OwnToken = "PolarPS.OwnToken";

    /// <summary>string: what the request does, one of the Effect constants. Absent: reads for GET and HEAD, else moves money.</summary>
    public const string Effect = "PolarPS.Effect";

    /// <summary>The request changes nothing.</summary>
    public const string EffectReads = "reads";

    /// <summary>The request changes something, but moves no money itself.</summary>
    public const string EffectWrites = "writes";

    /// <summary>The request charges or refunds, or may do so.</summary>
    public const string EffectMovesMoney = "moves money";

    /// <summary>long: how much money moves, tax included, in minor units. Absent: not known in advance.</summary>
    public const string Amount = "PolarPS.Amount";

    /// <summary>string: the currency of the amount.</summary>
    public const string Currency = "PolarPS.Currency";

    /// <summary>
    /// Func&lt;Func&lt;CancellationToken, Task&lt;HttpResponseMessage&gt;&gt;, CancellationToken, Task&lt;HttpResponseMessage&gt;&gt;:
    /// makes an attempt by calling its argument, and may do more within it, such as reading the body. To the transport the
    /// attempt is what it returns or throws. For requests to the store.
    /// </summary>
    public const string Around = "PolarPS.Around";

    /// <summary>
    /// bool: return the body unread instead of complete, and write that of the request as it is. For exports, uploads and downloads.
    /// </summary>
    public const string StreamBody = "PolarPS.StreamBody";

    /// <summary>Action&lt;string, string&gt;: takes a kind (see the Trace constants) and a redacted line. Called on any thread.</summary>
    public const string Trace = "PolarPS.Trace";

    /// <summary>bool: also trace the redacted bodies.</summary>
    public const string TraceBodies = "PolarPS.TraceBodies";

    /// <summary>bool: trace waits only, because nothing shows the lines of the attempts. Absent: false.</summary>
    public const string TraceWaitsOnly = "PolarPS.TraceWaitsOnly";

    // What the transport reports about it afterwards, in the same bag.

    /// <summary>int: how many times the request was sent or tried.</summary>
    public const string Attempts = "PolarPS.Attempts";

    /// <summary>bool: an attempt without a clear response may have been carried out by the server.</summary>
    public const string MayHaveReached = "PolarPS.MayHaveReached";

    /// <summary>
    /// TimeSpan: the request ended because of a wait that the server asks for, and this much of it is left. Absent otherwise.
    /// </summary>
    public const string HeldBack = "PolarPS.HeldBack";

    /// <summary>bool: the request had to wait because the server asked for it. Absent: false.</summary>
    public const string WasHeldBack = "PolarPS.WasHeldBack";

    /// <summary>int: how many requests the connection has sent in the last minute, this one included.</summary>
    public const string SentLately = "PolarPS.SentLately";

    /// <summary>string: which guard rail has refused the request, one of the Rail constants; nothing was sent.</summary>
    public const string Refused = "PolarPS.Refused";

    /// <summary>The connection is read-only.</summary>
    public const string RailReadOnly = "read-only";

    /// <summary>The connection is for another organization.</summary>
    public const string RailOrganization = "organization";

    /// <summary>A limit on money or on the number of movements.</summary>
    public const string RailMoney = "money";

    /// <summary>Func&lt;string, string&gt;: removes secrets from a text, the token of the request among them whatever its shape.</summary>
    public const string Redact = "PolarPS.Redact";

    /// <summary>Kind of trace: one line per attempt.</summary>
    public const string TraceVerbose = "verbose";

    /// <summary>Kind of trace: redacted headers and bodies.</summary>
    public const string TraceDebug = "debug";

    /// <summary>Kind of trace: a wait of some seconds begins; what a progress bar would show.</summary>
    public const string TraceWait = "wait";

    /// <summary>Sets a value in the request's property bag.</summary>
    public static void Set(HttpRequestMessage request, string key, object? value) => Bag(request)[key] = value;

    /// <summary>Reads a value of a kind from the request's property bag, or the fallback.</summary>
    public static T Get<T>(HttpRequestMessage request, string key, T fallback) =>
        Bag(request).TryGetValue(key, out var value) && value is T typed ? typed : fallback;

    // The class behind it hides the dictionary's members, so the advice to return it does not apply.
#pragma warning disable CA1859
    private static IDictionary<string, object?> Bag(HttpRequestMessage request) =>
#if NET5_0_OR_GREATER
        request.Options;
#else
        request.Properties!;
#endif
#pragma warning restore CA1859
}
