using System.IO.Compression;
using System.Net.Http;
using System.Text;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

/// <summary>An answer that unpacks to far more than it is does not fill the memory. What other tests allocate would count, too.</summary>
[Collection("Alone")]
public class MemoryBoundsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ARefusalIsReadUpToALimit(bool isStreamed)
    {
        // 300 MB of it, in 300 KB: it would be a gigabyte as text.
        await using var server = new LoopbackServer(
            Bytes(500, Bomb(300), "Content-Encoding: gzip", "Content-Type: text/csv")
        );
        using var http = PolarHttp.Create(new TransportOptions(server.Address) { MaximumRetries = 0 });
        var client = new PolarClient(http);
        var before = GC.GetTotalAllocatedBytes();

        var failure = await Assert.ThrowsAsync<PolarServerException>(() =>
            isStreamed ? client.Orders.ExportAsync() : client.Products.GetAsync("x")
        );

        Assert.Equal(500, failure.StatusCode);
        Assert.InRange(failure.Message.Length, 1, 2000);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 * 1024 * 1024);
    }

    [Fact]
    public async Task AGoodAnswerThatUnpacksWithoutEndIsRefused()
    {
        await using var server = new LoopbackServer(
            Bytes(200, Bomb(300), "Content-Encoding: gzip", "Content-Type: application/json")
        );
        using var http = PolarHttp.Create(new TransportOptions(server.Address) { BodyLimit = 1024 * 1024 });

        var failure = await Assert.ThrowsAsync<PolarConnectionException>(() =>
            new PolarClient(http).Products.GetAsync("x")
        );

        Assert.Contains("larger than 1048576 bytes", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task APlainClientHasABoundToo(int status)
    {
        await using var server = new LoopbackServer(
            Bytes(status, Bomb(300), "Content-Encoding: gzip", "Content-Type: application/json")
        );
        using var handler = new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.All };
        using var http = new HttpClient(handler) { BaseAddress = server.Address };
        var before = GC.GetTotalAllocatedBytes();

        var failure = await Assert.ThrowsAnyAsync<PolarException>(() => new PolarClient(http).Products.GetAsync("x"));

        Assert.Equal(status == 200 ? null : status, failure.StatusCode);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 150 * 1024 * 1024);
    }

    private static byte[] Bomb(int megabytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = Encoding.ASCII.GetBytes(new string('0', 1024 * 1024));
            for (var part = 0; part < megabytes; part++)
            {
                gzip.Write(zeros);
            }
        }

        return packed.ToArray();
    }
}
