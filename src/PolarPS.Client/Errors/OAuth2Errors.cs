namespace PolarPS.Client;

/// <summary>Errors of OAuth that have a meaning of their own here, by the names of RFC 6749.</summary>
internal static class OAuth2Errors
{
    /// <summary>The client is not known, or could not prove who it is.</summary>
    public const string InvalidClient = "invalid_client";

    /// <summary>The code or the refresh token gives nothing.</summary>
    public const string InvalidGrant = "invalid_grant";
}
