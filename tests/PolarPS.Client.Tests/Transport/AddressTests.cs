using System.Net.Http;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

public class AddressTests
{
    [Theory]
    [InlineData("https://api.polar.sh")]
    [InlineData("https://sandbox-api.polar.sh/")]
    [InlineData("https://10.0.0.1:8443/")]
    [InlineData("http://localhost:8080/")]
    [InlineData("http://LOCALHOST/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.9.8.7:5000/")]
    [InlineData("http://[::1]:5000/")]
    public void IsAccepted(string address)
    {
        using var client = PolarHttp.Create(Settings(new Uri(address)));
        Assert.Equal(new Uri(address), client.BaseAddress);
    }

    [Theory]
    [InlineData("http://api.polar.sh/", "https")]
    [InlineData("http://10.0.0.1/", "https")]
    [InlineData("http://localhost.example.com/", "https")]
    [InlineData("http://127.0.0.1.example.com/", "https")]
    [InlineData("http://[fe80::1]/", "https")]
    [InlineData("ftp://localhost/", "https")]
    [InlineData("file:///tmp/x", "https")]
    [InlineData("https://user:hunter2@api.polar.sh/", "user name")]
    [InlineData("http://hunter2@localhost/", "user name")]
    [InlineData("/v1/", "must be complete")]
    [InlineData("https://api.polar.sh/v1/", "path")]
    [InlineData("https://api.polar.sh/?hunter2", "path")]
    [InlineData("https://api.polar.sh/#hunter2", "path")]
    [InlineData("http://localhost:8080#hunter2", "path")]
    public void IsRefused(string address, string reason)
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            PolarHttp.Create(Settings(new Uri(address, UriKind.RelativeOrAbsolute)))
        );
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BaseAddress", null)]
    [InlineData("BaseAddress", "https://api.polar.sh")]
    [InlineData("AttemptTimeout", 30)]
    [InlineData("MaximumRetries", -1)]
    [InlineData("MaximumRetries", "4")]
    [InlineData("OrganizationId", "a\r\nX-Injected: 1")]
    [InlineData("UserAgent", "caf\u00e9")]
    public void WrongSettingIsNamed(string key, object? value)
    {
        var settings = Settings(new Uri("https://api.polar.sh"));
        settings[key] = value;
        var exception = Assert.Throws<ArgumentException>(() => PolarHttp.Create(settings));
        Assert.Contains(
            key == "BaseAddress" && value is null ? "base address" : key,
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2 * 24 * 3600)]
    public void UselessTimeoutIsRefused(int seconds)
    {
        foreach (var key in new[] { "AttemptTimeout", "TotalTimeout" })
        {
            var settings = Settings(new Uri("https://api.polar.sh"));
            settings[key] = TimeSpan.FromSeconds(seconds);
            Assert.Contains(
                key,
                Assert.Throws<ArgumentException>(() => PolarHttp.Create(settings)).Message,
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("//127.0.0.1:{other}/v1/things/")]
    [InlineData("http://127.0.0.1:{other}/v1/things/")]
    [InlineData("http://localhost:{port}/v1/things/")]
    [InlineData("https://127.0.0.1:{port}/v1/things/")]
    [InlineData("http://user:hunter2@127.0.0.1:{port}/v1/things/")]
    public async Task LeavingTheServerIsRefusedBeforeAnythingIsSent(string address)
    {
        await using var home = new LoopbackServer(Ok);
        await using var other = new LoopbackServer(Ok);
        using var client = PolarHttp.Create(Probe.Fast(home.Address));
        var target = address.Replace("{other}", $"{other.Address.Port}", StringComparison.Ordinal);
        target = target.Replace("{port}", $"{home.Address.Port}", StringComparison.Ordinal) + "?secret=hunter2";

        // A relative reference may start with two slashes; on Unix Uri would take it for a file.
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            target.StartsWith('/') ? new Uri(home.Address, target) : new Uri(target)
        );
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => client.SendAsync(request));

        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
        Assert.Null(request.Headers.Authorization);
        Assert.Equal((0, 0), (home.Connections, other.Connections));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task RedirectIsNotFollowed(int status)
    {
        await using var target = new LoopbackServer(Ok);
        await using var server = new LoopbackServer(Status(status, "", $"Location: {target.Address}v1/things/"));
        using var client = PolarHttp.Create(Probe.Fast(server.Address));

        var probe = await new Probe(HttpMethod.Get, "/v1/things").SendAsync(client);

        Assert.Equal(status, (int)probe.Response!.StatusCode);
        Assert.Equal((1, 0), (server.Requests.Count, target.Connections));
    }

    [Fact]
    public void SynchronousSendingIsRefused()
    {
        using var client = PolarHttp.Create(Settings(new Uri("https://api.polar.sh")));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://elsewhere.example/");
        Assert.Throws<NotSupportedException>(() => client.Send(request));
    }

    private static Dictionary<string, object?> Settings(Uri address) => new() { [Words.BaseAddress] = address };
}
