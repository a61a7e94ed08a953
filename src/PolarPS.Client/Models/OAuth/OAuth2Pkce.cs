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
    private const int ShortestVerifier = 43;
    private const int LongestVerifier = 128;

    private OAuth2Pkce(string verifier) => Verifier = verifier;

    /// <summary>The secret: 43 to 128 letters, digits and <c>-._~</c>.</summary>
    public string Verifier { get; }

    /// <summary>The challenge, which is sent in the open.</summary>
    public string Challenge
    {
        get
        {
            using var hash = SHA256.Create();
            return Text(hash.ComputeHash(Encoding.ASCII.GetBytes(Verifier)));
        }
    }

    /// <summary>The challenge method: <c>S256</c>.</summary>
    public static string Method => "S256";

    /// <summary>A new one, from random bytes.</summary>
    /// <returns>A pair for one sign-in.</returns>
    public static OAuth2Pkce Create() => new(RandomText());

    /// <summary>One whose verifier was stored.</summary>
    /// <param name="verifier">The verifier.</param>
    /// <returns>The same pair again.</returns>
    /// <exception cref="ArgumentException">It is not one by RFC 7636.</exception>
    public static OAuth2Pkce FromVerifier(string verifier)
    {
        CheckVerifier(verifier);
        return new(verifier);
    }

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

    /// <summary>Refuses what is no verifier by RFC 7636: its challenge would be another program's, or could be guessed.</summary>
    internal static void CheckVerifier(string? verifier)
    {
        if (verifier is not { Length: >= ShortestVerifier and <= LongestVerifier } || !verifier.All(IsUnreserved))
        {
            throw new ArgumentException(
                $"A PKCE verifier has {ShortestVerifier} to {LongestVerifier} characters: letters and digits of the English alphabet, "
                    + "and - . _ ~ (RFC 7636).",
                nameof(verifier)
            );
        }
    }

    private static bool IsUnreserved(char letter) =>
        letter is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.' or '_' or '~';

    private static string Text(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
