using System.Net;
using System.Net.Http;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

/// <summary>
/// What is for this computer goes through no proxy, whatever the usual one says: it would carry tokens off the computer, over
/// plain http. All else goes through the usual one.
/// </summary>
public sealed class ProxyTests : IAsyncDisposable
{
    private const string Elsewhere = "polar-behind-a-proxy.invalid";

    private readonly LoopbackServer _server = new(Ok);
    private readonly LoopbackServer _proxy = new(Status(403));
    private readonly IWebProxy _before = HttpClient.DefaultProxy;

    // The process has one; that of these tests concerns nobody else's requests.
    public ProxyTests() =>
        HttpClient.DefaultProxy = new UsualProxy(
            _proxy.Address,
            _before,
            address => address.Port == _server.Address.Port || address.Host == Elsewhere
        );

    public static TheoryData<string> ThisComputer { get; } = new() { "127.0.0.1", "localhost", "LOCALHOST" };

    public async ValueTask DisposeAsync()
    {
        HttpClient.DefaultProxy = _before;
        await _server.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(ThisComputer))]
    public async Task TheApiOnThisComputerIsReachedDirectly(string host)
    {
        using var client = PolarHttp.Create(
            Quick(new TransportOptions(Here(host)) { Token = static () => Probe.Secret })
        );

        Assert.Equal("200", (await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client)).Outcome);

        Assert.Empty(_proxy.Requests);
        Assert.Equal("GET /v1/things/ HTTP/1.1", Assert.Single(_server.Requests).Line);
    }

    [Theory]
    [MemberData(nameof(ThisComputer))]
    public async Task APackagesClientReachesThisComputerDirectlyToo(string host)
    {
        using var client = new PolarHttpClient(
            Probe.Secret,
            new PolarHttpOptions { BaseAddress = Here(host), MaximumRetries = 0 }
        );

        await client.Products.GetAsync("x");

        Assert.Empty(_proxy.Requests);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [MemberData(nameof(ThisComputer))]
    public async Task AStoreOnThisComputerIsReachedDirectly(string host)
    {
        using var store = PolarHttp.Create(TransportOptions.ForStore());

        Assert.Equal("{}", await store.GetStringAsync(new Uri(Here(host), "bucket/file")));

        Assert.Empty(_proxy.Requests);
        Assert.Equal("GET /bucket/file HTTP/1.1", Assert.Single(_server.Requests).Line);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.9.9.9:81/")]
    [InlineData("http://localhost:49152/")]
    [InlineData("https://LocalHost/")]
    [InlineData("http://[::1]:8080/")]
    public void AllOfThisComputersAddressesAreItsOwn(string address)
    {
        HttpClient.DefaultProxy = new UsualProxy(_proxy.Address, _before, static _ => true);
        var proxy = new StoreProxy();
        HttpClient.DefaultProxy = _before;

        Assert.True(proxy.IsBypassed(new Uri(address)));
        Assert.Null(proxy.GetProxy(new Uri(address)));
        // As for what is not this computer's, the usual one is asked.
        Assert.False(proxy.IsBypassed(new Uri("https://store.example/")));
        Assert.Equal(_proxy.Address, proxy.GetProxy(new Uri("https://store.example/")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OtherComputersAreReachedThroughTheUsualProxy(bool isStore)
    {
        var address = new Uri($"https://{Elsewhere}/");
        using var client = PolarHttp.Create(
            isStore
                ? TransportOptions.ForStore()
                : Quick(new TransportOptions(address) { Token = static () => Probe.Secret })
        );
        using var stop = new CancellationTokenSource();
        var sending = client.GetAsync(new Uri(address, "v1/things/"), stop.Token);
        await RateGateTests.UntilAsync(() => _proxy.Requests.Count > 0);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => sending);

        var seen = _proxy.Requests[0];
        Assert.Equal($"CONNECT {Elsewhere}:443 HTTP/1.1", seen.Line);
        Assert.DoesNotContain(Probe.Secret, seen.Text, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    private static TransportOptions Quick(TransportOptions options) =>
        new(options.BaseAddress) { Token = options.Token, MaximumRetries = 0 };

    private Uri Here(string host) => new UriBuilder(_server.Address) { Host = host }.Uri;

    /// <summary>As a company sets one for all its computers: for this one's own addresses, too.</summary>
    private sealed class UsualProxy(Uri proxy, IWebProxy other, Func<Uri, bool> isMine) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => isMine(destination) ? proxy : other.GetProxy(destination);

        public bool IsBypassed(Uri host) => !isMine(host) && other.IsBypassed(host);
    }
}
