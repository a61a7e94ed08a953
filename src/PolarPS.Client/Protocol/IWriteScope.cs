using System.Net.Http;

namespace PolarPS.Client;

/// <summary>Stands between those who change something and Polar: it sees each such request, and decides whether it is sent.</summary>
internal interface IWriteScope
{
    /// <summary>Sends a request, or answers it in another way.</summary>
    /// <param name="write">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A success, whose body is in memory.</returns>
    /// <exception cref="PolarException">Polar has refused it, or the scope does.</exception>
    Task<HttpResponseMessage> SendAsync(ScopedWrite write, CancellationToken cancellationToken);
}

/// <summary>A request that changes something, on its way through a scope.</summary>
/// <param name="Connection">To read over; what only reads does not come through the scope.</param>
/// <param name="Request">The request.</param>
/// <param name="Message">The same as a message, whose body may be replaced.</param>
/// <param name="Send">Sends the message, once.</param>
internal sealed record ScopedWrite(
    ApiConnection Connection,
    ApiRequest Request,
    HttpRequestMessage Message,
    Func<CancellationToken, Task<HttpResponseMessage>> Send
);
