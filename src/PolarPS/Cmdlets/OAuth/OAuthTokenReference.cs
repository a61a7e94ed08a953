using System.ComponentModel;
using System.Security;

namespace PolarPS.Commands;

/// <summary>One token, or the two of a sign-in, for -Token and -RefreshToken. None of it is shown.</summary>
[TypeConverter(typeof(ReadingConverter))]
public sealed class OAuthTokenReference
{
    private readonly string? _access;
    private readonly string? _refresh;

    internal OAuthTokenReference(string? access, string? refresh)
    {
        _access = access;
        _refresh = refresh;
    }

    /// <summary>Whether it has the token that gives the next ones.</summary>
    public bool CanRefresh => _refresh is not null;

    /// <summary>The token that is meant.</summary>
    /// <param name="hint">Which of the two; null for the access token, where there is one.</param>
    /// <returns>null where there is no such token.</returns>
    internal string? Of(string? hint) =>
        hint switch
        {
            OAuthToken.Refresh => _refresh,
            OAuthToken.Access => _access,
            _ => _access ?? _refresh,
        };

    /// <summary>What it is, and nothing of it.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"OAuth token {Redactor.Mark}";
}

/// <summary>What the cmdlets for tokens share.</summary>
internal static class OAuthToken
{
    /// <summary>The hint for the token that opens the API.</summary>
    public const string Access = "access_token";

    /// <summary>The hint for the token that gives the next ones.</summary>
    public const string Refresh = "refresh_token";

    /// <summary>What refresh tokens of users and organizations begin with.</summary>
    public const string RefreshPrefix = "polar_rt_";

    /// <summary>What access tokens of users and organizations begin with.</summary>
    public const string AccessPrefix = "polar_at_";

    /// <summary>What errors about a token or a code are about: never itself, which is a secret, but whose it is.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="client">The client.</param>
    /// <param name="ifUnknown">How to find out the outcome, where no answer comes.</param>
    public static ErrorSubject Subject(string kind, OAuthClientReference client, string ifUnknown) =>
        new(kind, client.ClientId, IsNew: true, Key: "secret", IfUnknown: ifUnknown);
}

/// <summary>
/// Takes tokens: the object from Request-PolarOAuthToken, or a copy of one; or a single token as a SecureString. Which kind that is
/// its beginning tells; of one that tells nothing either is thought.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OAuthTokenTransformationAttribute : ArgumentTransformationAttribute, IReferenceTransformation
{
    private const string What = "token";

    Type IReferenceTransformation.Model => typeof(OAuth2Token);

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSValue.ValueOrCustom(inputData);
        return value is null ? null
            : PSValue.Items(value) is { } items ? items.Select(item => Read(PSValue.ValueOrCustom(item))).ToArray()
            : Read(value);
    }

    private static OAuthTokenReference Read(object? value) =>
        value switch
        {
            OAuthTokenReference token => token,
            SecureString secret => OfOne(secret),
            PSCredential credential => OfOne(credential.Password),
            OAuth2Token token => OfBoth(token.AccessToken, token.RefreshToken),
            string => throw SecureTextAttribute.Plain($"The {What}", "(Get-Secret name)"),
            PolarObject other => throw new RefusedArgumentException(
                $"Expected what Request-PolarOAuthToken returns, or a token as a SecureString, but this is {Kinds.OneOf(other.GetType())}."
            ),
            PSObject row when row.Properties["AccessToken"] is not null => OfBoth(
                Text(row, nameof(OAuth2Token.AccessToken)),
                Text(row, nameof(OAuth2Token.RefreshToken))
            ),
            _ => throw new RefusedArgumentException(
                "Expected what Request-PolarOAuthToken returns, or a token as a SecureString."
            ),
        };

    private static OAuthTokenReference OfOne(SecureString secret)
    {
        var text = Secrets.Token(secret)!;
        return text.Length == 0 ? throw new RefusedArgumentException("The token is empty.")
            : text.StartsWith(OAuthToken.RefreshPrefix, StringComparison.Ordinal) ? new OAuthTokenReference(null, text)
            : text.StartsWith(OAuthToken.AccessPrefix, StringComparison.Ordinal) ? new OAuthTokenReference(text, null)
            : new OAuthTokenReference(text, text);
    }

    private static OAuthTokenReference OfBoth(string? access, string? refresh) =>
        string.IsNullOrEmpty(access) && string.IsNullOrEmpty(refresh)
            ? throw new RefusedArgumentException("The object holds no token.")
            : new OAuthTokenReference(
                string.IsNullOrEmpty(access) ? null : access,
                string.IsNullOrEmpty(refresh) ? null : refresh
            );

    // A token may stand in a copy as it was protected.
    private static string? Text(PSObject row, string name) =>
        PSValue.Property(row, name) switch
        {
            string text => text,
            SecureString secret => Secrets.Token(secret),
            _ => null,
        };
}
