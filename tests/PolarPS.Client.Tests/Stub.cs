using System.Collections.Concurrent;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace PolarPS.Client.Tests;

/// <summary>A request as it would have left.</summary>
/// <param name="Body">Null for none.</param>
/// <param name="Options">What the client tells the transport, by the words of their contract.</param>
internal sealed record Sent(
    string Method,
    Uri Address,
    string? Body,
    string? ContentType,
    string? Authorization,
    IReadOnlyDictionary<string, object?> Options
)
{
    /// <summary>Path and query, exactly as they go onto the wire.</summary>
    public string Target => Address.PathAndQuery;

    /// <summary>Method and target.</summary>
    public string Line => $"{Method} {Target}";

    /// <summary>The path, decoded.</summary>
    public string Path => Uri.UnescapeDataString(Address.AbsolutePath);

    /// <summary>The query's names and values in order, decoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query =>
        Address.Query.Length <= 1
            ? []
            :
            [
                .. Address
                    .Query[1..]
                    .Split('&')
                    .Select(pair => pair.Split('='))
                    .Select(pair =>
                        KeyValuePair.Create(
                            Uri.UnescapeDataString(pair[0]),
                            // A second equals sign would be a character that was not escaped.
                            Uri.UnescapeDataString(
                                pair.Length == 2 ? pair[1] : throw new FormatException(Address.Query)
                            )
                        )
                    ),
            ];

    /// <summary>The query's values by their names.</summary>
    public ILookup<string, string> Parameters =>
        Query.ToLookup(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal);

    /// <summary>The content type without its parameters.</summary>
    public string? MediaType => ContentType?.Split(';')[0];

    public bool IsForm => MediaType == "application/x-www-form-urlencoded";

    /// <summary>The body as JSON, a form's fields as texts; null when there is none.</summary>
    public JsonNode? Json =>
        string.IsNullOrEmpty(Body) ? null
        : IsForm
            ? new JsonObject(
                Body.Split('&', StringSplitOptions.RemoveEmptyEntries)
                    .Select(static pair => pair.Split('=', 2))
                    .ToLookup(
                        static pair => WebUtility.UrlDecode(pair[0]),
                        static pair => WebUtility.UrlDecode(pair[^1])
                    )
                    .Select(static pair => KeyValuePair.Create(pair.Key, (JsonNode?)string.Join(" ", pair)))
            )
        : JsonNode.Parse(Body);

    /// <summary>Whether the transport may send it again after a fault.</summary>
    public bool Repeatable => Options.GetValueOrDefault("PolarPS.Repeatable") is true;
}

/// <summary>A response to give, as often as it is wanted.</summary>
internal sealed record StubAnswer(int Status, string? Body = null, string MediaType = "application/json")
{
    public HttpResponseMessage ToMessage() =>
        new((HttpStatusCode)Status)
        {
            Content = Body is null ? null : new StringContent(Body, Encoding.UTF8, MediaType),
        };
}

/// <summary>Stands where the network would be: answers as it is told and remembers what was asked.</summary>
internal sealed class Stub : HttpMessageHandler
{
    // The words that client and transport exchange, written out: they are compiled into both.
    public const string AttemptsKey = "PolarPS.Attempts";
    public const string MayHaveReachedKey = "PolarPS.MayHaveReached";

    private readonly Func<HttpRequestMessage, Sent, CancellationToken, Task<HttpResponseMessage>> _answer;
    private readonly ConcurrentQueue<Sent> _requests = new();

    public Stub(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
        : this((request, _, stop) => answer(request, stop)) { }

    public Stub(Func<HttpRequestMessage, HttpResponseMessage> answer)
        : this((request, _, _) => Task.FromResult(answer(request))) { }

    /// <summary>Answers everything with this document.</summary>
    public Stub(string json)
        : this(request => PolarLike.Fit(request, Answer(json))) { }

    private Stub(Func<HttpRequestMessage, Sent, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answer = answer;
        Http = new HttpClient(this) { BaseAddress = new Uri("https://polar.test"), Timeout = Timeout.InfiniteTimeSpan };
        Client = new PolarClient(Http);
    }

    public HttpClient Http { get; }

    public PolarClient Client { get; }

    /// <summary>One more fails the test.</summary>
    public int MostRequests { get; init; } = int.MaxValue;

    public bool IsDisposed { get; private set; }

    public IReadOnlyList<Sent> Requests => [.. _requests];

    public Sent Request => Requests.Single();

    /// <summary>Method and target of each request.</summary>
    public IEnumerable<string> Lines => Requests.Select(static sent => sent.Line);

    /// <summary>Answers the n-th request with the n-th response, and all later ones with the last.</summary>
    public static Stub InTurn(params Func<HttpResponseMessage>[] answers)
    {
        var next = -1;
        return new Stub(request =>
            PolarLike.Fit(request, answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)]())
        );
    }

    /// <summary>Answers everything with this document and status.</summary>
    public static Stub Answering(string json, int status) => InTurn(() => Answer(json, status));

    /// <summary>Answers what was sent.</summary>
    public static Stub Answering(Func<Sent, StubAnswer> answer) =>
        new((_, sent, _) => Task.FromResult(answer(sent).ToMessage()));

    public static HttpResponseMessage Answer(
        string? body,
        int status = 200,
        string? type = "application/json",
        string? headers = null
    )
    {
        var response = new HttpResponseMessage((HttpStatusCode)status);
        if (body is not null)
        {
            response.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            response.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        }

        foreach (var header in (headers ?? string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = header.Split(": ", 2);
            response.Headers.TryAddWithoutValidation(parts[0], parts[1]);
        }

        return response;
    }

    /// <summary>A table as the exports have it.</summary>
    /// <param name="disposition">The header that names the file; null for none.</param>
    public static HttpResponseMessage Csv(string text, string? disposition)
    {
        var response = new StubAnswer(200, text, "text/csv").ToMessage();
        if (disposition is not null)
        {
            response.Content.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
        }

        return response;
    }

    /// <summary>What the transport would have noted about the attempts.</summary>
    public static void Note(HttpRequestMessage request, int attempts, bool mayHaveReached)
    {
        IDictionary<string, object?> bag = request.Options;
        bag[AttemptsKey] = attempts;
        bag[MayHaveReachedKey] = mayHaveReached;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var sent = new Sent(
            request.Method.Method,
            request.RequestUri!,
            request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken),
            request.Content?.Headers.ContentType?.ToString(),
            request.Headers.Authorization?.ToString(),
            new Dictionary<string, object?>(request.Options, StringComparer.Ordinal)
        );
        _requests.Enqueue(sent);
        Assert.InRange(_requests.Count, 1, MostRequests);
        var response = await _answer(request, sent, cancellationToken);
        response.RequestMessage ??= request;
        return response;
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
