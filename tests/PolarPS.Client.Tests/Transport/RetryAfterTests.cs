using System.Net.Http;
using System.Text.RegularExpressions;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

/// <summary>Retry-After is read in one way by the transport, the client and file transfers, in every culture.</summary>
public class RetryAfterTests
{
    private const string Past = "Wed, 21 Oct 2015 07:28:00 GMT";

    public static TheoryData<string, double?> Waits { get; } =
        new()
        {
            { "1", 1 },
            { "0", 0 },
            { " 2 ", 2 },
            { "007", 7 },
            { "0.5", 0.5 },
            { ".5", 0.5 },
            { "2.0", 2 },
            { "1e1", 10 },
            { "+3", 3 },
            { "-1", 0 },
            { "-0.5", 0 },
            { "-1e9", 0 },
            { Past, 0 },
            { "Wednesday, 21-Oct-15 07:28:00 GMT", 0 },
            { "Wed Oct 21 07:28:00 2015", 0 },
            { "", null },
            { "soon", null },
            { "1,5", null },
            { "5 s", null },
            { "0x10", null },
            { "NaN", null },
            { "Infinity", null },
            { "2015-10-21", null },
        };

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task EverybodyReadsTheSame(string header, double? seconds)
    {
        foreach (var culture in new[] { "", "de-DE", "tr-TR", "th-TH", "ar-SA", "fa-IR" })
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            var stub = new Stub(_ => Stub.Answer(null, 429, null, "Retry-After: " + header));

            var failure = await Assert.ThrowsAsync<PolarRateLimitException>(() => stub.Client.Products.GetAsync("x"));

            Assert.Equal(seconds, failure.RetryAfter?.TotalSeconds);
        }

        Assert.Equal(seconds, await WaitOfTransportAsync(header));
    }

    [Fact]
    public async Task ADateIsReadByTheServersClock()
    {
        var now = DateTimeOffset.UtcNow.AddDays(-3);
        var headers = new[]
        {
            "Date: " + now.ToString("r", CultureInfo.InvariantCulture),
            "Retry-After: " + now.AddSeconds(90).ToString("r", CultureInfo.InvariantCulture),
        };
        var stub = new Stub(_ => Stub.Answer(null, 429, null, string.Join("\n", headers)));

        var failure = await Assert.ThrowsAsync<PolarRateLimitException>(() => stub.Client.Products.GetAsync("x"));

        Assert.Equal(90, failure.RetryAfter!.Value.TotalSeconds);
    }

    // In whatever zone this computer is: an HTTP date is one of UTC.
    [Fact]
    public async Task ADateWithoutTheServersClockIsReadByThisComputers()
    {
        var date = DateTimeOffset.UtcNow.AddSeconds(50).ToString("r", CultureInfo.InvariantCulture);
        var stub = new Stub(_ => Stub.Answer(null, 429, null, "Retry-After: " + date));

        var failure = await Assert.ThrowsAsync<PolarRateLimitException>(() => stub.Client.Products.GetAsync("x"));

        Assert.InRange(failure.RetryAfter!.Value.TotalSeconds, 20, 50);
        Assert.InRange((await WaitOfTransportAsync(date))!.Value, 20, 50);
    }

    [Fact]
    public async Task OfSeveralTheLongestCounts()
    {
        var stub = new Stub(_ => Stub.Answer(null, 429, null, "Retry-After: 2\nRetry-After: 9\nRetry-After: soon"));

        var failure = await Assert.ThrowsAsync<PolarRateLimitException>(() => stub.Client.Products.GetAsync("x"));

        Assert.Equal(9, failure.RetryAfter!.Value.TotalSeconds);
    }

    /// <summary>What leaves a write's outcome open is what a read is sent again for: one list.</summary>
    [Theory]
    [InlineData(400, false)]
    [InlineData(404, false)]
    [InlineData(408, true)]
    [InlineData(409, false)]
    [InlineData(422, false)]
    [InlineData(425, false)]
    [InlineData(499, true)]
    [InlineData(500, true)]
    [InlineData(501, false)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(505, false)]
    [InlineData(507, true)]
    [InlineData(511, false)]
    [InlineData(520, true)]
    [InlineData(524, true)]
    [InlineData(527, true)]
    [InlineData(530, true)]
    [InlineData(598, true)]
    [InlineData(599, true)]
    [InlineData(999, true)]
    public async Task OneListOfStatuses(int status, bool isOpen)
    {
        var stub = new Stub(_ => Stub.Answer("{}", status));
        var failure = await Assert.ThrowsAnyAsync<PolarException>(() => stub.Client.Products.CreateAsync(new()));
        Assert.Equal(isOpen, failure.OutcomeUnknown);

        await using var server = new LoopbackServer(Status(status), Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        var probe = await new Probe(HttpMethod.Get, "/v1/x").SendAsync(client);
        Assert.Equal(isOpen ? 2 : 1, probe.Attempts);
        Assert.Equal(isOpen, probe.MayHaveReached);
    }

    // As its line has it; null where it does not wait.
    private static async Task<double?> WaitOfTransportAsync(string header)
    {
        await using var server = new LoopbackServer(Status(429, "", "Retry-After: " + header), Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        using var stop = new CancellationTokenSource();
        var probe = new Probe(HttpMethod.Get, "/v1/x");
        var sending = probe.SendAsync(client, stop.Token);
        await RateGateTests.UntilAsync(() => probe.Traces("verbose").Count > 0);
        await stop.CancelAsync();
        await sending;
        var told = Regex.Match(probe.Traces("verbose")[0], "; waiting ([0-9.]+) s as the server asks");
        return told.Success ? double.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture) : null;
    }
}
