using System.Net.Http;
using PolarPS.Client.Tests.Transport;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Client;

/// <summary>The version of the API that a client asks for, over any HttpClient.</summary>
public class VersionHeaderTests
{
    [Fact]
    public async Task ABareHttpClientSendsIt()
    {
        await using var server = new LoopbackServer(Ok);
        using var http = new HttpClient { BaseAddress = server.Address };

        Assert.Equal(PolarClient.ApiVersion, await SentAsync(server, http));
    }

    [Fact]
    public async Task ADefaultHeaderGoesBeforeIt()
    {
        await using var server = new LoopbackServer(Ok);
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("Polar-Version", "2027-01");

        Assert.Equal("2027-01", await SentAsync(server, http));
    }

    [Fact]
    public async Task TheTransportDoesNotDoubleIt()
    {
        await using var server = new LoopbackServer(Ok);
        using var http = PolarHttp.Create(Probe.Fast(server.Address));

        Assert.Equal(PolarClient.ApiVersion, await SentAsync(server, http));
    }

    private static async Task<string> SentAsync(LoopbackServer server, HttpClient http)
    {
        await new PolarClient(http).SendAsync("GET", "/v1/products/");
        // The server would fail at a name that comes twice.
        return server.Requests.Single().Headers["Polar-Version"];
    }
}
