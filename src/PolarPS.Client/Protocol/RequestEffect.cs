using System.Text;

namespace PolarPS.Client;

/// <summary>What a request does, as far as the guard rails of a connection have to know.</summary>
internal enum RequestEffect
{
    /// <summary>It changes nothing.</summary>
    Reads,

    /// <summary>It changes something, but moves no money itself.</summary>
    Writes,

    /// <summary>It charges or refunds, or may do so.</summary>
    MovesMoney,
}

/// <summary>Money that a request is known to move.</summary>
/// <param name="Currency">The currency, ISO 4217.</param>
/// <param name="Amount">How much, tax included, in minor units.</param>
internal sealed record MoneyMove(string Currency, long Amount);

/// <summary>What requests do that no resource has described: anything that does not read may move money.</summary>
internal static class RawEffects
{
    public static RequestEffect Of(string method, string path, byte[]? body)
    {
        if (method is "GET" or "HEAD" or "OPTIONS")
        {
            return RequestEffect.Reads;
        }

        var end = path.IndexOf('?');
        var place = (end < 0 ? path : path.Substring(0, end)).TrimEnd('/');
        var text = body is null ? string.Empty : Encoding.UTF8.GetString(body);
        var reads =
            method == "POST"
            && place switch
            {
                // To validate may also count a use, which is a change.
                "/v1/license-keys/validate" or "/v1/customer-portal/license-keys/validate" => text.IndexOf(
                    "increment_usage",
                    StringComparison.OrdinalIgnoreCase
                ) < 0
                    && text.IndexOf('\\') < 0,
                "/v1/oauth2/introspect" => true,
                "/v1/oauth2/token" => text.IndexOf("refresh_token", StringComparison.Ordinal) >= 0,
                _ => false,
            };
        return reads ? RequestEffect.Reads : RequestEffect.MovesMoney;
    }
}
