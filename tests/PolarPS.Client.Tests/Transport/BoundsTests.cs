using System.Diagnostics;
using System.Net.Http;
using System.Text;
using PolarPS.Client.Models;
using PolarPS.Client.Tests.Files;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

/// <summary>Every byte that is read has a deadline, a bound and a cancellation, whatever reads it and whatever comes.</summary>
public class BoundsTests
{
    private const string Csv = "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n";

    /// <summary>How a server can continue forever, after a head without its end.</summary>
    private static readonly Dictionary<string, Func<string, Reply>> Endless = new(StringComparer.Ordinal)
    {
        ["silent"] = static head => Write(head + "Content-Length: 100\r\n\r\n{", "", TimeSpan.FromHours(1)),
        ["silent at once"] = static head => Write(head + "Content-Length: 100\r\n\r\n", "", TimeSpan.FromHours(1)),
        ["trickling"] = static head =>
            Write(head + "Content-Length: 1000000\r\n\r\n", "x", TimeSpan.FromMilliseconds(20)),
        ["trickling chunks"] = static head =>
            Write(head + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", TimeSpan.FromMilliseconds(20)),
        ["a chunk's endless extension"] = static head =>
            Write(head + "Transfer-Encoding: chunked\r\n\r\n5;", "x", TimeSpan.FromMilliseconds(20)),
        ["endless trailers"] = static head =>
            Write(
                head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n",
                "X: y\r\n",
                TimeSpan.FromMilliseconds(20)
            ),
        ["endless headers"] = static head => Write(head, "X: y\r\n", TimeSpan.FromMilliseconds(20)),
        ["a flood of headers"] = static head => Write(head, "X: " + new string('y', 30_000) + "\r\n", TimeSpan.Zero),
        ["one endless header"] = static head => Write(head + "X: ", "y", TimeSpan.FromMilliseconds(20)),
        ["announcements forever"] = static _ =>
            Write(string.Empty, "HTTP/1.1 103 Early Hints\r\n\r\n", TimeSpan.FromMilliseconds(20)),
    };

    public static TheoryData<int, string, bool> EndlessCases
    {
        get
        {
            var data = new TheoryData<int, string, bool>();
            foreach (var name in Endless.Keys)
            {
                foreach (var status in new[] { 200, 403, 422, 500 })
                {
                    data.Add(status, name, false);
                    // Of a good answer that is read while it arrives only the head is read here.
                    if (status != 200 || name.Contains("header", StringComparison.Ordinal))
                    {
                        data.Add(status, name, true);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EndlessCases))]
    public async Task AnAnswerWithoutAnEndHasOne(int status, string name, bool isStreamed)
    {
        await using var server = new LoopbackServer(
            Endless[name]($"HTTP/1.1 {status} X\r\nContent-Type: text/csv\r\n")
        );
        using var http = PolarHttp.Create(
            new TransportOptions(server.Address)
            {
                AttemptTimeout = TimeSpan.FromSeconds(1),
                TotalTimeout = TimeSpan.FromSeconds(20),
                MaximumRetries = 0,
            }
        );
        var client = new PolarClient(http);
        var watch = Stopwatch.StartNew();

        var failure = await Assert.ThrowsAnyAsync<PolarException>(() =>
            isStreamed ? client.Orders.ExportAsync() : client.Products.GetAsync("x")
        );

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 8);
        if (failure is not (PolarTimeoutException or PolarConnectionException))
        {
            // A refusal whose body does not end is a refusal all the same.
            Assert.Equal(status, failure.StatusCode);
            Assert.NotEqual(200, status);
        }
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("trickling")]
    [InlineData("trickling chunks")]
    public async Task ARefusalWhoseBodyDoesNotEndIsARefusal(string name)
    {
        await using var server = new LoopbackServer(
            Endless[name]("HTTP/1.1 422 X\r\nContent-Type: application/json\r\n")
        );
        using var http = PolarHttp.Create(Probe.Fast(server.Address, attempt: 4));

        var failure = await Assert.ThrowsAsync<PolarValidationException>(() =>
            new PolarClient(http).Products.CreateAsync(new ProductCreate())
        );

        Assert.Equal((422, 1, false), (failure.StatusCode, failure.Attempts, failure.OutcomeUnknown));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(10, 5)]
    [InlineData(30, 5)]
    [InlineData(3600, 5)]
    public void ARefusalsBodyIsWaitedForHalfOfTheAttemptAndSomeSecondsAtMost(double attempt, double seconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            new TransportOptions(new Uri("https://api.example/"))
            {
                AttemptTimeout = TimeSpan.FromSeconds(attempt),
            }.RefusalTimeout
        );

    // An HttpClient that is none of PolarPS.Http's has to be held to the same.

    [Theory]
    [InlineData(200, "silent")]
    [InlineData(200, "trickling")]
    [InlineData(200, "trickling chunks")]
    [InlineData(200, "endless trailers")]
    [InlineData(422, "silent")]
    [InlineData(422, "trickling")]
    public async Task APlainClientHasADeadlineToo(int status, string name)
    {
        await using var server = new LoopbackServer(
            Endless[name]($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n")
        );
        using var http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(1) };
        var watch = Stopwatch.StartNew();

        var failure = await Assert.ThrowsAnyAsync<PolarException>(() => new PolarClient(http).Products.GetAsync("x"));

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 12);
        Assert.Equal(status == 200 ? null : status, failure.StatusCode);
        Assert.IsType(status == 200 ? typeof(PolarTimeoutException) : typeof(PolarValidationException), failure);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(422)]
    public async Task APlainClientCanBeStopped(int status)
    {
        await using var server = new LoopbackServer(
            Endless["trickling"]($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n")
        );
        using var http = new HttpClient { BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan };
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new PolarClient(http).Products.GetAsync("x", stop.Token)
        );

        Assert.InRange(watch.Elapsed.TotalSeconds, 0.2, 4);
    }

    // What is read while it arrives.

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AStreamThatTricklesEnds(bool isAsync)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/orders/export");
        await using var content = Stream(new TrickleStream(TimeSpan.FromMilliseconds(30)), request);
        var watch = Stopwatch.StartNew();

        var failure = await Assert.ThrowsAsync<PolarConnectionException>(async () =>
        {
            var buffer = new byte[1000];
            while ((isAsync ? await content.ReadAsync(buffer) : content.Read(buffer, 0, 1000)) > 0) { }
        });

        Assert.Contains("bytes arrived in", failure.Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.3, 10);
    }

    [Fact]
    public async Task AStreamThatIsSilentEndsForThoseWhoReadWithoutATokenToo()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/orders/export");
        await using var content = Stream(new TrickleStream(TimeSpan.FromHours(1)), request);

        var failure = Assert.Throws<PolarConnectionException>(() => content.Read(new byte[10], 0, 10));

        Assert.Contains("Nothing arrived for 0.4 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStreamThatDoesNotEndIsCutOff()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/orders/export");
        await using var content = new AnswerStream(
            new TrickleStream(TimeSpan.Zero, 8192),
            ApiRequest.Get("/v1/orders/export"),
            request,
            limit: 1_000_000
        );
        long read = 0;

        var failure = await Assert.ThrowsAsync<PolarConnectionException>(async () =>
        {
            var buffer = new byte[8192];
            for (int count; (count = await content.ReadAsync(buffer)) > 0; read += count) { }
        });

        Assert.Contains("larger than 1000000 bytes", failure.Message, StringComparison.Ordinal);
        Assert.InRange(read, 990_000, 1_000_000);
    }

    [Fact]
    public async Task AConsumerThatTakesItsTimeIsNotTheServersFault()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/orders/export");
        await using var content = Stream(new MemoryStream(new byte[300]), request);
        var buffer = new byte[100];
        for (var part = 0; part < 3; part++)
        {
            Assert.Equal(100, await content.ReadAsync(buffer));
            await Task.Delay(300);
        }

        Assert.Equal(0, await content.ReadAsync(buffer));
    }

    [Fact]
    public async Task AnExportThatTricklesInCanBeStopped()
    {
        await using var server = new LoopbackServer(Endless["trickling"](Csv));
        using var http = PolarHttp.Create(Probe.Fast(server.Address));
        using var export = await new PolarClient(http).Orders.ExportAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            export.Content.CopyToAsync(System.IO.Stream.Null, stop.Token)
        );
    }

    // The store beside Polar.

    [Fact]
    public async Task ADownloadThatTricklesEnds()
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();
        host.Serve = static async context =>
        {
            context.Response.ContentLength = 1_000_000;
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[10], context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(20, context.RequestAborted);
            }
        };

        await Assert.ThrowsAsync<PolarTimeoutException>(() =>
            new FileDownload { Url = host.StoreAddress + "a" }.DownloadAsync(
                folder["a"],
                new FileDownloadOptions
                {
                    StoreClient = FileHost.StoreClient,
                    StallTimeout = TimeSpan.FromSeconds(0.5),
                    MaximumRetries = 0,
                }
            )
        );

        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ADownloadOfUnknownSizeHasALimit(bool isAnnounced)
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();
        host.Serve = async context =>
        {
            context.Response.ContentLength = isAnnounced ? 5000 : null;
            await context.Response.Body.WriteAsync(new byte[5000], context.RequestAborted);
        };
        var download = new FileDownload { Url = host.StoreAddress + "a" };

        var failure = await Assert.ThrowsAsync<PolarResponseException>(() =>
            download.DownloadAsync(
                folder["a"],
                new FileDownloadOptions { StoreClient = FileHost.StoreClient, SizeLimit = 4999 }
            )
        );
        Assert.Contains("4999 bytes", failure.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);

        Assert.Equal(
            5000,
            (
                await download.DownloadAsync(
                    folder["a"],
                    new() { StoreClient = FileHost.StoreClient, SizeLimit = 5000 }
                )
            ).Size
        );
        // A size that is known is the limit.
        Assert.Equal(
            5000,
            (
                await download.DownloadAsync(
                    folder["b"],
                    new()
                    {
                        StoreClient = FileHost.StoreClient,
                        SizeLimit = 1,
                        Size = 5000,
                    }
                )
            ).Size
        );
    }

    [Theory]
    [InlineData("0.05", 0.05)]
    [InlineData("-3", 0.0)]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)]
    [InlineData("soon", null)]
    public async Task TheStoresWaitIsReadByTheSameReader(string header, double? seconds)
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();
        host.Serve = context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = header;
            return Task.CompletedTask;
        };

        var failure = await Assert.ThrowsAsync<PolarRateLimitException>(() =>
            new FileDownload { Url = host.StoreAddress + "a" }.DownloadAsync(
                folder["a"],
                new FileDownloadOptions { StoreClient = FileHost.StoreClient, MaximumRetries = 0 }
            )
        );

        Assert.Equal(seconds, failure.RetryAfter?.TotalSeconds);
    }

    private static AnswerStream Stream(Stream inner, HttpRequestMessage request) =>
        new(inner, ApiRequest.Get("/v1/orders/export"), request, TimeSpan.FromMilliseconds(400));

    private static Reply Write(string head, string rest, TimeSpan pause) =>
        async (stream, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
            var bytes = Encoding.ASCII.GetBytes(rest);
            while (true)
            {
                await stream.WriteAsync(bytes, stop);
                await stream.FlushAsync(stop);
                await Task.Delay(pause, stop);
            }
        };

    /// <summary>Gives some bytes after each pause, forever.</summary>
    private sealed class TrickleStream(TimeSpan pause, int size = 1) : MemoryStream
    {
        public override async Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        )
        {
            if (pause > TimeSpan.Zero)
            {
                // As .NET Framework's: not for a token.
                await Task.Delay(pause, CancellationToken.None);
            }

            return Math.Min(count, size);
        }
    }
}
