using System.Net.Http;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

public class RateGateTests
{
    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task OthersWaitForTheOneThatWasTold(int status)
    {
        await using var server = new LoopbackServer(Status(status, "", "Retry-After: 1"), Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        var told = new Probe(HttpMethod.Get, "/v1/told").SendAsync(client);
        await UntilAsync(() => server.Requests.Count == 1);
        await Task.Delay(100);

        var others = Enumerable
            .Range(0, 5)
            .Select(index => new Probe(HttpMethod.Post, $"/v1/other/{index}").SendAsync(client))
            .ToArray();
        var probes = await Task.WhenAll(others);

        Assert.Equal("200", (await told).Outcome);
        Assert.All(probes, static other => Assert.Equal(("200", 1), (other.Outcome, other.Attempts)));
        Assert.Equal(7, server.Requests.Count);
        var first = server.Requests[0].At;
        Assert.All(server.Requests.Skip(1), seen => Assert.InRange((seen.At - first).TotalSeconds, 0.99, 6));
    }

    [Fact]
    public async Task EachRequestTellsWhetherItWasHeldBackAndHowManyWereSent()
    {
        await using var server = new LoopbackServer(Ok, Status(429, "", "Retry-After: 1"), Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address));

        var free = await new Probe(HttpMethod.Get, "/v1/free").SendAsync(client);
        var held = await new Probe(HttpMethod.Get, "/v1/held").SendAsync(client);

        Assert.Equal((false, 1), (free.WasHeldBack, free.SentLately));
        Assert.Equal((true, 3), (held.WasHeldBack, held.SentLately));
    }

    [Fact]
    public async Task WaitingIsNotPartOfTheAttempt()
    {
        await using var server = new LoopbackServer(Status(429, "", "Retry-After: 1"), Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address, attempt: 0.8));
        var told = new Probe(HttpMethod.Get, "/v1/told").SendAsync(client);
        await UntilAsync(() => server.Requests.Count == 1);
        await Task.Delay(50);

        var other = await new Probe(HttpMethod.Get, "/v1/other").SendAsync(client);

        Assert.Equal(("200", 1), (other.Outcome, other.Attempts));
        Assert.Equal("200", (await told).Outcome);
    }

    [Fact]
    public async Task WaitBeyondTheTotalLimitConcernsNobodyElse()
    {
        await using var server = new LoopbackServer(Status(429, "", "Retry-After: 1800"), Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address));

        Assert.Equal("429", (await new Probe(HttpMethod.Get, "/v1/blocked").SendAsync(client)).Outcome);
        Assert.Equal("200", (await new Probe(HttpMethod.Get, "/v1/free").SendAsync(client)).Outcome);
    }

    [Fact]
    public async Task RequestWithTooLittleTimeLeftFailsAtOnce()
    {
        await using var server = new LoopbackServer(
            static (seen, index) =>
                seen.Line.Contains("/told", StringComparison.Ordinal) ? Status(429, "", "Retry-After: 3")
                : index == 0 ? Replies.Silent
                : Ok
        );
        using var client = PolarHttp.Create(
            new TransportOptions(server.Address)
            {
                AttemptTimeout = TimeSpan.FromSeconds(2.5),
                TotalTimeout = TimeSpan.FromSeconds(4),
                BackoffBase = TimeSpan.FromMilliseconds(10),
            }
        );
        // By the time it tries again the gate is closed for longer than it has left.
        var late = new Probe(HttpMethod.Get, "/v1/late").SendAsync(client);
        await UntilAsync(() => server.Requests.Count == 1);
        await Task.Delay(1200);
        using var stop = new CancellationTokenSource();
        var told = new Probe(HttpMethod.Get, "/v1/told").SendAsync(client, stop.Token);

        var probe = await late;

        Assert.Equal((nameof(TimeoutException), 1), (probe.Outcome, probe.Attempts));
        Assert.Contains("asks to wait", probe.Failure!.Message, StringComparison.Ordinal);
        await stop.CancelAsync();
        await told;
    }

    [Fact]
    public async Task WaitsAreAnnounced()
    {
        await using var server = new LoopbackServer(Status(429, "", "Retry-After: 42"), Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        using var stop = new CancellationTokenSource();
        var told = new Probe(HttpMethod.Get, "/v1/told");
        var other = new Probe(HttpMethod.Get, "/v1/other");
        var telling = told.SendAsync(client, stop.Token);
        await UntilAsync(() => told.Traces("wait").Count == 1);
        var waiting = other.SendAsync(client, stop.Token);
        await UntilAsync(() => other.Traces("wait").Count == 1);
        await stop.CancelAsync();
        await Task.WhenAll(telling, waiting);

        Assert.Equal("Polar asks to wait 42 s (rate limit)", told.Traces("wait").Single());
        Assert.Matches(@"^Polar asks to wait \d\d s \(rate limit\)$", other.Traces("wait").Single());
        Assert.Equal(0, other.Attempts);
        Assert.False(other.MayHaveReached);
    }

    // Who comes back when it said has waited long enough.
    [Theory]
    [InlineData(1, "1 s")]
    [InlineData(1.01, "2 s")]
    [InlineData(41.9, "42 s")]
    public void AWaitIsAnnouncedInSecondsThatAreEnough(double seconds, string text) =>
        Assert.Equal(text, Show.WholeSeconds(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public async Task ClientsDoNotShareAGate()
    {
        await using var server = new LoopbackServer(Status(429, "", "Retry-After: 30"), Ok);
        using var told = PolarHttp.Create(Probe.Fast(server.Address));
        using var free = PolarHttp.Create(Probe.Fast(server.Address));
        using var stop = new CancellationTokenSource();
        var waiting = new Probe(HttpMethod.Get, "/v1/told").SendAsync(told, stop.Token);
        await UntilAsync(() => server.Requests.Count == 1);

        var probe = await new Probe(HttpMethod.Get, "/v1/free").SendAsync(free).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal("200", probe.Outcome);
        await stop.CancelAsync();
        await waiting;
    }

    internal static async Task UntilAsync(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 1000, "What was waited for did not happen.");
            await Task.Delay(10);
        }
    }
}
