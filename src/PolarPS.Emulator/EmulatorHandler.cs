using System.Net;
using System.Net.Http;

namespace PolarPS.Emulator;

/// <summary>The emulator in the place of the network, inside the process.</summary>
internal sealed class EmulatorHandler : HttpMessageHandler
{
    private readonly PolarEmulator _emulator;

    public EmulatorHandler(PolarEmulator emulator) => _emulator = emulator;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var address = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        var asked = new EmulatorRequest(
            request.Method.Method,
            address.AbsolutePath,
            address.Query.TrimStart('?'),
            Headers(request),
            _ => request.Content?.ReadAsByteArrayAsync() ?? Task.FromResult(Array.Empty<byte>())
        )
        {
            Origin = address.GetLeftPart(UriPartial.Authority),
        };
        EmulatorResponse answer;
        try
        {
            answer = await _emulator.HandleAsync(asked, cancellationToken).ConfigureAwait(false);
        }
        catch (EmulatorStoppedException stopped)
        {
            throw new HttpRequestException(stopped.Message, stopped);
        }

        if (answer.Connection == EmulatorConnection.Dropped)
        {
            throw new HttpRequestException(
                "The connection was closed before a response arrived.",
                new IOException("The connection was closed.")
            );
        }

        return ToMessage(request, answer);
    }

    // As they would go over the wire: with the length, where it is known beforehand.
    private static IEnumerable<KeyValuePair<string, string>> Headers(HttpRequestMessage request)
    {
        foreach (var header in request.Headers)
        {
            yield return new KeyValuePair<string, string>(header.Key, string.Join(", ", header.Value));
        }

        if (request.Content is null)
        {
            if (request.Method.Method is not ("GET" or "HEAD" or "DELETE" or "OPTIONS" or "TRACE" or "CONNECT"))
            {
                yield return new KeyValuePair<string, string>("Content-Length", "0");
            }

            yield break;
        }

        var length = request.Headers.TransferEncodingChunked == true ? null : request.Content.Headers.ContentLength;
        foreach (var header in request.Content.Headers.Where(header => header.Key != "Content-Length"))
        {
            yield return new KeyValuePair<string, string>(header.Key, string.Join(", ", header.Value));
        }

        if (length is { } known)
        {
            yield return new KeyValuePair<string, string>(
                "Content-Length",
                known.ToString(System.Globalization.CultureInfo.InvariantCulture)
            );
        }
    }

    private static HttpResponseMessage ToMessage(HttpRequestMessage request, EmulatorResponse answer)
    {
        HttpContent content =
            answer.Connection == EmulatorConnection.Truncated
                ? new StreamContent(new BrokenStream(answer.Body, answer.SentBytes))
                : new ByteArrayContent(answer.Body);
        var message = new HttpResponseMessage((HttpStatusCode)answer.StatusCode)
        {
            RequestMessage = request,
            Content = content,
        };
        content.Headers.ContentLength = answer.Body.Length;
        foreach (var header in answer.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return message;
    }
}
