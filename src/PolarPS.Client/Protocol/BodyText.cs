using System.Net.Http;
using System.Text;

namespace PolarPS.Client;

/// <summary>An answer's body as text, whatever it says of its encoding.</summary>
internal static class BodyText
{
    public static async Task<string> ReadAsync(HttpContent content)
    {
        try
        {
            return await content.ReadAsStringAsync().ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            // It names an encoding that this computer does not have; what Polar itself sends is UTF-8.
            return Encoding.UTF8.GetString(await content.ReadAsByteArrayAsync().ConfigureAwait(false));
        }
    }
}
