using System.Net.Http;

namespace PolarPS.Emulator;

/// <summary>
/// A local Polar: responds to HTTP requests like Polar's API, from an in-memory store. It needs no network and no account,
/// and can be used from several threads. Two emulators share nothing.
/// </summary>
public sealed class PolarEmulator
{
    private const string OrganizationPrefix = "polar_oat_";
    private const string UserPrefix = "polar_pat_";
    private const ulong SeededTokens = 1;

    private static readonly TimeSpan FurthestAdvance = TimeSpan.FromDays(366 * 100);

    private readonly EmulatorOptions _options;
    private readonly ulong _tokens;
    private readonly RequestLog _log = new();
    private readonly Stopping _stop = new();
    private volatile Shop _shop;

    /// <summary>Creates an emulator and its shop.</summary>
    /// <param name="options">The initial settings; null for the default shop.</param>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    public PolarEmulator(EmulatorOptions? options = null)
    {
        _options = options ?? new EmulatorOptions();
        Check(_options);
        _tokens = _options.Seed is null ? BitConverter.ToUInt64(Guid.NewGuid().ToByteArray(), 8) : SeededTokens;
        _shop = new Shop(_options, _tokens);
        AccessToken = CreateAccessToken([.. _options.Scopes]);
        Latency = _options.Latency;
        Faults = new FaultRuleCollection(
            request => _shop.Pipeline.OperationOf(request)?.Id,
            () => _shop.Pipeline.Table.Operations.Select(operation => operation.Id)
        );
        Faults.Replace(_options.Faults.Select(rule => rule.Copy()));
    }

    /// <summary>The earliest time at which an emulator can start: the shop's oldest objects are older.</summary>
    public static DateTimeOffset EarliestStart { get; } = new(2025, 8, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A token of the organization, with every scope unless the options name some. A seed gives the same each time.</summary>
    public string AccessToken { get; }

    /// <summary>The id of the organization that the shop belongs to.</summary>
    public string OrganizationId => _shop.OrganizationId;

    /// <summary>The emulator's time.</summary>
    public DateTimeOffset Now => _shop.Core.Clock.Present;

    /// <summary>Whether its clock is frozen until it is moved.</summary>
    public bool IsClockFrozen
    {
        get => _shop.Core.Clock.IsFrozen;
        set
        {
            var core = _shop.Core;
            lock (core.Store.Gate)
            {
                core.Clock.IsFrozen = value;
            }
        }
    }

    /// <summary>The minimum duration of each response.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>How many requests a caller may send a minute; null for no limit. Setting it restarts the count.</summary>
    public int? RateLimitPerMinute
    {
        get => _shop.Pipeline.RateLimitPerMinute;
        set => _shop.Pipeline.RateLimitPerMinute = value;
    }

    /// <summary>Whether it has been stopped and no longer answers.</summary>
    public bool IsStopped => _stop.IsOver;

    /// <summary>How many requests arrived, including refused ones.</summary>
    public int RequestCount => _log.Count;

    /// <summary>The newest requests, a thousand at most, oldest first.</summary>
    public IReadOnlyList<EmulatorRequestRecord> Requests => _log.ToList();

    /// <summary>The emails that Polar would have sent, oldest first: seat invitations, confirmations of addresses.</summary>
    public IReadOnlyList<EmulatorMail> Mails
    {
        get
        {
            var core = Core;
            lock (core.Store.Gate)
            {
                return core.Mails.ToArray();
            }
        }
    }

    /// <summary>The fault rules.</summary>
    public FaultRuleCollection Faults { get; }

    internal EmulatorCore Core => _shop.Core;

    internal RequestPipeline Pipeline => _shop.Pipeline;

    /// <summary>A handler for an HttpClient: replaces the network, whatever address is requested.</summary>
    /// <returns>The handler; disposing of it does not affect the emulator.</returns>
    public HttpMessageHandler CreateHandler() => new EmulatorHandler(this);

    /// <summary>Creates a token of the organization.</summary>
    /// <param name="scopes">Its scopes, such as products:read; none for all.</param>
    /// <returns>The token.</returns>
    public string CreateAccessToken(params string[] scopes) =>
        _shop.CreateToken(OrganizationPrefix, Subjects.Organization, Wanted(scopes));

    /// <summary>Creates a token of a user who belongs to every organization of the emulator.</summary>
    /// <param name="scopes">Its scopes, such as products:read; none for all.</param>
    /// <returns>The token.</returns>
    public string CreateUserToken(params string[] scopes) =>
        _shop.CreateToken(UserPrefix, Subjects.User, Wanted(scopes));

    /// <summary>Creates an expired token.</summary>
    /// <returns>The token.</returns>
    public string CreateExpiredToken() => Core.Tokens.CreateExpired(OrganizationPrefix);

    /// <summary>Consents to an OAuth client's request, as a user would in a browser.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="redirectUri">Where the browser would be sent, one of those that the client has registered.</param>
    /// <param name="scope">What is consented to, separated by spaces.</param>
    /// <param name="codeChallenge">The challenge of PKCE; null for none.</param>
    /// <param name="codeChallengeMethod">S256 or plain.</param>
    /// <returns>The code that the client exchanges for tokens.</returns>
    public string GrantConsent(
        string clientId,
        string redirectUri,
        string scope,
        string? codeChallenge = null,
        string? codeChallengeMethod = "S256"
    )
    {
        var core = Core;
        lock (core.Store.Gate)
        {
            return core.OAuth.Consent(clientId, redirectUri, scope, codeChallenge, codeChallengeMethod);
        }
    }

    /// <summary>Adds generated products, for long lists.</summary>
    /// <param name="count">How many.</param>
    public void AddProducts(int count)
    {
        var shop = _shop;
        lock (shop.Core.Store.Gate)
        {
            shop.Generator.Add(shop.OrganizationId, count, shop.Core.Clock.Now);
        }
    }

    /// <summary>Moves the emulator's time forward; whatever is due in between happens: renewals, ends of trials, expiries.</summary>
    /// <param name="time">How far; a hundred years at most.</param>
    public void AdvanceClock(TimeSpan time)
    {
        var core = Core;
        lock (core.Store.Gate)
        {
            Advance(core, time);
        }
    }

    /// <summary>Moves the emulator's time forward to a point; whatever is due in between happens.</summary>
    /// <param name="time">The new time; not earlier than the current one.</param>
    public void AdvanceClockTo(DateTimeOffset time)
    {
        var core = Core;
        lock (core.Store.Gate)
        {
            Advance(core, time - core.Clock.Now);
        }
    }

    /// <summary>
    /// Resets everything to the start: the same shop, ids, token, time, faults and limits; no requests and no
    /// emails. Requests in progress complete in the old shop.
    /// </summary>
    public void Reset()
    {
        var old = _shop;
        var shop = new Shop(_options, _tokens);
        // The first token is the same as before.
        shop.CreateToken(OrganizationPrefix, Subjects.Organization, Wanted([.. _options.Scopes]));
        _shop = shop;
        Latency = _options.Latency;
        Faults.Replace(_options.Faults.Select(rule => rule.Copy()));
        _log.Clear();
        old.Core.Webhooks.Courier.Stop();
    }

    /// <summary>Stops it: pending requests are aborted, later ones get no response, pending webhooks are dropped.</summary>
    public void Stop()
    {
        _stop.End();
        Core.Webhooks.Courier.Stop();
    }

    /// <summary>Waits until every pending webhook has been delivered or attempted.</summary>
    /// <returns>A task that completes then.</returns>
    public Task DeliverWebhooksAsync() => Core.Webhooks.Courier.DrainAsync();

    /// <summary>What an endpoint would be told if something happened to one of the shop's objects; nothing happens, and nobody is told.</summary>
    /// <param name="type">The type of the event, such as order.paid.</param>
    /// <returns>The payload, as JSON text.</returns>
    /// <exception cref="ArgumentException">There is no such type, or the shop has no such object.</exception>
    public string SampleWebhook(string type)
    {
        var core = Core;
        lock (core.Store.Gate)
        {
            if (!WebhookValues.WebhookEventType.Contains(type ?? throw new ArgumentNullException(nameof(type))))
            {
                throw new ArgumentException($"There is no type of event '{type}'.", nameof(type));
            }

            core.History.Ensure();
            return core.Webhooks.Sample(type)?.ToJsonString()
                ?? throw new ArgumentException($"The shop has nothing that {type} could be about.", nameof(type));
        }
    }

    /// <summary>Clears the request log.</summary>
    public void ClearRequests() => _log.Clear();

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels a wait that a fault causes.</param>
    /// <returns>The response, and what happens to the connection.</returns>
    public async Task<EmulatorResponse> HandleAsync(
        EmulatorRequest request,
        CancellationToken cancellationToken = default
    )
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (IsStopped)
        {
            throw new EmulatorStoppedException();
        }

        var record = _log.Add(request);
        var pipeline = _shop.Pipeline;
        var faults = Faults.For(request);
        var response =
            faults.Count == 0 && Latency <= TimeSpan.Zero
                ? await pipeline.AnswerAsync(request, record, faults, cancellationToken).ConfigureAwait(false)
                : await AnswerLateAsync(pipeline, request, record, faults, cancellationToken).ConfigureAwait(false);
        record.StatusCode = response.Connection == EmulatorConnection.Dropped ? 0 : response.StatusCode;
        if (!response.Headers.ContainsKey("Date"))
        {
            // By its own clock, as the rows' times are.
            response.Headers["Date"] = Now.ToString("R", CultureInfo.InvariantCulture);
        }

        return response;
    }

    private async Task<EmulatorResponse> AnswerLateAsync(
        RequestPipeline pipeline,
        EmulatorRequest request,
        EmulatorRequestRecord record,
        IReadOnlyList<FaultRule> faults,
        CancellationToken cancellationToken
    )
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        try
        {
            if (Latency is var latency && latency > TimeSpan.Zero)
            {
                await Task.Delay(latency, either.Token).ConfigureAwait(false);
            }

            return await new FaultInjector(pipeline, faults)
                .AnswerAsync(request, record, either.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (IsStopped && !cancellationToken.IsCancellationRequested)
        {
            throw new EmulatorStoppedException();
        }
    }

    private static void Advance(EmulatorCore core, TimeSpan time)
    {
        if (time < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(time), "The clock cannot move backwards.");
        }

        if (time > FurthestAdvance)
        {
            throw new ArgumentOutOfRangeException(
                nameof(time),
                "The clock can move at most a hundred years at a time."
            );
        }

        core.Advance(core.Clock.Now + time);
    }

    private static IEnumerable<string> Wanted(string[] scopes) =>
        scopes is { Length: > 0 } ? scopes.ToArray() : EmulatorScopes.All;

    private static void Check(EmulatorOptions options)
    {
        if (options.StartTime < EarliestStart)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The emulator's clock must start on {EarliestStart:yyyy-MM-dd} or later: the objects of its shop are older than that."
                )
            );
        }

        if (options.Scopes.FirstOrDefault(scope => !EmulatorScopes.All.Contains(scope)) is { } unknown)
        {
            throw new ArgumentException(
                $"There is no scope '{unknown}'; the scopes are {string.Join(", ", EmulatorScopes.All)}."
            );
        }
    }

    /// <summary>A shop as it is opened, with the components that serve it: all that a reset replaces.</summary>
    private sealed class Shop
    {
        // Generated products are older than the shop's own, so that the shop's come first in the usual order.
        private static readonly DateTimeOffset Epoch = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public Shop(EmulatorOptions options, ulong tokens)
        {
            Core = new EmulatorCore(options, tokens);
            Generator = new ProductGenerator(Core);
            lock (Core.Store.Gate)
            {
                OrganizationId = NorthwindShop.Furnish(Core);
                Generator.Add(OrganizationId, options.ProductCount, Epoch);
            }

            Pipeline = new RequestPipeline(Core);
        }

        public EmulatorCore Core { get; }

        public RequestPipeline Pipeline { get; }

        public ProductGenerator Generator { get; }

        public string OrganizationId { get; }

        public string CreateToken(string prefix, Subjects subject, IEnumerable<string> scopes) =>
            Core.Tokens.Create(
                prefix,
                new Caller(subject, subject == Subjects.Organization ? OrganizationId : null, scopes)
            );
    }
}
