using System.Net.Http;

namespace PolarPS.Client;

/// <summary>What must not be left to a handler of the caller's.</summary>
internal static class PrimaryHandlers
{
    /// <summary>Switches off redirects, which would leave the host that was checked, and cookies.</summary>
    public static void Restrain(HttpMessageHandler? handler)
    {
        while (handler is DelegatingHandler outer)
        {
            handler = outer.InnerHandler;
        }

        // What is right already is left alone: a handler that was used before takes no changes.
        switch (handler)
        {
#if NET5_0_OR_GREATER
            case SocketsHttpHandler sockets when sockets.AllowAutoRedirect || sockets.UseCookies:
                (sockets.AllowAutoRedirect, sockets.UseCookies) = (false, false);
                break;
#endif
            case HttpClientHandler client when client.AllowAutoRedirect || client.UseCookies:
                (client.AllowAutoRedirect, client.UseCookies) = (false, false);
                break;
        }
    }
}
