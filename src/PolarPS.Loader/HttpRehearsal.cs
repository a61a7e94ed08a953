using System.Net;
using System.Net.Http;
using System.Text;

namespace PolarPS.Loader;

/// <summary>
/// A request that goes nowhere. What .NET loads and compiles for the first request of a process, it does then.
/// </summary>
public static class HttpRehearsal
{
    private const string Answer =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Length: 2\r\n\r\n{}";

    /// <summary>Sends it over a connection to no server, as the transport sends requests.</summary>
    public static async Task RunAsync()
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = static (_, _) => ValueTask.FromResult<Stream>(new NoServer()),
        };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer none");
        request.Headers.TryAddWithoutValidation("User-Agent", "PolarPS");
        using var response = await client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead)
            .ConfigureAwait(false);
        await response.Content.LoadIntoBufferAsync().ConfigureAwait(false);
    }

    /// <summary>Takes whatever is sent, and gives one answer.</summary>
    private sealed class NoServer() : MemoryStream(Encoding.ASCII.GetBytes(Answer), writable: false)
    {
        public override bool CanWrite => true;

        public override void Write(ReadOnlySpan<byte> buffer) { }

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        ) => default;
    }
}
