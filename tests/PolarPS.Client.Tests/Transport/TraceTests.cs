using System.Net.Http;
using System.Text;
using PolarPS.Http;
using PolarPS.OpenApi;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

public class TraceTests
{
    [Fact]
    public async Task OneLinePerAttempt()
    {
        await using var server = new LoopbackServer(Status(429, "", "Retry-After: 0"), Status(500), Drop, Silent, Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address, attempt: 3));

        var probe = await new Probe(HttpMethod.Get, "/v1/products/?page=2&limit=100").SendAsync(client);

        var lines = probe.Traces("verbose");
        Assert.Equal(5, lines.Count);
        const string start = @"^GET /v1/products/\?page=2&limit=100 -> ";
        Assert.Matches(
            start + @"429 Too Many Requests in (\d+ ms|\d\.\d s); waiting 0\.0 s as the server asks$",
            lines[0]
        );
        Assert.Matches(
            start + @"500 InternalServerError in (\d+ ms|\d\.\d s) \(attempt 2 of 5\); trying again in 0\.0 s$",
            lines[1]
        );
        Assert.Matches(
            start + @"no response: .+ in (\d+ ms|\d\.\d s) \(attempt 3 of 5\); trying again in 0\.0 s$",
            lines[2]
        );
        Assert.Matches(
            start + @"no response: time-out in (\d+ ms|\d\.\d s) \(attempt 4 of 5\); trying again in 0\.\d s$",
            lines[3]
        );
        Assert.Matches(start + @"200 OK in (\d+ ms|\d\.\d s) \(attempt 5 of 5\)$", lines[4]);
        Assert.Empty(probe.Traces("debug"));
    }

    [Fact]
    public async Task WhereNothingShowsTheAttemptsOnlyWaitsAreTold()
    {
        await using var server = new LoopbackServer(Status(429, "", "Retry-After: 2"), Status(500), Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address));

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").Set(Words.TraceWaitsOnly, true).SendAsync(client);

        Assert.Equal(("200", 3), (probe.Outcome, probe.Attempts));
        Assert.Empty(probe.Traces("verbose"));
        Assert.Empty(probe.Traces("debug"));
        Assert.Equal("Polar asks to wait 2 s (rate limit)", Assert.Single(probe.Traces("wait")));
    }

    [Fact]
    public async Task SecondsAreShownAsSeconds()
    {
        await using var server = new LoopbackServer(Silent);
        using var client = PolarHttp.Create(
            new TransportOptions(server.Address) { AttemptTimeout = TimeSpan.FromSeconds(1.1) }
        );

        var probe = await new Probe(HttpMethod.Post, "/v1/things/").SendAsync(client);

        Assert.Matches(
            @"^POST /v1/things/ -> no response: time-out in \d\.\d s$",
            Assert.Single(probe.Traces("verbose"))
        );
    }

    [Fact]
    public async Task SecretsAreTakenOutOfTheAddress()
    {
        await using var server = new LoopbackServer(Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address));

        var probe = await new Probe(HttpMethod.Get, "/v1/things/?token=hunter2&x=polar_cst_hunter3").SendAsync(client);

        var line = Assert.Single(probe.Traces("verbose"));
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter3", line, StringComparison.Ordinal);
        Assert.StartsWith("GET /v1/things/?token=***&x=", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BodiesAndHeadersAreShownWithoutSecrets()
    {
        await using var server = new LoopbackServer(
            Status(
                201,
                "{\"id\":\"1\",\"token\":\"hunter3\",\"other\":\"" + Probe.Secret + "\"}",
                "Content-Type: application/json",
                "X-Strange: hunter4"
            )
        );
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        var content = new StringContent("{\"name\":\"x\",\"password\":\"hunter1\"}", Encoding.UTF8, "application/json");
        var probe = new Probe(HttpMethod.Post, "/v1/things/", content).Set(Words.TraceBodies, true);
        probe.Request.Headers.Add("X-Own", "hunter2");

        await probe.SendAsync(client);

        var entries = probe.Traces("debug");
        Assert.Equal(2, entries.Count);
        Assert.StartsWith("POST /v1/things/\n", entries[0], StringComparison.Ordinal);
        Assert.Contains("\nAuthorization: Bearer ***\n", entries[0], StringComparison.Ordinal);
        Assert.Contains("\nX-Own: ***\n", entries[0], StringComparison.Ordinal);
        Assert.Contains($"\nPolar-Version: {ApiVersion.Tested}\n", entries[0], StringComparison.Ordinal);
        Assert.Contains("\nContent-Type: application/json; charset=utf-8\n", entries[0], StringComparison.Ordinal);
        Assert.Contains("{\"name\":\"x\",\"password\":\"***\"}", entries[0], StringComparison.Ordinal);
        Assert.StartsWith("201 Created\n", entries[1], StringComparison.Ordinal);
        Assert.Contains("\nX-Strange: ***\n", entries[1], StringComparison.Ordinal);
        Assert.Contains("\"id\":\"1\",\"token\":\"***\"", entries[1], StringComparison.Ordinal);
        Assert.DoesNotContain(entries, static entry => entry.Contains("hunter", StringComparison.Ordinal));
        // The caller still gets the body whole.
        Assert.Contains("hunter3", await probe.BodyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LookingAtTheRequestsBodyIsNotSendingIt()
    {
        using var client = PolarHttp.Create(Probe.Fast(RetryTests.ClosedPort()));
        var probe = new Probe(HttpMethod.Post, "/v1/things/", new StringContent("{}")).Set(Words.TraceBodies, true);

        await probe.SendAsync(client);

        Assert.Equal((5, false), (probe.Attempts, probe.MayHaveReached));
    }

    [Fact]
    public async Task LongBodiesAreCutAndSaidToBe()
    {
        await using var server = new LoopbackServer(Status(200, new string('x', 70_000), "Content-Type: text/csv"));
        using var client = PolarHttp.Create(Probe.Fast(server.Address));

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").Set(Words.TraceBodies, true).SendAsync(client);

        var entry = probe.Traces("debug")[1];
        Assert.InRange(entry.Length, 64 * 1024, 66 * 1024);
        Assert.Contains("70000 bytes", entry, StringComparison.Ordinal);
        Assert.Equal(70_000, (await probe.BodyAsync()).Length);
    }

    [Fact]
    public async Task SecretOnTheCutIsNotShownInPart()
    {
        // An unusual token, which only the comparison with the connection's own can find.
        const string token = "unusual-token-without-any-prefix-0123456789";
        await using var server = new LoopbackServer(
            Status(200, new string('x', (64 * 1024) - 10) + token + new string('x', 100))
        );
        using var client = PolarHttp.Create(Probe.Fast(server.Address, token));

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").Set(Words.TraceBodies, true).SendAsync(client);

        Assert.DoesNotContain(probe.Traces("debug"), static e => e.Contains("unusual", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BinaryBodiesAreNotPrinted()
    {
        await using var server = new LoopbackServer(Bytes(200, [1, 2, 3], "Content-Type: application/pdf"));
        using var client = PolarHttp.Create(Probe.Fast(server.Address));

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").Set(Words.TraceBodies, true).SendAsync(client);

        Assert.EndsWith("(3 bytes of application/pdf)", probe.Traces("debug")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThrowingWatcherDoesNotBreakTheRequest()
    {
        await using var server = new LoopbackServer(Status(500), Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        var probe = new Probe(HttpMethod.Get, "/v1/things/")
            .Set(Words.Trace, (Action<string, string>)(static (_, _) => throw new InvalidOperationException("stopped")))
            .Set(Words.TraceBodies, true);

        await probe.SendAsync(client);

        Assert.Equal(("200", 2), (probe.Outcome, probe.Attempts));
    }

    [Fact]
    public async Task RequestKeepsNothingOfTheTransport()
    {
        await using var server = new LoopbackServer(Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.DoesNotContain(
            probe.Request.Options,
            static entry => entry.Value?.GetType().Assembly == typeof(PolarHttp).Assembly
        );
    }
}
