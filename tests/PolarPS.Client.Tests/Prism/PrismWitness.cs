using System.Net.Http;
using System.Text.Json.Nodes;

namespace PolarPS.Client.Tests.Prism;

/// <summary>
/// Sends each request to Prism as it stands, and keeps what Prism has against it. The client itself gets its answer from
/// the stub behind this, so that a made-up answer of Prism's cannot end a call early.
/// </summary>
internal sealed class PrismWitness(HttpMessageInvoker prism, Uri address) : DelegatingHandler
{
    // The header that lists the violations, of the request as of the mocked answer.
    private const string Violations = "sl-violations";

    private const string AnswerViolations = "/prism/errors#VIOLATIONS";

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
        var headers = answer.Headers.TryGetValues(Violations, out var values) ? values : [];
        List<string> objections =
        [
            .. headers
                .SelectMany(static header => JsonNode.Parse(header)!.AsArray())
                .Where(static violation => IsObjection(violation!))
                .Select(static violation => $"{Place(violation!)}: {violation!["message"]}"),
        ];
        if (objections.Count == 0 && !answer.IsSuccessStatusCode)
        {
            // The header belongs to answers that the description has; others say it in the body. That its own made-up
            // answer does not keep to the description is not the client's fault.
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (!body.Contains(AnswerViolations, StringComparison.Ordinal))
            {
                objections.Add($"{(int)answer.StatusCode} {body}");
            }
        }

        return objections;
    }

    // That something is deprecated is a warning, and the client speaks the whole API.
    private static bool IsObjection(JsonNode violation) =>
        violation["location"]![0]!.GetValue<string>() == "request"
        && violation["severity"]!.GetValue<string>() == "Error";

    private static string Place(JsonNode violation) => string.Join('.', violation["location"]!.AsArray());
}
