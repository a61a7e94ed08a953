using System;
using System.Security.Cryptography;
using System.Text;

namespace PolarPS.Client.Models;

/// <summary>
/// Proof that the program that exchanges a code is the one that asked for it (RFC 7636, method S256): the challenge goes with
/// the user, the verifier stays until the exchange.
/// </summary>
public sealed class OAuth2Pkce
{
    private const int VerifierBytes = 32;

    private OAuth2Pkce(string verifier) => Verifier = verifier;

    /// <summary>The secret: 43 to 128 letters, digits and <c>-._~</c>.</summary>
    public string Verifier { get; }

    /// <summary>What stands for it in the open.</summary>
    public string Challenge
    {
        get
        {
            using var hash = SHA256.Create();
            return Text(hash.ComputeHash(Encoding.ASCII.GetBytes(Verifier)));
        }
    }

    /// <summary>How the challenge is made: <c>S256</c>.</summary>
    public static string Method => "S256";

    /// <summary>A new one, from random bytes.</summary>
    /// <returns>A pair for one sign-in.</returns>
    public static OAuth2Pkce Create() => new(RandomText());

    /// <summary>One whose verifier was stored.</summary>
    /// <param name="verifier">The verifier.</param>
    /// <returns>The same pair again.</returns>
    public static OAuth2Pkce FromVerifier(string verifier) =>
        verifier is { Length: >= 43 and <= 128 }
            ? new(verifier)
            : throw new ArgumentException("A verifier has 43 to 128 characters.", nameof(verifier));

    /// <summary>A text that nobody can guess, for <see cref="OAuth2AuthorizeRequest.State"/> too.</summary>
    /// <returns>43 letters, digits, hyphens and underscores.</returns>
    public static string RandomText()
    {
        var bytes = new byte[VerifierBytes];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return Text(bytes);
    }

    /// <summary>The challenge; the verifier is a secret.</summary>
    /// <returns>The challenge.</returns>
    public override string ToString() => Challenge;

    private static string Text(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
