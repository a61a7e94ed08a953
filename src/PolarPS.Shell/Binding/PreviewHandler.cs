using System.Net.Http;

namespace PolarPS.Commands;

/// <summary>Replaces the network for -WhatIf: it describes what would be sent, and sends nothing.</summary>
internal sealed class PreviewHandler : HttpMessageHandler
{
    private static readonly Uri Nowhere = new("https://preview.invalid/");

    private string _description = string.Empty;

    /// <summary>The request that a call would make: method, path, and body without secrets.</summary>
    public static string Describe(Func<PolarClient, CancellationToken, Task> send)
    {
        var handler = new PreviewHandler();
        using var http = new HttpClient(handler) { BaseAddress = Nowhere };
        try
        {
            send(new PolarClient(http), CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (PolarException)
        {
            // There was no answer, as intended.
        }

        return handler._description;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync().ConfigureAwait(false);
        _description = $"Would send {request.Method} {Redactor.Redact(request.RequestUri!.PathAndQuery)}";
        if (!string.IsNullOrEmpty(body))
        {
            _description += " " + Redactor.Redact(body);
        }

        throw new HttpRequestException("Nothing is sent.");
    }
}
