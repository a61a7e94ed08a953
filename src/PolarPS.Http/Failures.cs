using System.Net.Http;
using System.Security.Authentication;
#if !NET8_0_OR_GREATER
using System.Net;
#endif

namespace PolarPS.Http;

/// <summary>What a failure without a response means.</summary>
internal enum FailureKind
{
    /// <summary>Nothing: the request may have arrived or not.</summary>
    NoAnswer,

    /// <summary>No connection was made.</summary>
    NoConnection,

    /// <summary>The server's name is unknown.</summary>
    NameNotFound,

    /// <summary>The other side is not the one it should be, or does not use TLS.</summary>
    NotTrusted,
}

/// <summary>Distinguishes the kinds of connection problems.</summary>
internal static class Failures
{
    public static FailureKind KindOf(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException)
            {
                return FailureKind.NotTrusted;
            }

#if NET8_0_OR_GREATER
            switch ((cause as HttpRequestException)?.HttpRequestError)
            {
                case HttpRequestError.NameResolutionError:
                    return FailureKind.NameNotFound;
                case HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError:
                    return FailureKind.NoConnection;
                case HttpRequestError.SecureConnectionError when cause.InnerException is not AuthenticationException:
                    return FailureKind.NoConnection;
            }
#else
            switch ((cause as WebException)?.Status)
            {
                case WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure:
                    return FailureKind.NameNotFound;
                case WebExceptionStatus.ConnectFailure:
                    return FailureKind.NoConnection;
                case WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure:
                    return FailureKind.NotTrusted;
            }
#endif
        }

        return FailureKind.NoAnswer;
    }
}
