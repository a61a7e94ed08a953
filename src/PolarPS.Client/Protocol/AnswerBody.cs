using System.Net;
using System.Net.Http;

namespace PolarPS.Client;

/// <summary>
/// Reads the body of an answer into memory where the HttpClient has not done so: within a limit of time and of size, and not
/// beyond the caller's patience.
/// </summary>
internal static class AnswerBody
{
    // The same as PolarPS.Http's.
    private const int Limit = 64 * 1024 * 1024;
    private const int RefusalLimit = 1024 * 1024;

    private static readonly TimeSpan RefusalTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(100);

    /// <summary>Puts the body into the answer as one that is in memory.</summary>
    /// <param name="http">The client that the answer came from; its limit holds for the body, too.</param>
    /// <param name="response">The answer. Of a refusal what came in time is enough.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="HttpRequestException">The body is too large, or broke off.</exception>
    /// <exception cref="TimeoutException">It did not arrive in time.</exception>
    public static async Task LoadAsync(
        HttpClient http,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        if (response.Content is not { } source)
        {
            return;
        }

        var isGood = response.IsSuccessStatusCode;
        var time =
            !isGood ? RefusalTimeout
            : http.Timeout > TimeSpan.Zero ? http.Timeout
            : UsualTimeout;
        var body = new BufferedContent();
        var isWhole = false;
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            patience.CancelAfter(time);
            try
            {
                isWhole = await BodyReader
                    .ReadAsync(source, body, isGood ? Limit : RefusalLimit, patience.Token)
                    .ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && IsBreak(exception))
            {
                if (isGood && patience.IsCancellationRequested)
                {
                    throw new TimeoutException(
                        FormattableString.Invariant($"The response did not arrive within {time.TotalSeconds:0.###} s.")
                    );
                }

                if (isGood)
                {
                    throw new HttpRequestException("The response was cut off: " + exception.Message, exception);
                }
            }
        }

        if (isGood && !isWhole)
        {
            throw new HttpRequestException($"The response is larger than {Limit} bytes.");
        }

        foreach (var header in source.Headers)
        {
            if (isWhole || !header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                body.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        response.Content = body;
        // Not waited for: on .NET Framework closing can wait for the rest of the body.
        _ = Task.Run(source.Dispose, CancellationToken.None);
    }

    /// <summary>The bytes of an answer whose body is in memory; good until the answer is disposed of.</summary>
    /// <param name="response">The answer, as this class or PolarPS.Http has left it.</param>
    public static ArraySegment<byte> BytesOf(HttpResponseMessage response)
    {
        // .NET Framework has answers without any.
        if (response.Content is not { } content)
        {
            return new ArraySegment<byte>([]);
        }

        var stream = content.ReadAsStreamAsync().GetAwaiter().GetResult();
        if (stream is MemoryStream memory && memory.TryGetBuffer(out var bytes))
        {
            return bytes;
        }

        // The body has been read before, and HttpContent has kept a copy of its own since then.
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return new ArraySegment<byte>(copy.GetBuffer(), 0, (int)copy.Length);
    }

    private static bool IsBreak(Exception exception) =>
        exception is InvalidDataException or ObjectDisposedException or WebException
        || ResponseErrors.IsNoAnswer(exception);
}
