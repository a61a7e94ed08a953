using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Emulator;

/// <summary>
/// A local Polar: answers HTTP requests as Polar's API does, from a store in memory. It needs no network and no account,
/// and may be used from several threads. Two emulators share nothing.
/// </summary>
public sealed class PolarEmulator
{
    private const string OrganizationPrefix = "polar_oat_";
    private const string UserPrefix = "polar_pat_";

    private readonly EmulatorCore _core;
    private readonly RequestPipeline _pipeline;
    private readonly RequestLog _log = new();
    private readonly ProductGenerator _generator;

    /// <summary>Makes an emulator and furnishes its shop.</summary>
    /// <param name="options">What it starts with; null for the usual shop.</param>
    public PolarEmulator(EmulatorOptions? options = null)
    {
        _core = new EmulatorCore(options ?? new EmulatorOptions());
        _generator = new ProductGenerator(_core);
        lock (_core.Store.Gate)
        {
            OrganizationId = NorthwindShop.Furnish(_core);
            _generator.Add(OrganizationId, _core.Options.ProductCount, Epoch);
        }

        _pipeline = new RequestPipeline(_core);
        AccessToken = CreateAccessToken();
    }

    /// <summary>A token of the organization, with every scope.</summary>
    public string AccessToken { get; }

    /// <summary>The id of the organization that the shop belongs to.</summary>
    public string OrganizationId { get; }

    /// <summary>How many requests came, refused ones included.</summary>
    public int RequestCount => _log.Count;

    /// <summary>The newest requests, a thousand at most, oldest first.</summary>
    public IReadOnlyList<EmulatorRequestRecord> Requests => _log.ToList();

    /// <summary>The letters that Polar would have sent, oldest first: invitations to seats, confirmations of addresses.</summary>
    public IReadOnlyList<EmulatorMail> Mails
    {
        get
        {
            lock (_core.Store.Gate)
            {
                return _core.Mails.ToArray();
            }
        }
    }

    /// <summary>What goes wrong on purpose.</summary>
    public FaultRuleCollection Faults { get; } = new();

    // Generated products are older than the shop's own, so that the shop's come first in the usual order.
    private static DateTimeOffset Epoch { get; } = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A handler for an HttpClient: takes the place of the network, whatever address is asked for.</summary>
    /// <returns>The handler; may be disposed of without harm to the emulator.</returns>
    public HttpMessageHandler CreateHandler() => new EmulatorHandler(this);

    /// <summary>Makes a token of the organization.</summary>
    /// <param name="scopes">What it may do, such as products:read; none for everything.</param>
    /// <returns>The token.</returns>
    public string CreateAccessToken(params string[] scopes) =>
        _core.Tokens.Create(OrganizationPrefix, new Caller(Subjects.Organization, OrganizationId, Wanted(scopes)));

    /// <summary>Makes a token of a user who belongs to every organization of the emulator.</summary>
    /// <param name="scopes">What it may do, such as products:read; none for everything.</param>
    /// <returns>The token.</returns>
    public string CreateUserToken(params string[] scopes) =>
        _core.Tokens.Create(UserPrefix, new Caller(Subjects.User, null, Wanted(scopes)));

    /// <summary>Makes a token that has expired.</summary>
    /// <returns>The token.</returns>
    public string CreateExpiredToken() => _core.Tokens.CreateExpired(OrganizationPrefix);

    /// <summary>Consents to what an OAuth client asks for, as a user would in a browser.</summary>
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
        lock (_core.Store.Gate)
        {
            return _core.OAuth.Consent(clientId, redirectUri, scope, codeChallenge, codeChallengeMethod);
        }
    }

    /// <summary>Adds generated products, for long lists.</summary>
    /// <param name="count">How many.</param>
    public void AddProducts(int count)
    {
        lock (_core.Store.Gate)
        {
            _generator.Add(OrganizationId, count, _core.Clock.Now);
        }
    }

    /// <summary>Moves the emulator's time forward; what falls due on the way happens: renewals, ends of trials, expiries.</summary>
    /// <param name="time">How far.</param>
    public void AdvanceClock(TimeSpan time)
    {
        if (time < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(time), "Time does not run backwards.");
        }

        lock (_core.Store.Gate)
        {
            _core.Advance(time);
        }
    }

    /// <summary>Waits until every webhook that is due has been delivered, or was tried to.</summary>
    /// <returns>When that is so.</returns>
    public Task DeliverWebhooksAsync() => _core.Webhooks.Courier.DrainAsync();

    /// <summary>Forgets the requests that came so far.</summary>
    public void ClearRequests() => _log.Clear();

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Gives up waiting, where a fault makes it wait.</param>
    /// <returns>The answer, and what becomes of the connection.</returns>
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
        var record = _log.Add(request);
        var faults = Faults.For(request);
        var response =
            faults.Count == 0
                ? await _pipeline.AnswerAsync(request, record, faults, cancellationToken).ConfigureAwait(false)
                : await new FaultInjector(_pipeline, faults)
                    .AnswerAsync(request, record, cancellationToken)
                    .ConfigureAwait(false);
        record.StatusCode = response.Connection == EmulatorConnection.Dropped ? 0 : response.StatusCode;
        return response;
    }

    private static IEnumerable<string> Wanted(string[] scopes) =>
        scopes is { Length: > 0 } ? scopes.ToArray() : EmulatorScopes.All;
}
