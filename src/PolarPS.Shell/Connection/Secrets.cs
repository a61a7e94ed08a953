using System.Net;
using System.Security;

namespace PolarPS;

/// <summary>Secrets between PowerShell, which has them as SecureStrings, and the client, which sends them.</summary>
internal static class Secrets
{
    /// <summary>A secret as it is; null for none.</summary>
    public static string? Text(SecureString? secret) =>
        secret is null ? null : new NetworkCredential(string.Empty, secret).Password;

    /// <summary>A token or code, without the blanks that copying it left around it; null for none.</summary>
    public static string? Token(SecureString? secret) => Text(secret)?.Trim();

    /// <summary>A secret as it is kept.</summary>
    public static SecureString Secure(string? text) => new NetworkCredential(string.Empty, text).SecurePassword;
}
