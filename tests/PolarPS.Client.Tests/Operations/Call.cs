using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Client.Tests.Operations;

/// <summary>Takes the network's place: gives one answer after another, and keeps what was sent.</summary>
internal sealed class Call(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
{
    private int _next;

    public List<string> Lines { get; } = [];

    public List<string?> Bodies { get; } = [];

    public List<bool> Repeatable { get; } = [];

    public PolarClient Client => new(new HttpClient(this, false) { BaseAddress = new Uri("https://polar.example") });

    public static Call Answering(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(() => Json(json, status));

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Csv(string text, string? disposition)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(text, Encoding.UTF8, "text/csv"),
        };
        response.Content.Headers.ContentDisposition = disposition is null
            ? null
            : ContentDispositionHeaderValue.Parse(disposition);
        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Lines.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
        Bodies.Add(request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken));
        Repeatable.Add(
            ((IDictionary<string, object?>)request.Options).TryGetValue("PolarPS.Repeatable", out var value)
                && value is true
        );
        return PolarLike.Fit(request, answers[Math.Min(_next++, answers.Length - 1)]());
    }
}
