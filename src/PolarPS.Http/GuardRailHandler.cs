using System.Collections.Concurrent;
using System.Net.Http;

namespace PolarPS.Http;

/// <summary>The limits of a connection.</summary>
internal sealed class GuardRails
{
    public bool ReadOnly { get; init; }

    /// <summary>By currency in lower case, in minor units; null for no limit.</summary>
    public IReadOnlyDictionary<string, long>? MoneyLimits { get; init; }

    /// <summary>How often money may be moved; null for no limit.</summary>
    public int? MoneyCount { get; init; }

    /// <summary>How much of the limits is used; read by the code that built the client.</summary>
    public ConcurrentDictionary<string, long> Used { get; init; } = new();

    /// <summary>Checks once whether the connection is for the expected organization; a text it returns refuses all requests.</summary>
    public Func<HttpMessageHandler, CancellationToken, Task<string?>>? Check { get; init; }

    // The state belongs to the connection: it outlives the handlers, which a factory may replace while requests run.

    public object Sync { get; } = new();

    public SemaphoreSlim Checking { get; } = new(1, 1);

    /// <summary>What the check has said; null as long as it has not been made.</summary>
    public CheckResult? Checked { get; set; }

    public bool Any => ReadOnly || MoneyLimits is not null || MoneyCount is not null || Check is not null;
}

/// <param name="Refusal">Why all requests are refused; null if they are not.</param>
internal sealed record CheckResult(string? Refusal);

/// <summary>
/// Refuses what a connection must not do. Outside the retries: a request counts once, however often it is tried. What is
/// counted is returned only if a response says that it was not done; if unknown, it may have been.
/// </summary>
internal sealed class GuardRailHandler : DelegatingHandler
{
    private readonly GuardRails _rails;

    public GuardRailHandler(GuardRails rails) => _rails = rails;

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var effect = TransportKeys.Get<string?>(request, TransportKeys.Effect, null) ?? EffectOf(request.Method);
        if (_rails.ReadOnly && effect != TransportKeys.EffectReads)
        {
            throw Refuse(
                request,
                TransportKeys.RailReadOnly,
                $"{request.Method} {PathOf(request)} was not sent: the connection is read-only."
            );
        }

        // Where there is nothing to guard, no method has to wait.
        return effect != TransportKeys.EffectMovesMoney && _rails.Check is null
            ? base.SendAsync(request, cancellationToken)
            : GuardAsync(request, effect, cancellationToken);
    }

    private async Task<HttpResponseMessage> GuardAsync(
        HttpRequestMessage request,
        string effect,
        CancellationToken cancellationToken
    )
    {
        await CheckAsync(request, cancellationToken).ConfigureAwait(false);
        return effect == TransportKeys.EffectMovesMoney
            ? await MoveAsync(request, cancellationToken).ConfigureAwait(false)
            : await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static string EffectOf(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head
            ? TransportKeys.EffectReads
            : TransportKeys.EffectMovesMoney;

    private static string PathOf(HttpRequestMessage request) => Redactor.Redact(request.RequestUri!.AbsolutePath);

    private static InvalidOperationException Refuse(HttpRequestMessage request, string rail, string message)
    {
        TransportKeys.Set(request, TransportKeys.Refused, rail);
        TransportKeys.Set(request, TransportKeys.Attempts, 0);
        TransportKeys.Set(request, TransportKeys.MayHaveReached, false);
        return new InvalidOperationException(message);
    }

    private async Task CheckAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_rails.Check is null)
        {
            return;
        }

        if (_rails.Checked is null)
        {
            await _rails.Checking.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                // A check that failed is made again with the next request.
                _rails.Checked ??= new CheckResult(
                    await _rails.Check(new Inner(base.SendAsync), cancellationToken).ConfigureAwait(false)
                );
            }
            finally
            {
                _rails.Checking.Release();
            }
        }

        if (_rails.Checked.Refusal is { } elsewhere)
        {
            throw Refuse(request, TransportKeys.RailOrganization, elsewhere);
        }
    }

    private async Task<HttpResponseMessage> MoveAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var amount = TransportKeys.Get(request, TransportKeys.Amount, -1L);
        var currency = TransportKeys.Get(request, TransportKeys.Currency, string.Empty).ToLowerInvariant();
        Reserve(request, amount, currency);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (IsRefusal((int)response.StatusCode) && !TransportKeys.Get(request, TransportKeys.MayHaveReached, false))
        {
            GiveBack(amount, currency);
        }

        return response;
    }

    // An earlier attempt that may have been carried out makes a later refusal say nothing.
    private static bool IsRefusal(int status) => status is >= 400 and < 500 and not 408;

    private void Reserve(HttpRequestMessage request, long amount, string currency)
    {
        lock (_rails.Sync)
        {
            var moves = Used(TransportKeys.MovesUsed);
            if (moves >= _rails.MoneyCount)
            {
                throw RefuseMoney(
                    request,
                    $"the connection may move money {_rails.MoneyCount} times, and has reached that limit."
                );
            }

            if (_rails.MoneyLimits is { } limits)
            {
                if (amount < 0)
                {
                    throw RefuseMoney(
                        request,
                        "the connection has a money limit, and the amount of this request is not known in advance."
                    );
                }

                if (!limits.TryGetValue(currency, out var limit))
                {
                    throw RefuseMoney(
                        request,
                        $"the connection's money limit is in {string.Join(", ", limits.Keys.OrderBy(static key => key, StringComparer.Ordinal)).ToUpperInvariant()}, and this moves {currency.ToUpperInvariant()}."
                    );
                }

                var used = Used(currency);
                if (amount > limit - used)
                {
                    throw RefuseMoney(
                        request,
                        $"it moves {MoneyText.Format(amount, currency)} (including tax), and {MoneyText.Format(limit - used, currency)} of the connection's limit of {MoneyText.Format(limit, currency)} is left."
                    );
                }

                _rails.Used[currency] = used + amount;
            }

            _rails.Used[TransportKeys.MovesUsed] = moves + 1;
        }
    }

    private void GiveBack(long amount, string currency)
    {
        lock (_rails.Sync)
        {
            _rails.Used[TransportKeys.MovesUsed] = Used(TransportKeys.MovesUsed) - 1;
            if (_rails.MoneyLimits is not null)
            {
                _rails.Used[currency] = Used(currency) - amount;
            }
        }
    }

    private long Used(string key) => _rails.Used.TryGetValue(key, out var used) ? used : 0;

    private static InvalidOperationException RefuseMoney(HttpRequestMessage request, string why) =>
        Refuse(request, TransportKeys.RailMoney, $"{request.Method} {PathOf(request)} was not sent: {why}");

    /// <summary>The inner handler, for a check that sends requests.</summary>
    private sealed class Inner : HttpMessageHandler
    {
        private readonly Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> _send;

        public Inner(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send) => _send = send;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => _send(request, cancellationToken);
    }
}
