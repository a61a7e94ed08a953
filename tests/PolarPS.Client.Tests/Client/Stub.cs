using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Client.Tests.Client;

/// <summary>A request as it would have left.</summary>
internal sealed record Sent(string Method, Uri Address, string? Body, string? ContentType, bool Repeatable)
{
    /// <summary>Path and query, exactly as they go onto the wire.</summary>
    public string Target => Address.PathAndQuery;

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
}

/// <summary>Stands where the network would be: answers as it is told and remembers what was asked.</summary>
internal sealed class Stub : HttpMessageHandler
{
    // The words that client and transport exchange, written out: they are compiled into both.
    public const string AttemptsKey = "PolarPS.Attempts";
    public const string MayHaveReachedKey = "PolarPS.MayHaveReached";
    private const string RepeatableKey = "PolarPS.Repeatable";

    private readonly Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> _answer;
    private readonly ConcurrentQueue<Sent> _requests = new();

    public Stub(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answer = answer;
        Http = new HttpClient(this) { BaseAddress = new Uri("https://polar.test"), Timeout = Timeout.InfiniteTimeSpan };
        Client = new PolarClient(Http);
    }

    public Stub(Func<HttpRequestMessage, HttpResponseMessage> answer)
        : this((request, _) => Task.FromResult(answer(request))) { }

    /// <summary>Answers everything with this document.</summary>
    public Stub(string json)
        : this(request => PolarLike.Fit(request, Answer(json))) { }

    public HttpClient Http { get; }

    public PolarClient Client { get; }

    public IReadOnlyList<Sent> Requests => [.. _requests];

    public Sent Request => Requests.Single();

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
        IDictionary<string, object?> bag = request.Options;
        _requests.Enqueue(
            new Sent(
                request.Method.Method,
                request.RequestUri!,
                request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken),
                request.Content?.Headers.ContentType?.ToString(),
                bag.TryGetValue(RepeatableKey, out var repeatable) && repeatable is true
            )
        );
        return await _answer(request, cancellationToken);
    }
}
