using System.Collections.Concurrent;
using System.Net.Http;
using System.Text.RegularExpressions;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

/// <summary>Pauses before further attempts: they grow, have a bound, and no two requests have the same.</summary>
public class BackoffTests
{
    private const int Samples = 2000;

    // Halves of 200 ms, doubled each time.
    private static readonly int[] ShortestGaps = [100, 200, 400, 800];

    private static readonly TransportOptions Usual = new(new Uri("https://api.example/"));

    // Half a second, doubled up to eight seconds; of each, between a half and all of it.
    [Theory]
    [InlineData(0, 500)]
    [InlineData(1, 1000)]
    [InlineData(2, 2000)]
    [InlineData(3, 4000)]
    [InlineData(4, 8000)]
    [InlineData(5, 8000)]
    [InlineData(31, 8000)]
    [InlineData(63, 8000)]
    [InlineData(int.MaxValue, 8000)]
    public void APauseIsBetweenHalfAndAllOfWhatDoublesWithEachAttempt(int retries, double longest)
    {
        var pauses = Pauses(RetryPlan.Backoff, Usual, retries);

        Assert.All(pauses, pause => Assert.InRange(pause, longest / 2, longest));
        // Spread over the whole of it: those that failed together return apart.
        Assert.InRange(pauses.Min(), longest / 2, longest * 0.55);
        Assert.InRange(pauses.Max(), longest * 0.95, longest);
        Assert.InRange(pauses.Average(), longest * 0.72, longest * 0.78);
        Assert.InRange(pauses.Distinct().Count(), Samples * 0.99, Samples);
    }

    [Fact]
    public void AWaitThatTheServerAsksForIsKeptAsItIs()
    {
        var plan = RetryPlan.AsAsked(TimeSpan.FromSeconds(3), RetryRules.RateLimit);

        Assert.All(Pauses(plan, Usual, 4), static wait => Assert.Equal(3000, wait));
        // It is waited for at the gate, and not a second time here.
        Assert.Equal(TimeSpan.Zero, plan.WithDelay(Usual, 4).Pause);
        var backoff = RetryPlan.Backoff.WithDelay(Usual, 0);
        Assert.Equal((backoff.Delay, null), (backoff.Pause, backoff.Why));
    }

    // The pauses themselves, on the wire: a slow computer makes them longer only.
    [Fact]
    public async Task EachAttemptComesLaterThanTheOneBefore()
    {
        await using var server = new LoopbackServer(Status(500));
        using var client = PolarHttp.Create(
            new TransportOptions(server.Address) { BackoffBase = TimeSpan.FromMilliseconds(200) }
        );

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal(("500", 5), (probe.Outcome, probe.Attempts));
        var times = server.Requests.Select(static seen => seen.At.TotalMilliseconds).ToList();
        var gaps = times.Zip(times.Skip(1), static (before, after) => after - before).ToList();
        // A timer may be some milliseconds early.
        Assert.All(ShortestGaps.Zip(gaps), static pair => Assert.InRange(pair.Second, pair.First - 20, 60_000));
        // What is said of them is what was drawn, in tenths of a second.
        var told = probe
            .Traces("verbose")
            .SkipLast(1)
            .Select(static line => Regex.Match(line, @"; trying again in ([0-9.]+) s$").Groups[1].Value)
            .Select(static text => double.Parse(text, CultureInfo.InvariantCulture))
            .ToList();
        Assert.All(
            ShortestGaps.Zip(told),
            static pair => Assert.InRange(1000 * pair.Second, pair.First, 2 * pair.First)
        );
        Assert.Equal(4, told.Count);
    }

    [Fact]
    public async Task RequestsThatFailTogetherDoNotReturnTogether()
    {
        var seen = new ConcurrentDictionary<string, bool>();
        await using var server = new LoopbackServer((request, _) => seen.TryAdd(request.Line, true) ? Status(502) : Ok);
        using var client = PolarHttp.Create(
            new TransportOptions(server.Address) { BackoffBase = TimeSpan.FromSeconds(2), MaximumRetries = 1 }
        );

        var probes = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(number => new Probe(HttpMethod.Get, $"/v1/things/{number}").SendAsync(client))
        );

        Assert.All(probes, static probe => Assert.Equal(("200", 2), (probe.Outcome, probe.Attempts)));
        var told = probes.Select(static probe => probe.Traces("verbose")[0].Split("; trying again in ")[1]).ToList();
        // Between one and two seconds, in tenths: of twenty the chance that they are all of three kinds is one in a billion.
        Assert.InRange(told.Distinct().Count(), 4, 11);
    }

    private static double[] Pauses(RetryPlan plan, TransportOptions options, int retries) =>
        [.. Enumerable.Range(0, Samples).Select(_ => plan.WithDelay(options, retries).Delay.TotalMilliseconds)];
}
