using System.Security.Cryptography;
using System.Text;

namespace PolarPS.Client;

/// <summary>The two ways in which Polar makes a key out of a secret, and signs with it.</summary>
internal static class WebhookKeys
{
    public const string Scheme = "v1,";

    private const string Prefix = "whsec_";
    private const string OldPrefix = "polar_whs_";

    /// <summary>The keys that a secret can stand for: in Polar's older way, and as Standard Webhooks has it.</summary>
    /// <param name="secret">The secret, whole.</param>
    /// <param name="usesStandard">Which of the ways; null for both.</param>
    /// <exception cref="ArgumentException">There is no secret in it, or it is none of the way that is asked for.</exception>
    public static IEnumerable<byte[]> Of(string secret, bool? usesStandard = null)
    {
        if (!HasContent(secret))
        {
            throw new ArgumentException(
                "The secret is empty or only its prefix, so anyone could sign with it. Use the whole text that Polar shows.",
                nameof(secret)
            );
        }

        var decoded = Decode(secret);
        if (usesStandard == true && decoded is null)
        {
            throw new ArgumentException(
                "The secret is not one of Standard Webhooks: it is no base 64.",
                nameof(secret)
            );
        }

        var keys = new List<byte[]>();
        if (usesStandard != true)
        {
            keys.Add(Encoding.UTF8.GetBytes(secret));
        }

        if (usesStandard != false && decoded is not null)
        {
            keys.Add(decoded);
        }

        return keys;
    }

    /// <summary>What is signed: the id, the time, and the body.</summary>
    public static byte[] Signed(string id, string timestamp, byte[] body)
    {
        var head = Encoding.UTF8.GetBytes($"{id}.{timestamp}.");
        var signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed, head.Length);
        return signed;
    }

    /// <summary>The signature as the header has it.</summary>
    public static string Sign(byte[] key, byte[] signed)
    {
        using var hmac = new HMACSHA256(key);
        return Scheme + Convert.ToBase64String(hmac.ComputeHash(signed));
    }

    // Beside blanks, what only fills up base 64 is nothing either.
    private static bool HasContent(string? secret)
    {
        var text = secret ?? string.Empty;
        for (var before = -1; before != text.Length; )
        {
            before = text.Length;
            text = text.Trim().Trim('=', '\0');
            foreach (var prefix in new[] { Prefix, OldPrefix })
            {
                text = text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                    ? text.Substring(prefix.Length)
                    : text;
            }
        }

        return text.Length > 0;
    }

    private static byte[]? Decode(string secret)
    {
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret.Substring(Prefix.Length) : secret;
        try
        {
            return Convert.FromBase64String(text) is { Length: > 0 } key ? key : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
