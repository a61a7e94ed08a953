using System.Net;

namespace PolarPS;

/// <summary>What -Environment and POLAR_ENVIRONMENT mean: a name, or an unambiguous address.</summary>
internal static class EnvironmentAddress
{
    public const string Production = "Production";
    public const string Sandbox = "Sandbox";
    public const string Emulator = "Emulator";

    public static readonly Uri OfEmulator = new("https://emulator.polar.invalid/");

    private static readonly (string Name, Uri Address)[] Known =
    [
        (Production, PolarAddresses.Production),
        (Sandbox, PolarAddresses.Sandbox),
        (Emulator, OfEmulator),
    ];

    /// <summary>Reads an environment.</summary>
    /// <param name="environment">A name in any case, or an address; null for Production.</param>
    /// <returns>
    /// What it is called, and where it is. An address that has a name is called by it, so that a script which asks for
    /// Production notices it.
    /// </returns>
    /// <exception cref="ArgumentException">It is neither, or an address that a token must not be sent to.</exception>
    public static (string Label, Uri Address) Of(string? environment)
    {
        if (environment is null)
        {
            return Known[0];
        }

        var text = environment.Trim();
        foreach (var known in Known)
        {
            if (known.Name.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return known;
            }
        }

        var address = Parse(text);
        foreach (var known in Known)
        {
            if (known.Address == address && known.Name != Emulator)
            {
                return known;
            }
        }

        return (address.GetLeftPart(UriPartial.Authority), address);
    }

    private static Uri Parse(string text)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("https" or "http")
            || address.Host.Length == 0
        )
        {
            throw new ArgumentException(
                $"{Printable(text)} is not an environment. Use Production, Sandbox, Emulator, or an address such as https://polar.example.com."
            );
        }

        // What .NET reads into a backslash, or leaves out, is not what stands there.
        if (
            address.UserInfo.Length > 0
            || address.AbsolutePath != "/"
            || text.Any(letter => letter is '?' or '#' or '\\' or '@' or '%' || letter <= ' ')
            || address.Port == 0
        )
        {
            throw new ArgumentException(
                "The address of an environment consists of scheme, host and port only, such as https://polar.example.com, without a user name, a path, ? or #."
            );
        }

        var plain = InAscii(address, text);
        if (plain.Scheme == "http" && !IsThisComputer(plain))
        {
            throw new ArgumentException(
                $"'{plain}' is not encrypted: the token would be sent in clear text. Use https; http is for this computer only."
            );
        }

        return plain;
    }

    // A host whose letters only look like another's is shown, and used, as what it really is: xn--…
    private static Uri InAscii(Uri address, string text)
    {
        try
        {
            var host = address.HostNameType == UriHostNameType.Dns ? address.IdnHost.TrimEnd('.') : address.Host;
            var plain = new UriBuilder(address.Scheme, host, address.IsDefaultPort ? -1 : address.Port).Uri;
            if (plain.Host.Length > 0 && plain.Host.All(letter => letter is > ' ' and <= '~'))
            {
                return plain;
            }
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // No host can have this name.
        }

        throw new ArgumentException($"{Printable(text)} has an invalid host.");
    }

    private static bool IsThisComputer(Uri address) =>
        address.Host == "localhost"
        || (IPAddress.TryParse(address.DnsSafeHost, out var number) && IPAddress.IsLoopback(number));

    // Where an address holds a name and password, or a query, it may hold a secret of any shape.
    private static string Printable(string environment) =>
        environment.IndexOfAny(['@', '?', '#']) >= 0 ? "The value" : $"'{Redactor.Redact(environment)}'";
}
