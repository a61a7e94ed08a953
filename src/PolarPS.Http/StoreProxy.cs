using System.Net;
#if NET5_0_OR_GREATER
using System.Net.Http;
#endif

namespace PolarPS.Http;

/// <summary>The usual proxy, but for this computer none: it would carry what is sent there off it, over plain http.</summary>
internal sealed class StoreProxy : IWebProxy
{
    private readonly IWebProxy? _usual =
#if NET5_0_OR_GREATER
    HttpClient.DefaultProxy;
#else
    WebRequest.DefaultWebProxy;
#endif

    public ICredentials? Credentials
    {
        get => _usual?.Credentials;
        set => throw new NotSupportedException();
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : _usual!.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || _usual is null || _usual.IsBypassed(host);
}
