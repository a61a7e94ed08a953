using System.Net;
using System.Text;

namespace PolarPS.Client.Tests.Transport;

/// <summary>Writes an answer; false closes the connection afterwards.</summary>
internal delegate Task<bool> Reply(Stream stream, CancellationToken stop);

internal static class Replies
{
    /// <summary>Reads the request and hangs up.</summary>
    public static Reply Drop => static (_, _) => Task.FromResult(false);

    /// <summary>Announces more than it sends.</summary>
    public static Reply Truncated => Cut(200);

    /// <summary>Never answers.</summary>
    public static Reply Silent =>
        static async (_, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return false;
        };

    /// <summary>Sends the head and the first byte of the body, and no more.</summary>
    public static Reply SilentBody =>
        static async (stream, stop) =>
        {
            await WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", stop);
            await Task.Delay(Timeout.Infinite, stop);
            return false;
        };

    public static Reply Ok => Status(200, "{}");

    public static Reply Cut(int status) =>
        async (stream, stop) =>
        {
            await WriteAsync(stream, $"HTTP/1.1 {status} Cut\r\nContent-Length: 100\r\n\r\n{{\"items\":", stop);
            return false;
        };

    public static Reply Status(int status, string body = "", params string[] headers) =>
        Bytes(status, Encoding.UTF8.GetBytes(body), headers);

    public static Reply Bytes(int status, byte[] body, params string[] headers) =>
        async (stream, stop) =>
        {
            var lines = headers
                .Prepend($"HTTP/1.1 {status} {Phrase(status)}")
                .Append($"Content-Length: {body.Length}")
                .Append("\r\n");
            await WriteAsync(stream, string.Join("\r\n", lines), stop);
            await stream.WriteAsync(body, stop);
            return true;
        };

    private static string Phrase(int status) =>
        status switch
        {
            200 => "OK",
            429 => "Too Many Requests",
            _ => ((HttpStatusCode)status).ToString(),
        };

    private static Task WriteAsync(Stream stream, string text, CancellationToken stop) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop).AsTask();
}
