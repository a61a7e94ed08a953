using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Client.Tests.Prism;

/// <summary>
/// Sends each request to Prism as it stands, and keeps what Prism has against it. The client itself gets its answer from
/// the stub behind this, so that a made-up answer of Prism's cannot end a call early.
/// </summary>
internal sealed class PrismWitness(HttpMessageInvoker prism, Uri address) : DelegatingHandler
{
    // The header that lists the violations, of the request as of the mocked answer.
    private const string Violations = "sl-violations";

    /// <summary>How many requests it saw.</summary>
    public int Count { get; private set; }

    /// <summary>Each with the request that it is about.</summary>
    public List<string> Objections { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        using var copy = new HttpRequestMessage(request.Method, new Uri(address, request.RequestUri!.PathAndQuery));
        foreach (var header in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        var body = string.Empty;
        if (request.Content is { } content)
        {
            copy.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync(cancellationToken));
            foreach (var header in content.Headers)
            {
                copy.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            body = await content.ReadAsStringAsync(cancellationToken);
        }

        Count++;
        using var answer = await prism.SendAsync(copy, cancellationToken);
        var objections = await ReadAsync(answer, cancellationToken);
        if (objections.Count > 0)
        {
            var sent = $"{request.Method} {request.RequestUri.PathAndQuery} {body}".TrimEnd();
            Objections.Add(
                $"{sent}{string.Concat(objections.Select(static item => $"{Environment.NewLine}    {item}"))}"
            );
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private static async Task<List<string>> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Headers.TryGetValues(Violations, out var headers))
        {
            return
            [
                .. headers
                    .SelectMany(static header => JsonNode.Parse(header)!.AsArray())
                    .Where(static violation => IsObjection(violation!))
                    .Select(static violation => $"{Place(violation!)}: {violation!["message"]}"),
            ];
        }

        // What Prism says in its own name, other than the answers of the description.
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return [];
        }

        return [await answer.Content.ReadAsStringAsync(cancellationToken)];
    }

    // That something is deprecated is a warning, and the client speaks the whole API.
    private static bool IsObjection(JsonNode violation) =>
        violation["location"]![0]!.GetValue<string>() == "request"
        && violation["severity"]!.GetValue<string>() == "Error";

    private static string Place(JsonNode violation) => string.Join('.', violation["location"]!.AsArray());
}
