namespace PolarPS.Client;

/// <summary>
/// Keeps the tokens of a sign-in fresh: gives the access token as long as it is good, and gets another before it ends or after Polar
/// has refused it. Polar's refresh tokens are single use, so that however many ask at a time, one request is made for all. Safe to share
/// between threads; holds the tokens in memory only.
/// </summary>
/// <example>
/// <code>
/// var source = new OAuth2TokenSource(client.OAuth2, clientId, token);
/// options.AccessTokenProvider = source.GetAccessTokenAsync;
/// options.AccessTokenRenewal = source.RenewAsync;
/// </code>
/// </example>
public sealed class OAuth2TokenSource
{
    private static readonly TimeSpan LargestMargin = TimeSpan.FromMinutes(5);

    // Unless Polar says how long a token is good.
    private static readonly TimeSpan UsualLength = TimeSpan.FromDays(10);

    private readonly object _gate = new();
    private readonly OAuth2Resource _oauth;
    private readonly string _clientId;
    private readonly string? _clientSecret;
    private readonly Func<DateTimeOffset> _clock;
    private Held _held;
    private Task<Held>? _renewing;

    /// <summary>A source over the tokens of a sign-in.</summary>
    /// <param name="oauth">Requests tokens; its client needs no token of its own, and must not ask this source for one in turn.</param>
    /// <param name="clientId">The public id of the client that the tokens were issued to.</param>
    /// <param name="token">The tokens, fresh from <see cref="OAuth2Resource.RequestTokenAsync"/>.</param>
    /// <param name="clientSecret">The client's secret; null for a public client.</param>
    /// <exception cref="ArgumentException">There is no access token, or no client id.</exception>
    public OAuth2TokenSource(OAuth2Resource oauth, string clientId, OAuth2Token token, string? clientSecret = null)
        : this(oauth, clientId, token, clientSecret, static () => DateTimeOffset.UtcNow) { }

    internal OAuth2TokenSource(
        OAuth2Resource oauth,
        string clientId,
        OAuth2Token token,
        string? clientSecret,
        Func<DateTimeOffset> clock
    )
    {
        _oauth = oauth ?? throw new ArgumentNullException(nameof(oauth));
        _clientId = string.IsNullOrEmpty(clientId)
            ? throw new ArgumentException("The client id is empty.", nameof(clientId))
            : clientId;
        _clientSecret = clientSecret;
        _clock = clock;
        _held = Hold(token ?? throw new ArgumentNullException(nameof(token)), null);
    }

    /// <summary>
    /// Called with each new pair of tokens, before anyone gets the access token: the earlier refresh token is spent by then, so a program that
    /// stores it has to store this one. Not called for those that the source began with. An exception does not stop the renewal.
    /// </summary>
    public event Action<OAuth2Token>? Renewed;

    /// <summary>When the present access token ends.</summary>
    public DateTimeOffset ExpiresAt => Current.End;

    /// <summary>The scopes that were consented to, separated by spaces; null if Polar did not say.</summary>
    public string? Scope => Current.Scope;

    private Held Current
    {
        get
        {
            lock (_gate)
            {
                return _held;
            }
        }
    }

    /// <summary>The access token, renewed first where it is about to end.</summary>
    /// <param name="cancellationToken">Ends the wait; a renewal that others wait for goes on.</param>
    /// <returns>A token that is good at this moment, as far as can be told from here.</returns>
    /// <exception cref="PolarSignInEndedException">There is none, and no way to another.</exception>
    /// <exception cref="PolarException">The renewal failed for another reason; the next call tries again.</exception>
    public async Task<string> GetAccessTokenAsync(CancellationToken cancellationToken = default)
    {
        var held = Current;
        if (!held.IsDue(_clock()))
        {
            return held.Access;
        }

        return (await RenewOnceAsync(held, cancellationToken).ConfigureAwait(false)).Access;
    }

    /// <summary>An access token in the place of one that Polar has refused.</summary>
    /// <param name="refused">The refused one.</param>
    /// <param name="cancellationToken">Ends the wait; a renewal that others wait for goes on.</param>
    /// <returns>Another token: the present one, if it is another already.</returns>
    /// <exception cref="PolarSignInEndedException">There is no way to another.</exception>
    /// <exception cref="PolarException">The renewal failed for another reason; the next call tries again.</exception>
    public async Task<string?> RenewAsync(string refused, CancellationToken cancellationToken = default)
    {
        var held = Current;
        if (held.Access != refused)
        {
            return held.Access;
        }

        return (await RenewOnceAsync(held, cancellationToken).ConfigureAwait(false)).Access;
    }

    /// <summary>What it is, without a token.</summary>
    /// <returns>Such as <c>tokens of polar_ci_…</c>.</returns>
    public override string ToString() => $"tokens of {_clientId}";

    private async Task<Held> RenewOnceAsync(Held old, CancellationToken cancellationToken)
    {
        Task<Held> renewing;
        lock (_gate)
        {
            if (!ReferenceEquals(_held, old))
            {
                // Another caller was faster.
                return _held;
            }

            renewing = _renewing ??= Task.Run(() => RenewAsync(old), CancellationToken.None);
        }

        // Who stops waiting does not stop it for the others: the refresh token may be spent already.
        var stopped = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.Register(() => stopped.TrySetResult(true));
        if (await Task.WhenAny(renewing, stopped.Task).ConfigureAwait(false) != renewing)
        {
            _ = renewing.ContinueWith(static task => task.Exception, TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return await renewing.ConfigureAwait(false);
    }

    private async Task<Held> RenewAsync(Held old)
    {
        try
        {
            if (old.Refresh is null)
            {
                throw Ended("The access token has ended, and there is no refresh token.", null);
            }

            var token = await _oauth
                .RequestTokenAsync(
                    OAuth2TokenRequest.ForRefresh(_clientId, old.Refresh, _clientSecret),
                    CancellationToken.None
                )
                .ConfigureAwait(false);
            var held = Hold(token, old);
            lock (_gate)
            {
                _held = held;
            }

            Tell(token);
            return held;
        }
        catch (PolarException exception) when (exception.ErrorName is "invalid_grant")
        {
            throw Ended("Polar no longer accepts the refresh token.", exception);
        }
        finally
        {
            lock (_gate)
            {
                _renewing = null;
            }
        }
    }

    private void Tell(OAuth2Token token)
    {
        try
        {
            Renewed?.Invoke(token);
        }
        catch (Exception)
        {
            // Who cannot store it has to say so; the token is good.
        }
    }

    private static PolarSignInEndedException Ended(string reason, PolarException? cause) =>
        new(
            reason + " Sign in again.",
            new FailedCall("POST", OAuth2Resource.TokenPath, cause?.StatusCode, cause?.ErrorName, cause?.Detail),
            cause
        );

    private Held Hold(OAuth2Token token, Held? before)
    {
        var now = _clock();
        var length = token.ExpiresIn is { } seconds ? TimeSpan.FromSeconds(seconds) : UsualLength;
        return new Held(
            string.IsNullOrEmpty(token.AccessToken)
                ? throw new ArgumentException("There is no access token.", nameof(token))
                : token.AccessToken!,
            // Where Polar does not rotate it, the earlier one stays.
            token.RefreshToken
                ?? before?.Refresh,
            token.Scope ?? before?.Scope,
            now + length,
            TimeSpan.FromTicks(Math.Min(LargestMargin.Ticks, length.Ticks / 10))
        );
    }

    private sealed record Held(string Access, string? Refresh, string? Scope, DateTimeOffset End, TimeSpan Margin)
    {
        // A minute before its end without a way to another it is still good.
        public bool IsDue(DateTimeOffset now) => now >= (Refresh is null ? End : End - Margin);
    }
}
