using System.Collections.Concurrent;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>A request and its answer, as they were.</summary>
internal sealed record Exchange(
    string Operation,
    string Method,
    string Target,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    byte[]? Body,
    int Status,
    string? ContentType,
    string Answer
)
{
    /// <summary>The error's name; null for a success.</summary>
    public string? Error { get; init; }

    public bool IsHappy => Status is >= 200 and < 300;

    public override string ToString() =>
        $"{Operation}: {Method} {Target} {(Body is null ? "" : Encoding.UTF8.GetString(Body))} -> {Status}";
}

/// <summary>
/// What all tests of this run have asked the emulator, and what it answered: a few of each kind, for a judge who looks at
/// them at the end.
/// </summary>
internal static class Traffic
{
    private const int MostOfAKind = 4;

    // What is too large for Polar is of no interest to the judge.
    private const int LargestBody = 1 << 20;

    private static readonly ConcurrentDictionary<string, ConcurrentBag<Exchange>> Kinds = new(StringComparer.Ordinal);

    public static IReadOnlyList<Exchange> All => [.. Kinds.Values.SelectMany(static kind => kind)];

    public static async Task RecordAsync(HttpRequestMessage request, HttpResponseMessage message, string answer)
    {
        var target = request.RequestUri!.IsAbsoluteUri
            ? request.RequestUri.PathAndQuery
            : request.RequestUri.OriginalString;
        var path = target.Split('?')[0];
        if (!ApiDescription.IsThere || ApiDescription.Instance.Match(request.Method.Method, path) is not { } operation)
        {
            return;
        }

        var id = operation.Id;
        var status = (int)message.StatusCode;
        var error = status < 400 ? null : ErrorIn(answer);
        var kind = Kinds.GetOrAdd(
            $"{id} {status} {error} {request.Content?.Headers.ContentType?.MediaType} {request.Headers.Contains("Authorization")}",
            _ => []
        );
        if (kind.Count >= MostOfAKind || request.Content?.Headers.ContentLength > LargestBody)
        {
            return;
        }

        var sent = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync();
        if (sent is not null && request.Content!.Headers.ContentType?.MediaType == "application/json" && !IsJson(sent))
        {
            // Prism never answers to such a body.
            return;
        }

        var headers = request.Headers.Concat(
            request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()
        );
        kind.Add(
            new Exchange(
                id,
                request.Method.Method,
                target,
                [.. headers.Select(static header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value)))],
                sent,
                status,
                message.Content.Headers.ContentType?.ToString(),
                answer
            )
            {
                Error = error,
            }
        );
    }

    private static bool IsJson(byte[] body)
    {
        try
        {
            JsonNode.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? ErrorIn(string answer)
    {
        try
        {
            return JsonNode.Parse(answer) is JsonObject body ? (string?)body["error"] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
