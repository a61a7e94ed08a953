using System.Security.Cryptography;
using System.Text;

namespace PolarPS.Client;

/// <summary>Hashes that tell things apart and do not give them away.</summary>
internal static class Prints
{
    /// <summary>The hash of a text.</summary>
    public static string Of(string text)
    {
        using var hash = SHA256.Create();
        return Hex(hash.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>A keyed hash of several parts. Without the key nobody can try out what gives it.</summary>
    public static string Of(string key, params byte[][] parts)
    {
        using var hash = new HMACSHA256(Encoding.UTF8.GetBytes(key));
        foreach (var part in parts)
        {
            // With their lengths, so that no two lists of parts run together to the same bytes.
            var length = BitConverter.GetBytes(part.Length);
            hash.TransformBlock(length, 0, length.Length, null, 0);
            hash.TransformBlock(part, 0, part.Length, null, 0);
        }

        hash.TransformFinalBlock([], 0, 0);
        return Hex(hash.Hash!);
    }

    /// <summary>The same of texts.</summary>
    public static string Of(string key, params string[] parts) =>
        Of(key, [.. parts.Select(static part => Encoding.UTF8.GetBytes(part))]);

    /// <summary>Bytes as lower-case hexadecimal digits.</summary>
    public static string Hex(byte[] bytes) =>
        string.Concat(bytes.Select(static value => value.ToString("x2", CultureInfo.InvariantCulture)));
}
