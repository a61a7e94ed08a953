namespace PolarPS.Emulator;

/// <summary>The tokens that were handed out.</summary>
internal sealed class TokenRegistry
{
    /// <summary>What the tokens begin with that manage OAuth clients.</summary>
    public const string RegistrationPrefix = "polar_crt_";

    // Belongs to no client.
    private static readonly Caller UnknownRegistration = new(Subjects.Anonymous, null, []) { SessionId = string.Empty };

    private readonly Dictionary<string, Caller?> _callers = new(StringComparer.Ordinal);
    private readonly IdGenerator _ids;
    private readonly Clock _clock;

    public TokenRegistry(IdGenerator ids, Clock clock)
    {
        _ids = ids;
        _clock = clock;
    }

    public string Create(string prefix, Caller caller) => Add(prefix, caller);

    /// <summary>A token that was single use.</summary>
    public string CreateExpired(string prefix) => Add(prefix, null);

    /// <summary>Who sent a request; anonymous without a token that is good.</summary>
    /// <param name="authorization">The header.</param>
    /// <param name="isBad">Whether there is a token, and it is not good.</param>
    public Caller Identify(string? authorization, out bool isBad)
    {
        const string scheme = "Bearer ";
        isBad = false;
        var header = authorization?.Trim() ?? string.Empty;
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return Caller.Anonymous;
        }

        var token = header.Substring(scheme.Length).Trim();
        if (token.Length == 0 || Array.Exists(token.ToCharArray(), character => character > 127))
        {
            return Caller.Anonymous;
        }

        lock (_callers)
        {
            if (
                _callers.TryGetValue(token, out var caller)
                && caller is not null
                && (caller.ExpiresAt is not { } end || end > _clock.Present)
            )
            {
                return caller;
            }
        }

        // These are looked at by what they manage, and nowhere else.
        if (token.StartsWith(RegistrationPrefix, StringComparison.Ordinal))
        {
            return UnknownRegistration;
        }

        isBad = true;
        return Caller.Anonymous;
    }

    /// <summary>Who holds a token; null if it is unknown or revoked.</summary>
    public Caller? Find(string token)
    {
        lock (_callers)
        {
            return _callers.TryGetValue(token, out var caller) && (caller?.ExpiresAt is not { } end || end > _clock.Now)
                ? caller
                : null;
        }
    }

    /// <summary>Makes tokens worthless.</summary>
    /// <returns>Gives them their worth back.</returns>
    public Action Revoke(Func<string, Caller, bool> which)
    {
        lock (_callers)
        {
            var revoked = _callers.Where(pair => pair.Value is not null && which(pair.Key, pair.Value)).ToArray();
            foreach (var pair in revoked)
            {
                _callers[pair.Key] = null;
            }

            return () =>
            {
                lock (_callers)
                {
                    foreach (var pair in revoked)
                    {
                        _callers[pair.Key] = pair.Value;
                    }
                }
            };
        }
    }

    private string Add(string prefix, Caller? caller)
    {
        lock (_callers)
        {
            var token = _ids.NextToken(prefix);
            _callers.Add(token, caller);
            return token;
        }
    }
}
