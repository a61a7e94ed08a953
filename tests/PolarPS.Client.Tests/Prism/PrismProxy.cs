using System.Collections.Concurrent;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PolarPS.Client.Tests.Conformance;
using Exchange = PolarPS.Client.Tests.Emulator.Exchange;

namespace PolarPS.Client.Tests.Prism;

/// <summary>
/// Prism as a proxy, which judges requests on their way there and answers on their way back. What stands behind it gives
/// the answers that the emulator gave before, so that the judge sees each exchange as it was.
/// </summary>
internal sealed class PrismProxy : IAsyncDisposable
{
    private const string PairHeader = "X-Exchange";
    private const string Violations = "sl-violations";
    private const string Own = "stoplight.io/prism/errors";

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Exchange> _exchanges = new();
    private readonly HttpMessageInvoker _invoker = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }
    );

    private readonly WebApplication _behind;
    private PrismProcess? _prism;
    private Uri? _address;
    private int _count;

    private PrismProxy(WebApplication behind) => _behind = behind;

    /// <summary>Starts one.</summary>
    /// <param name="refuses">Whether it refuses what it objects to (--errors), instead of saying so in a header.</param>
    public static async Task<PrismProxy> StartAsync(bool refuses)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(static server => server.Listen(System.Net.IPAddress.Loopback, 0));
        var proxy = new PrismProxy(builder.Build());
        proxy._behind.Run(proxy.AnswerAsync);
        await proxy._behind.StartAsync();
        var upstream = proxy
            ._behind.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        proxy._prism = await PrismProcess.StartAsync("proxy", refuses, upstream);
        proxy._address = await proxy._prism.AddressAsync();
        return proxy;
    }

    /// <summary>What the judge has against an exchange.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="answersOnly">Whether the request is meant to be wrong, and only the answer counts.</param>
    public async Task<IReadOnlyList<string>> JudgeAsync(Exchange exchange, bool answersOnly)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AskAsync(exchange, answersOnly);
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                // Node closes connections that were idle for a while, and a request may meet that.
                if (attempt == 3)
                {
                    return [$"Prism gives no answer: {exception.Message}"];
                }
            }
        }
    }

    private async Task<IReadOnlyList<string>> AskAsync(Exchange exchange, bool answersOnly)
    {
        var key = Interlocked.Increment(ref _count).ToString(System.Globalization.CultureInfo.InvariantCulture);
        _exchanges[key] = exchange;
        using var request = new HttpRequestMessage(
            new HttpMethod(exchange.Method),
            new Uri(_address!, exchange.Target)
        );
        if (exchange.Body is { } body)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var header in exchange.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        request.Headers.Add(PairHeader, key);
        using var patience = new CancellationTokenSource(AnswerTime);
        using var answer = await _invoker.SendAsync(request, patience.Token);
        var text = await answer.Content.ReadAsStringAsync(patience.Token);
        var objections = new List<string>();
        if (answer.Headers.TryGetValues(Violations, out var headers))
        {
            objections.AddRange(
                headers
                    .SelectMany(Read)
                    .Where(violation => Counts(violation!, answersOnly))
                    .Select(static violation =>
                        $"{string.Join('.', violation!["location"]!.AsArray())}: {violation["message"]}"
                    )
            );
        }

        if (text.Contains(Own, StringComparison.Ordinal) && !answersOnly && !IsOnlyWarning(text))
        {
            objections.Add($"{(int)answer.StatusCode} {text}");
        }

        return objections;
    }

    public async ValueTask DisposeAsync()
    {
        _prism?.Dispose();
        _invoker.Dispose();
        await _behind.DisposeAsync();
    }

    // Where there is much to say, Prism cuts it off: what is whole of it counts.
    private static IEnumerable<JsonNode?> Read(string header)
    {
        const string many = "Too many violations! ";
        if (!header.StartsWith(many, StringComparison.Ordinal))
        {
            return JsonNode.Parse(header)!.AsArray();
        }

        var end = header.LastIndexOf("},{", StringComparison.Ordinal);
        return end > 0
            ? JsonNode.Parse(header[many.Length..(end + 1)] + "]")!.AsArray()
            :
            [
                new JsonObject
                {
                    ["location"] = new JsonArray(
                        header.Contains("{\"location\":[\"request\"", StringComparison.Ordinal) ? "request" : "response"
                    ),
                    ["severity"] = "Error",
                    ["message"] = header.Length > 500 ? header[..500] : header,
                },
            ];
    }

    // What Prism says of itself is text now and then.
    private static bool IsOnlyWarning(string refusal) =>
        refusal.StartsWith('{')
        && JsonNode.Parse(refusal)!["validation"]?.AsArray() is { Count: > 0 } violations
        && violations.All(static violation => violation!["severity"]!.GetValue<string>() == "Warning");

    // That something is deprecated is a warning, and the emulator speaks the whole API.
    private static bool Counts(JsonNode violation, bool answersOnly) =>
        violation["severity"]!.GetValue<string>() == "Error"
        && (!answersOnly || violation["location"]![0]!.GetValue<string>() == "response");

    private async Task AnswerAsync(HttpContext context)
    {
        // To its end, or the connection could not be used again.
        await context.Request.Body.CopyToAsync(System.IO.Stream.Null);
        var exchange = _exchanges[context.Request.Headers[PairHeader].ToString()];
        context.Response.StatusCode = exchange.Status;
        if (exchange.ContentType is { } type)
        {
            context.Response.ContentType = type;
        }

        if (exchange.Answer.Length > 0)
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(exchange.Answer));
        }
    }
}
