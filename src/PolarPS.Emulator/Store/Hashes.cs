using System.Security.Cryptography;
using System.Text;

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

    /// <summary>An id that follows from others: the same for the same ones.</summary>
    public static string Id(params string[] parts)
    {
        var hex = Hex(Sha256(Encoding.UTF8.GetBytes(string.Join("/", parts))));
        return $"{hex.Substring(0, 8)}-{hex.Substring(8, 4)}-4{hex.Substring(13, 3)}-8{hex.Substring(17, 3)}-{hex.Substring(20, 12)}";
    }

    public static byte[] HmacSha256(byte[] key, byte[] bytes)
    {
        using var hash = new HMACSHA256(key);
        return hash.ComputeHash(bytes);
    }
}
