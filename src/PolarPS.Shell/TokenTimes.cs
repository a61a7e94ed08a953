using System.Runtime.CompilerServices;

namespace PolarPS;

/// <summary>When tokens were received: Polar only says for how many seconds from then they are valid.</summary>
internal static class TokenTimes
{
    private static readonly ConditionalWeakTable<OAuth2Token, object> Known = new();

    /// <summary>Notes that a token is from now.</summary>
    public static void Note(OAuth2Token token)
    {
        _ = Known.Remove(token);
        Known.Add(token, DateTimeOffset.Now);
    }

    /// <summary>When an access token ends; null where it is not known when it came.</summary>
    public static DateTimeOffset? EndOf(OAuth2Token token) =>
        Known.TryGetValue(token, out var time) && token.ExpiresIn is >= 0 and <= int.MaxValue
            ? ((DateTimeOffset)time).AddSeconds(token.ExpiresIn.Value)
            : null;
}
