using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Operations;

/// <summary>Takes the network's place for one call, and says what the call sent.</summary>
internal sealed class Wire : HttpMessageHandler
{
    /// <summary>An id as Polar has them.</summary>
    public const string Id = "cc6a16be-f52f-4438-8538-a5a060f58daa";

    /// <summary>Another one.</summary>
    public const string Other = "a2fe683d-e55b-4b0d-9452-350fa52c0255";

    private const string EmptyList = """{"items":[],"pagination":{"total_count":0,"max_page":0}}""";

    private readonly Func<HttpResponseMessage> _answer;

    private Wire(Func<HttpResponseMessage> answer) => _answer = answer;

    public string Request { get; private set; } = string.Empty;

    public string Body { get; private set; } = string.Empty;

    public bool Repeatable { get; private set; }

    /// <summary>A client that gets this one answer.</summary>
    public static (PolarClient Client, Wire Wire) Answering(Func<HttpResponseMessage> answer)
    {
        var wire = new Wire(answer);
        return (new PolarClient(new HttpClient(wire) { BaseAddress = new Uri("https://polar.test/") }), wire);
    }

    /// <summary>A client that gets this JSON.</summary>
    public static PolarClient Answering(string json) => Answering(() => Json(json)).Client;

    /// <summary>Holds a call to what it has to send.</summary>
    /// <param name="call">The call.</param>
    /// <param name="request">Method and address, such as <c>GET /v1/products/</c>.</param>
    /// <param name="body">The body as JSON; null for none.</param>
    /// <param name="repeatable">Whether the call may be sent again after a fault; null where the method says it.</param>
    public static async Task SendsAsync(
        Func<PolarClient, Task> call,
        string request,
        string? body = null,
        bool? repeatable = null
    )
    {
        var (client, wire) = Answering(() => Json("{}"));
        await call(client);
        wire.Verify(request, body, repeatable ?? !request.StartsWith("POST", StringComparison.Ordinal));
    }

    /// <summary>Holds a list to what it has to send; the extent comes last and is not written out.</summary>
    public static async Task ListsAsync<T>(Func<PolarClient, PagedList<T>> call, string address)
        where T : class
    {
        var (client, wire) = Answering(() => Json(EmptyList));
        await foreach (var item in call(client))
        {
            Assert.Fail($"{item} came from an empty list.");
        }

        wire.Verify($"GET {address}{(address.Contains('?') ? '&' : '?')}page=1&limit=100", null, true);
    }

    public static HttpResponseMessage Json(string json) =>
        new(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Assert.Empty(Request);
        Request = $"{request.Method} {request.RequestUri!.AbsoluteUri[("https://polar.test".Length)..]}";
        Body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        Repeatable = ((IDictionary<string, object?>)request.Options)["PolarPS.Repeatable"] is true;
        return PolarLike.Fit(request, _answer());
    }

    private void Verify(string request, string? body, bool repeatable)
    {
        Assert.Equal(request, Request);
        Assert.Equal(body ?? string.Empty, Body);
        Assert.Equal(repeatable, Repeatable);
    }
}
