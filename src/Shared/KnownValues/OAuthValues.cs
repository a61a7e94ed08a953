namespace PolarPS;

/// <summary>Known values of OAuth.</summary>
internal static class OAuthValues
{
    /// <summary>How an OAuth client proves who it is.</summary>
    public static KnownList ClientAuthentication { get; } =
        new() { "client_secret_basic", "client_secret_post", "none" };

    /// <summary>What an OAuth client can exchange for a token.</summary>
    public static KnownList ClientGrantType { get; } = new() { "authorization_code", "refresh_token" };

    /// <summary>Which of the two tokens of a sign-in one is.</summary>
    public static KnownList TokenTypeHint { get; } = new() { "access_token", "refresh_token" };

    /// <summary>For whom a token is.</summary>
    public static KnownList TokenSubject { get; } = new() { "user", "organization" };
}
