using System.Net.Http;
using System.Text.Json;

namespace PolarPS.Client;

/// <summary>
/// What counts as success: an answer that Polar gives, and not just any with a good status. Sign-in pages, firewalls and
/// gateways answer in Polar's place, and a deletion that none of Polar's servers has seen is not done.
/// </summary>
internal static class PolarAnswer
{
    private const string Csv = "text/csv";

    /// <summary>Refuses what is not a JSON document. One that does not name its type is looked at when it is read.</summary>
    public static void EnsureJson(ApiRequest request, HttpRequestMessage message, HttpResponseMessage response)
    {
        if (!IsSuccess(response) || TypeOf(response) is { } type && !IsJson(type))
        {
            throw ResponseErrors.NotPolars(request, message, response);
        }
    }

    /// <summary>Refuses what is neither empty nor, where an operation may answer with it, JSON.</summary>
    public static void EnsureDone(
        ApiRequest request,
        HttpRequestMessage message,
        HttpResponseMessage response,
        bool mayBeJson
    )
    {
        var type = TypeOf(response);
        var isDone =
            LengthOf(response) == 0 ? type is null || IsJson(type) : mayBeJson && type is not null && IsJson(type);
        if (!IsSuccess(response) || !isDone)
        {
            throw ResponseErrors.NotPolars(request, message, response);
        }
    }

    /// <summary>Refuses what is not a CSV document, whole.</summary>
    public static void EnsureCsv(ApiRequest request, HttpRequestMessage message, HttpResponseMessage response)
    {
        if ((int)response.StatusCode != 200 || !IsCsv(TypeOf(response)))
        {
            throw ResponseErrors.NotPolars(request, message, response, "CSV");
        }
    }

    /// <summary>Refuses what no operation of Polar's answers with.</summary>
    public static void EnsureAny(
        ApiRequest request,
        HttpRequestMessage message,
        HttpResponseMessage response,
        string text
    )
    {
        var type = TypeOf(response);
        var isPolars = type is null ? text.Length == 0 || IsDocument(text) : IsJson(type) || IsCsv(type);
        if (!IsSuccess(response) || !isPolars)
        {
            throw ResponseErrors.NotPolars(request, message, response);
        }
    }

    /// <summary>Whether a media type is that of JSON.</summary>
    public static bool IsJson(string type) =>
        type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        || (
            type.StartsWith("application/", StringComparison.OrdinalIgnoreCase)
            && type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
        );

    private static bool IsDocument(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Others of the same hundred tell of a part, or of something that another has changed.
    private static bool IsSuccess(HttpResponseMessage response) => (int)response.StatusCode is 200 or 201 or 202 or 204;

    private static bool IsCsv(string? type) => Csv.Equals(type, StringComparison.OrdinalIgnoreCase);

    // One that cannot be read is a type, too, and none of Polar's.
    private static string? TypeOf(HttpResponseMessage response)
    {
        if (response.Content?.Headers is not { } headers)
        {
            return null;
        }

        return headers.ContentType?.MediaType
            ?? (
                headers.TryGetValues("Content-Type", out var values)
                && values.Any(text => !string.IsNullOrWhiteSpace(text))
                    ? string.Empty
                    : null
            );
    }

    // The body is in memory by now.
    private static long LengthOf(HttpResponseMessage response) => response.Content?.Headers.ContentLength ?? 0;
}
