using System.Net;
using System.Net.Http;
#if NET5_0_OR_GREATER
#else
using System.Security.Authentication;
#endif

namespace PolarPS.Http;

/// <summary>The network itself: no redirects (the token must not follow them), no cookies, compressed responses from the API.</summary>
internal static class PrimaryHandler
{
    public const int MaximumConnections = 32;

    public static HttpMessageHandler Create(TransportOptions options) =>
#if NET5_0_OR_GREATER
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = options.IsStore ? DecompressionMethods.None : DecompressionMethods.All,
            UseCookies = false,
            UseProxy = options.UseProxy,
            Proxy = options.IsStore ? new StoreProxy() : null,
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = options.MaximumConnections,
            // A long session notices when the server moves to another address.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
#else
        new HttpClientHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = options.IsStore
                ? DecompressionMethods.None
                : DecompressionMethods.GZip | DecompressionMethods.Deflate,
            UseCookies = false,
            UseProxy = options.UseProxy,
            Proxy = options.IsStore ? new StoreProxy() : null,
            MaxConnectionsPerServer = options.MaximumConnections,
            // Windows PowerShell may still start with TLS 1.0 as its best. Said here it holds for this handler alone;
            // ServicePointManager.SecurityProtocol would change it for everything in the session.
            SslProtocols = SslProtocols.Tls12,
        };
#endif
}
