using System.Diagnostics;
using System.Net.Http;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

public class CancellationTests
{
    private static readonly Dictionary<string, Reply> Situations = new()
    {
        ["slow headers"] = Silent,
        ["slow body"] = SilentBody,
        ["asked wait"] = Status(429, "", "Retry-After: 60"),
        ["backoff"] = Status(500),
    };

    public static TheoryData<string> Names => [.. Situations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task EndsAtOnce(string situation)
    {
        await using var server = new LoopbackServer(Situations[situation]);
        using var client = PolarHttp.Create(
            new TransportOptions(server.Address)
            {
                BackoffBase = TimeSpan.FromSeconds(60),
                BackoffCap = TimeSpan.FromSeconds(60),
            }
        );
        using var stop = new CancellationTokenSource();
        var sending = new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client, stop.Token);
        await RateGateTests.UntilAsync(() => server.Requests.Count == 1);
        await Task.Delay(100);
        Assert.False(sending.IsCompleted);

        var probe = await AssertEndsAsync(sending, stop);

        Assert.Equal((1, 1), (probe.Attempts, server.Requests.Count));
    }

    [Fact]
    public async Task GateWaitEndsAtOnce()
    {
        await using var server = new LoopbackServer(Status(429, "", "Retry-After: 60"));
        using var client = PolarHttp.Create(new TransportOptions(server.Address));
        using var stopTold = new CancellationTokenSource();
        using var stop = new CancellationTokenSource();
        var told = new Probe(HttpMethod.Get, "/v1/told").SendAsync(client, stopTold.Token);
        await RateGateTests.UntilAsync(() => server.Requests.Count == 1);
        await Task.Delay(100);
        var other = new Probe(HttpMethod.Post, "/v1/other").SendAsync(client, stop.Token);
        await Task.Delay(100);
        Assert.False(other.IsCompleted);

        var probe = await AssertEndsAsync(other, stop);

        Assert.Equal((0, false), (probe.Attempts, probe.MayHaveReached));
        Assert.False(told.IsCompleted);
        await AssertEndsAsync(told, stopTold);
    }

    [Fact]
    public async Task CancelledBeforehandSendsNothing()
    {
        await using var server = new LoopbackServer(Ok);
        using var client = PolarHttp.Create(new TransportOptions(server.Address));

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client, new CancellationToken(true));

        Assert.IsAssignableFrom<OperationCanceledException>(probe.Failure);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task CancelledWriteMayHaveReached()
    {
        await using var server = new LoopbackServer(Silent);
        using var client = PolarHttp.Create(new TransportOptions(server.Address));
        using var stop = new CancellationTokenSource();
        var sending = new Probe(HttpMethod.Post, "/v1/refunds/").SendAsync(client, stop.Token);
        await RateGateTests.UntilAsync(() => server.Requests.Count == 1);

        var probe = await AssertEndsAsync(sending, stop);

        Assert.True(probe.MayHaveReached);
        Assert.Matches("-> no response: cancelled in ", probe.Traces("verbose")[0]);
    }

    private static async Task<Probe> AssertEndsAsync(Task<Probe> sending, CancellationTokenSource stop)
    {
        var clock = Stopwatch.StartNew();
        await stop.CancelAsync();
        var probe = await sending.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 1);
        var failure = Assert.IsAssignableFrom<OperationCanceledException>(probe.Failure);
        Assert.Equal(stop.Token, failure.CancellationToken);
        return probe;
    }
}
