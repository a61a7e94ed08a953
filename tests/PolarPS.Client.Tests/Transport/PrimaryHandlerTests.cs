using System.Net;
using System.Net.Http;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

/// <summary>What reaches the network keeps nothing, follows nothing, and has bounds.</summary>
public class PrimaryHandlerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NoCookieComesBack(bool isStore)
    {
        await using var server = new LoopbackServer(Status(200, "{}", "Set-Cookie: session=1; Path=/"));
        using var client = PolarHttp.Create(isStore ? TransportOptions.ForStore() : Probe.Fast(server.Address));

        for (var request = 0; request < 2; request++)
        {
            Assert.Equal("{}", await client.GetStringAsync(new Uri(server.Address, "v1/things/")));
        }

        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, static seen => Assert.DoesNotContain("Cookie", seen.Headers.Keys));
    }

    // A signed address answers with the file as it is: unpacked it would have neither its size nor its checksum.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AStoreIsAskedForTheFileAsItIs(bool isStore)
    {
        await using var server = new LoopbackServer(Ok);
        using var client = PolarHttp.Create(isStore ? TransportOptions.ForStore() : Probe.Fast(server.Address));

        await client.GetStringAsync(new Uri(server.Address, "v1/things/"));

        Assert.Equal(isStore, !server.Requests.Single().Headers.ContainsKey("Accept-Encoding"));
    }

    // What would take minutes to see: that an address is looked up again in a long session, and how long a connection may take.
    [Theory]
    [InlineData(true, 64)]
    [InlineData(false, 32)]
    public void ConnectionsHaveBounds(bool isStore, int most)
    {
        using var handler = Assert.IsType<SocketsHttpHandler>(
            PrimaryHandler.Create(
                isStore ? TransportOptions.ForStore() : new TransportOptions(new Uri("https://api.example/"))
            )
        );

        Assert.Equal(TimeSpan.FromMinutes(2), handler.PooledConnectionLifetime);
        Assert.Equal(TimeSpan.FromSeconds(10), handler.ConnectTimeout);
        Assert.Equal(most, handler.MaxConnectionsPerServer);
        Assert.False(handler.AllowAutoRedirect);
        Assert.Equal(isStore ? DecompressionMethods.None : DecompressionMethods.All, handler.AutomaticDecompression);
    }
}
