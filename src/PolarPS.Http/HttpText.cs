using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;

namespace PolarPS.Http;

/// <summary>
/// Requests and responses as readable text. Secrets in bodies are the redactor's; a header's value is shown only if its name
/// is known to be harmless.
/// </summary>
internal static class HttpText
{
    private const int BodyLimit = 64 * 1024;

    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept",
        "Allow",
        "Cache-Control",
        "Connection",
        "Content-Disposition",
        "Content-Encoding",
        "Content-Length",
        "Content-Type",
        "Date",
        "Location",
        "Polar-Organization",
        "Polar-Version",
        "Retry-After",
        "Server",
        "Transfer-Encoding",
        "User-Agent",
        "Vary",
        "WWW-Authenticate",
        "X-Polar-Deprecation-Notice",
        "X-Polar-Sandbox",
    };

    public static async Task<string> OfAsync(HttpRequestMessage request, string? secret)
    {
        var text = new StringBuilder();
        text.Append(request.Method).Append(' ').Append(request.RequestUri!.PathAndQuery).Append('\n');
        Append(text, request.Headers);
        // Reading the watched content itself would look like sending it.
        await AppendAsync(text, request.Content, (request.Content as WatchedContent)?.Inner, false, secret)
            .ConfigureAwait(false);
        return text.ToString();
    }

    public static async Task<string> OfAsync(HttpResponseMessage response, bool streamed, string? secret)
    {
        var text = new StringBuilder();
        text.Append(Show.Status(response)).Append('\n');
        Append(text, response.Headers);
        await AppendAsync(text, response.Content, response.Content, streamed, secret).ConfigureAwait(false);
        return text.ToString();
    }

    private static void Append(StringBuilder text, HttpHeaders headers)
    {
        foreach (var header in headers)
        {
            var value =
                Harmless.Contains(header.Key) ? string.Join(", ", header.Value)
                : header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
                && header.Value.FirstOrDefault()?.StartsWith("Bearer ", StringComparison.Ordinal) == true
                    ? "Bearer " + Redactor.Mark
                : Redactor.Mark;
            text.Append(header.Key).Append(": ").Append(value).Append('\n');
        }
    }

    private static async Task AppendAsync(
        StringBuilder text,
        HttpContent? described,
        HttpContent? body,
        bool streamed,
        string? secret
    )
    {
        if (described is null || body is null)
        {
            return;
        }

        Append(text, described.Headers);
        if (streamed)
        {
            text.Append("\n(body not shown: it is streamed)");
            return;
        }

        var bytes = await body.ReadAsByteArrayAsync().ConfigureAwait(false);
        if (bytes.Length == 0)
        {
            return;
        }

        text.Append('\n');
        var type = described.Headers.ContentType?.MediaType ?? "text/plain";
        if (!IsText(type))
        {
            text.AppendFormat(CultureInfo.InvariantCulture, "({0} bytes of {1})", bytes.Length, type);
            return;
        }

        // Redacted with a margin beyond the cut: a secret cut in two would not be recognised.
        var shown = Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, 2 * BodyLimit));
        shown = Redactor.Redact(shown, secret);
        if (bytes.Length <= BodyLimit && shown.Length <= BodyLimit)
        {
            text.Append(shown);
            return;
        }

        text.Append(shown, 0, Math.Min(shown.Length, BodyLimit));
        text.AppendFormat(
            CultureInfo.InvariantCulture,
            "\n(cut: the body has {0} bytes, about {1} of them not shown)",
            bytes.Length,
            Math.Max(bytes.Length - BodyLimit, 0)
        );
    }

    private static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || type.EndsWith("json", StringComparison.OrdinalIgnoreCase)
        || type.EndsWith("xml", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
}
