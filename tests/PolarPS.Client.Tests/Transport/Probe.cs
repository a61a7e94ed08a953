using System.Collections.Concurrent;
using System.Net.Http;
using PolarPS.Http;
using Xunit;

namespace PolarPS.Client.Tests.Transport;

/// <summary>
/// The words of the contract, written out: the constants themselves are compiled into both assemblies, and a change of one
/// shall be noticed.
/// </summary>
internal static class Words
{
    public const string BaseAddress = "BaseAddress";
    public const string Token = "Token";
    public const string Repeatable = "PolarPS.Repeatable";
    public const string OwnToken = "PolarPS.OwnToken";
    public const string StreamBody = "PolarPS.StreamBody";
    public const string Trace = "PolarPS.Trace";
    public const string TraceBodies = "PolarPS.TraceBodies";
    public const string Attempts = "PolarPS.Attempts";
    public const string MayHaveReached = "PolarPS.MayHaveReached";
    public const string WasHeldBack = "PolarPS.WasHeldBack";
    public const string SentLately = "PolarPS.SentLately";
    public const string TraceWaitsOnly = "PolarPS.TraceWaitsOnly";
}

/// <summary>One request through the transport, and all that came of it.</summary>
internal sealed class Probe
{
    public const string Secret = "polar_oat_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    private readonly ConcurrentQueue<(string Kind, string Text)> _traces = new();

    public Probe(HttpMethod method, string address, HttpContent? content = null)
    {
        Request = new HttpRequestMessage(method, new Uri(address, UriKind.RelativeOrAbsolute)) { Content = content };
        Set(Words.Trace, (Action<string, string>)((kind, text) => _traces.Enqueue((kind, text))));
    }

    public HttpRequestMessage Request { get; }

    public HttpCompletionOption Completion { get; init; } = HttpCompletionOption.ResponseHeadersRead;

    public HttpResponseMessage? Response { get; private set; }

    public Exception? Failure { get; private set; }

    public int Attempts => (int)Bag[Words.Attempts]!;

    public bool MayHaveReached => (bool)Bag[Words.MayHaveReached]!;

    public bool WasHeldBack => (bool)Bag[Words.WasHeldBack]!;

    public int SentLately => (int)Bag[Words.SentLately]!;

    public string Outcome =>
        Failure?.GetType().Name
        ?? ((int)Response!.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private IDictionary<string, object?> Bag => Request.Options;

    /// <summary>Quick to try again; only a test of the limits themselves has one that may come into play.</summary>
    public static TransportOptions Fast(Uri address, string? token = Secret, double attempt = 30) =>
        new(address)
        {
            Token = () => token,
            BackoffBase = TimeSpan.FromMilliseconds(10),
            BackoffCap = TimeSpan.FromMilliseconds(40),
            AttemptTimeout = TimeSpan.FromSeconds(attempt),
            TotalTimeout = TimeSpan.FromSeconds(60),
            UseProxy = false,
        };

    public IReadOnlyList<string> Traces(string kind) =>
        [.. _traces.Where(trace => trace.Kind == kind).Select(static trace => trace.Text)];

    public Probe Set(string word, object value)
    {
        Bag[word] = value;
        return this;
    }

    public async Task<Probe> SendAsync(HttpClient client, CancellationToken cancellationToken = default)
    {
        try
        {
            Response = await client.SendAsync(Request, Completion, cancellationToken);
        }
        catch (Exception exception)
        {
            Failure = exception;
        }

        // Holds for every request of every test.
        Assert.DoesNotContain(_traces, static trace => trace.Text.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, Failure?.ToString() ?? string.Empty, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Request.ToString(), StringComparison.Ordinal);
        for (var cause = Failure; cause is not null; cause = cause.InnerException)
        {
            Assert.StartsWith("System.", cause.GetType().FullName, StringComparison.Ordinal);
        }

        return this;
    }

    public Task<string> BodyAsync() => Response!.Content.ReadAsStringAsync();
}
