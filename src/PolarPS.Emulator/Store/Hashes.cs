using System.Globalization;
using System.Linq;
using System.Security.Cryptography;

namespace PolarPS.Emulator;

/// <summary>Checksums and how they are written.</summary>
internal static class Hashes
{
    public static string Hex(byte[] bytes) =>
        string.Concat(bytes.Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));

    public static byte[] Sha256(byte[] bytes)
    {
        using var hash = SHA256.Create();
        return hash.ComputeHash(bytes);
    }

    public static byte[] HmacSha256(byte[] key, byte[] bytes)
    {
        using var hash = new HMACSHA256(key);
        return hash.ComputeHash(bytes);
    }
}
