using System.Net;
using System.Net.Http;
using System.Text;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

public class RetryTests
{
    private const bool Reached = true;

    private static readonly Dictionary<string, Case> Cases = new()
    {
        // What the server says.
        ["GET 200"] = new("GET", null, [Ok], 1, "200", !Reached),
        ["GET 404"] = new("GET", null, [Status(404)], 1, "404", !Reached),
        ["GET 501"] = new("GET", null, [Status(501)], 1, "501", !Reached),
        ["GET 307"] = new("GET", null, [Status(307, "", "Location: /elsewhere")], 1, "307", !Reached),
        ["GET 500 once"] = new("GET", null, [Status(500), Ok], 2, "200", Reached),
        ["GET 500 always"] = new("GET", null, [Status(500)], 5, "500", Reached),
        ["GET 502 once"] = new("GET", null, [Status(502), Ok], 2, "200", Reached),
        ["GET 503 once"] = new("GET", null, [Status(503), Ok], 2, "200", Reached),
        ["GET 503 with wait"] = new("GET", null, [Status(503, "", "Retry-After: 0"), Ok], 2, "200", Reached),
        ["GET 504 once"] = new("GET", null, [Status(504), Ok], 2, "200", Reached),
        ["GET 408 once"] = new("GET", null, [Status(408), Ok], 2, "200", Reached),
        ["GET 522 once"] = new("GET", null, [Status(522), Ok], 2, "200", Reached),
        ["HEAD 500 once"] = new("HEAD", null, [Status(500), Status(200)], 2, "200", Reached),
        ["POST 500"] = new("POST", null, [Status(500), Ok], 1, "500", Reached),
        ["POST 502"] = new("POST", null, [Status(502), Ok], 1, "502", Reached),
        ["POST 503"] = new("POST", null, [Status(503), Ok], 1, "503", Reached),
        ["POST 503 with wait"] = new("POST", null, [Status(503, "", "Retry-After: 0"), Ok], 1, "503", Reached),
        ["POST 504"] = new("POST", null, [Status(504), Ok], 1, "504", Reached),
        ["POST 408"] = new("POST", null, [Status(408), Ok], 1, "408", Reached),
        ["POST 422"] = new("POST", null, [Status(422), Ok], 1, "422", !Reached),
        ["PATCH 500"] = new("PATCH", null, [Status(500), Ok], 1, "500", Reached),
        ["DELETE 500"] = new("DELETE", null, [Status(500), Ok], 1, "500", Reached),
        ["repeatable POST 500 once"] = new("POST", true, [Status(500), Ok], 2, "200", Reached),
        ["repeatable DELETE 503 once"] = new("DELETE", true, [Status(503), Status(204)], 2, "204", Reached),
        ["GET not repeatable 500"] = new("GET", false, [Status(500), Ok], 1, "500", Reached),
        // Throttling.
        ["GET 429 with wait"] = new("GET", null, [Status(429, "", "Retry-After: 0"), Ok], 2, "200", !Reached),
        ["POST 429 with wait"] = new("POST", null, [Status(429, "", "Retry-After: 0"), Ok], 2, "200", !Reached),
        ["POST 429 always"] = new("POST", null, [Status(429, "", "Retry-After: 0")], 5, "429", !Reached),
        ["POST 429 negative wait"] = new("POST", null, [Status(429, "", "Retry-After: -5"), Ok], 2, "200", !Reached),
        ["POST 429 past date"] = new(
            "POST",
            null,
            [Status(429, "", "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"), Ok],
            2,
            "200",
            !Reached
        ),
        ["GET 429 without wait"] = new("GET", null, [Status(429, "{}"), Ok], 1, "429", !Reached),
        ["repeatable POST 429 without wait"] = new("POST", true, [Status(429, "{}"), Ok], 1, "429", !Reached),
        ["GET 429 unreadable wait"] = new("GET", null, [Status(429, "", "Retry-After: soon"), Ok], 1, "429", !Reached),
        ["GET 429 endless wait"] = new("GET", null, [Status(429, "", "Retry-After: 1800"), Ok], 1, "429", !Reached),
        ["GET 429 absurd wait"] = new("GET", null, [Status(429, "", "Retry-After: 9e99"), Ok], 1, "429", !Reached),
        ["GET 429 far date"] = new(
            "GET",
            null,
            [Status(429, "", "Retry-After: Wed, 21 Oct 2099 07:28:00 GMT"), Ok],
            1,
            "429",
            !Reached
        ),
        ["GET 503 endless wait"] = new("GET", null, [Status(503, "", "Retry-After: 1800"), Ok], 1, "503", Reached),
        // No answer, or a torn one.
        ["GET dropped once"] = new("GET", null, [Drop, Ok], 2, "200", Reached),
        ["GET dropped always"] = new("GET", null, [Drop], 5, "HttpRequestException", Reached),
        ["POST dropped"] = new("POST", null, [Drop, Ok], 1, "HttpRequestException", Reached),
        ["PUT dropped"] = new("PUT", null, [Drop, Ok], 1, "HttpRequestException", Reached),
        ["DELETE dropped"] = new("DELETE", null, [Drop, Ok], 1, "HttpRequestException", Reached),
        ["repeatable POST dropped once"] = new("POST", true, [Drop, Ok], 2, "200", Reached),
        ["GET truncated once"] = new("GET", null, [Truncated, Ok], 2, "200", Reached),
        ["GET truncated always"] = new("GET", null, [Truncated], 5, "HttpRequestException", Reached),
        ["POST truncated"] = new("POST", null, [Truncated, Ok], 1, "HttpRequestException", Reached),
        ["GET silent once"] = new("GET", null, [Silent, Ok], 2, "200", Reached),
        ["GET silent always"] = new("GET", null, [Silent], 5, "TimeoutException", Reached),
        ["POST silent"] = new("POST", null, [Silent, Ok], 1, "TimeoutException", Reached),
        ["GET silent body once"] = new("GET", null, [SilentBody, Ok], 2, "200", Reached),
        ["POST silent body"] = new("POST", null, [SilentBody, Ok], 1, "TimeoutException", Reached),
        ["GET different troubles"] = new(
            "GET",
            null,
            [Drop, Status(500), Truncated, Status(429, "", "Retry-After: 0"), Ok],
            5,
            "200",
            Reached
        ),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Rule(string name)
    {
        var expected = Cases[name];
        await using var server = new LoopbackServer(expected.Replies);
        // An attempt that shall succeed after a silent one gets more time, for the sake of busy computers.
        var limit =
            !name.Contains("silent", StringComparison.Ordinal) ? 30
            : expected.Outcome == "200" ? 1
            : 0.7;
        using var client = PolarHttp.Create(Probe.Fast(server.Address, attempt: limit));
        var probe = new Probe(new HttpMethod(expected.Method), "/v1/things/", ContentFor(expected.Method));
        if (expected.Repeatable is { } repeatable)
        {
            probe.Set(Words.Repeatable, repeatable);
        }

        await probe.SendAsync(client);

        Assert.Equal(expected.Outcome, probe.Outcome);
        Assert.Equal(expected.Requests, server.Requests.Count);
        Assert.Equal(expected.Requests, probe.Attempts);
        Assert.Equal(expected.Reached, probe.MayHaveReached);
        Assert.Equal(expected.Requests, probe.Traces("verbose").Count);
        if (expected.Method is "POST" or "PUT" or "PATCH")
        {
            Assert.All(server.Requests, static seen => Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(seen.Body)));
        }
    }

    [Fact]
    public async Task HangingUpWithoutReadingCountsAsReached()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accepted = 0;
        using var stop = new CancellationTokenSource();
        var serving = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var connection = await listener.AcceptTcpClientAsync(stop.Token);
                accepted++;
                // Long enough for the request to be on its way.
                await Task.Delay(50, stop.Token);
                connection.Client.LingerState = new System.Net.Sockets.LingerOption(true, 0);
            }
        });
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        using var client = PolarHttp.Create(Probe.Fast(address));

        var post = await new Probe(HttpMethod.Post, "/v1/refunds/", ContentFor("POST")).SendAsync(client);
        Assert.Equal(nameof(HttpRequestException), post.Outcome);
        Assert.Equal((1, 1, true), (post.Attempts, accepted, post.MayHaveReached));

        var get = await new Probe(HttpMethod.Get, "/v1/refunds/").SendAsync(client);
        Assert.Equal((5, 6), (get.Attempts, accepted));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task RefusedConnectionIsTriedAgainWhateverTheMethod(string method)
    {
        using var client = PolarHttp.Create(Probe.Fast(ClosedPort()));

        var probe = await new Probe(new HttpMethod(method), "/v1/refunds/", ContentFor(method)).SendAsync(client);

        Assert.Equal(nameof(HttpRequestException), probe.Outcome);
        Assert.Equal((5, false), (probe.Attempts, probe.MayHaveReached));
    }

    [Fact]
    public async Task BodylessPostIsNotSentTwiceOnAStaleConnection()
    {
        // The second request goes out on the first one's connection, where the framework itself likes to try again.
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Delete })
        {
            await using var server = new LoopbackServer(Ok, Drop, Ok);
            using var client = PolarHttp.Create(Probe.Fast(server.Address));
            await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

            var probe = await new Probe(method, "/v1/things/1").SendAsync(client);

            Assert.Equal(nameof(HttpRequestException), probe.Outcome);
            Assert.Equal((1, true), (probe.Attempts, probe.MayHaveReached));
            Assert.Equal((2, 1), (server.Requests.Count, server.Connections));
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task UnknownNameIsTriedTwice(string method)
    {
        using var client = PolarHttp.Create(Probe.Fast(new Uri("https://no-such-host.invalid/")));

        var probe = await new Probe(new HttpMethod(method), "/v1/things/", ContentFor(method)).SendAsync(client);

        Assert.Equal(nameof(HttpRequestException), probe.Outcome);
        Assert.Equal((2, false), (probe.Attempts, probe.MayHaveReached));
    }

    [Fact]
    public async Task NoRetriesMeansOneRequest()
    {
        await using var server = new LoopbackServer(Status(500));
        using var client = PolarHttp.Create(new TransportOptions(server.Address) { MaximumRetries = 0 });

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal(("500", 1), (probe.Outcome, server.Requests.Count));
    }

    [Fact]
    public async Task TotalLimitEndsARequestThatHasAttemptsLeft()
    {
        await using var server = new LoopbackServer(Silent);
        using var client = PolarHttp.Create(
            new TransportOptions(server.Address)
            {
                AttemptTimeout = TimeSpan.FromMilliseconds(400),
                TotalTimeout = TimeSpan.FromMilliseconds(1100),
                BackoffBase = TimeSpan.FromMilliseconds(10),
            }
        );

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal(nameof(TimeoutException), probe.Outcome);
        Assert.InRange(probe.Attempts, 1, 3);
        Assert.True(probe.MayHaveReached);
        Assert.Contains("1.1 s", probe.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains($"{probe.Attempts} attempt", probe.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttemptLimitIsNamedInTheMessage()
    {
        await using var server = new LoopbackServer(Silent);
        using var client = PolarHttp.Create(Probe.Fast(server.Address, attempt: 0.3));

        var probe = await new Probe(HttpMethod.Post, "/v1/things/").SendAsync(client);

        Assert.Contains("0.3 s", probe.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("1 attempt ", probe.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BackoffThatDoesNotFitHandsTheAnswerOver()
    {
        await using var server = new LoopbackServer(Status(500, "broken"));
        using var client = PolarHttp.Create(
            new TransportOptions(server.Address)
            {
                TotalTimeout = TimeSpan.FromSeconds(2),
                BackoffBase = TimeSpan.FromSeconds(60),
                BackoffCap = TimeSpan.FromSeconds(60),
            }
        );

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal(("500", 1), (probe.Outcome, probe.Attempts));
        Assert.Equal("broken", await probe.BodyAsync());
    }

    [Theory]
    [InlineData("delta")]
    [InlineData("date")]
    public async Task WaitsAtLeastAsLongAsAsked(string form)
    {
        await using var server = new LoopbackServer(
            (_, index) =>
                index > 0 ? Ok
                : form == "delta" ? Status(429, "", "Retry-After: 1")
                // The server's clock is a day behind; what counts is the difference.
                : Status(
                    429,
                    "",
                    "Date: " + DateTimeOffset.UtcNow.AddDays(-1).ToString("r", CultureInfo.InvariantCulture),
                    "Retry-After: "
                        + DateTimeOffset.UtcNow.AddDays(-1).AddSeconds(1).ToString("r", CultureInfo.InvariantCulture)
                )
        );
        using var client = PolarHttp.Create(Probe.Fast(server.Address));

        var probe = await new Probe(HttpMethod.Post, "/v1/things/").SendAsync(client);

        Assert.Equal("200", probe.Outcome);
        Assert.InRange((server.Requests[1].At - server.Requests[0].At).TotalSeconds, 0.99, 6);
    }

    [Fact]
    public async Task AnswersOfEarlierAttemptsAreDisposedOf()
    {
        var answers = new List<WatchedAnswer>();
        using var inner = new Stub(_ =>
        {
            answers.Add(
                new WatchedAnswer { StatusCode = answers.Count < 2 ? HttpStatusCode.BadGateway : HttpStatusCode.OK }
            );
            return answers[^1];
        });
        using var client = PolarHttp.Create(InProcess(inner));

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal(("200", 3), (probe.Outcome, probe.Attempts));
        Assert.Equal([true, true, false], answers.Select(static answer => answer.IsDisposed));
    }

    [Theory]
    [InlineData("GET", 5)]
    [InlineData("POST", 1)]
    public async Task HandlerInsideTheProcessCountsAsReached(string method, int attempts)
    {
        using var inner = new Stub(HttpResponseMessage (_) => throw new HttpRequestException("torn"));
        using var client = PolarHttp.Create(InProcess(inner));

        var probe = await new Probe(new HttpMethod(method), "/v1/things/").SendAsync(client);

        Assert.Equal("torn", probe.Failure!.Message);
        Assert.Equal((attempts, true), (probe.Attempts, probe.MayHaveReached));
    }

    [Fact]
    public async Task SilentHandshakeIsNoConnection()
    {
        // Accepts the connection and never speaks TLS: nothing of the request can have arrived.
        await using var server = new LoopbackServer(
            static (_, _) => Ok,
            static async (stream, stop) =>
            {
                await Task.Delay(Timeout.Infinite, stop);
                return stream;
            }
        );
        using var client = PolarHttp.Create(
            new TransportOptions(server.SecureAddress)
            {
                ConnectTimeout = TimeSpan.FromMilliseconds(100),
                BackoffBase = TimeSpan.FromMilliseconds(10),
                MaximumRetries = 1,
            }
        );

        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Get })
        {
            var probe = await new Probe(method, "/v1/things/").SendAsync(client);

            Assert.Equal(nameof(HttpRequestException), probe.Outcome);
            Assert.Equal((2, false), (probe.Attempts, probe.MayHaveReached));
        }
    }

    internal static Uri ClosedPort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    private static TransportOptions InProcess(HttpMessageHandler handler) =>
        new(new Uri("https://emulator.example/"))
        {
            InnermostHandler = handler,
            BackoffBase = TimeSpan.FromMilliseconds(10),
            BackoffCap = TimeSpan.FromMilliseconds(40),
        };

    private static StringContent? ContentFor(string method) =>
        method is "POST" or "PUT" or "PATCH" ? new StringContent("{\"a\":1}", Encoding.UTF8, "application/json") : null;

    private sealed record Case(
        string Method,
        bool? Repeatable,
        Reply[] Replies,
        int Requests,
        string Outcome,
        bool Reached
    );

    private sealed class WatchedAnswer : HttpResponseMessage
    {
        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
