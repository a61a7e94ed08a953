using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using PolarPS.Http;
using PolarPS.OpenApi;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

public class HeaderTests
{
    [Fact]
    public async Task EveryRequestCarriesThem()
    {
        await using var server = new LoopbackServer(Status(500), Ok);
        using var client = PolarHttp.Create(
            new Dictionary<string, object?>
            {
                ["BaseAddress"] = server.Address,
                ["Token"] = (Func<string>)(static () => Probe.Secret),
                ["OrganizationId"] = "1dbfc517-0bbf-4301-9ba8-555ca42b9737",
                ["ApiVersion"] = "2027-01",
                ["UserAgent"] = "PolarPS/1.0 (tests)",
            }
        );

        await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal(2, server.Requests.Count);
        Assert.All(
            server.Requests,
            static seen =>
            {
                Assert.Equal("GET /v1/things/ HTTP/1.1", seen.Line);
                Assert.Equal("Bearer " + Probe.Secret, seen.Headers["Authorization"]);
                Assert.Equal("1dbfc517-0bbf-4301-9ba8-555ca42b9737", seen.Headers["Polar-Organization"]);
                Assert.Equal("2027-01", seen.Headers["Polar-Version"]);
                Assert.Equal("PolarPS/1.0 (tests)", seen.Headers["User-Agent"]);
                Assert.Equal("application/json", seen.Headers["Accept"]);
                Assert.Contains("gzip", seen.Headers["Accept-Encoding"], StringComparison.Ordinal);
                Assert.Empty(seen.Body);
                Assert.DoesNotContain("Cookie", seen.Headers.Keys);
            }
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task AnonymousRequestsHaveNoAuthorization(string? token)
    {
        await using var server = new LoopbackServer(Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address, token));

        await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        var seen = Assert.Single(server.Requests);
        Assert.DoesNotContain("Authorization", seen.Headers.Keys);
        Assert.DoesNotContain("Polar-Organization", seen.Headers.Keys);
        Assert.Equal(ApiVersion.Tested, seen.Headers["Polar-Version"]);
        Assert.Matches(@"^PolarPS/\d+\.\d+\.\d+$", seen.Headers["User-Agent"]);
    }

    // As a program has it whose tokens come from elsewhere and are short-lived.
    [Fact]
    public async Task EachAttemptFetchesATokenAndLeavesNone()
    {
        await using var server = new LoopbackServer(Status(500), Ok);
        var fetched = 0;
        using var client = PolarHttp.Create(
            new TransportOptions(server.Address)
            {
                FetchToken = _ => Task.FromResult($"{Probe.Secret}{++fetched}"),
                BackoffBase = TimeSpan.FromMilliseconds(10),
            }
        );

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal(("200", 2), (probe.Outcome, fetched));
        Assert.Equal(
            [$"Bearer {Probe.Secret}1", $"Bearer {Probe.Secret}2"],
            server.Requests.Select(static seen => seen.Headers["Authorization"])
        );
        Assert.Null(((IDictionary<string, object?>)probe.Request.Options)[Words.OwnToken]);
    }

    [Fact]
    public async Task EachAttemptTakesTheTokenOfTheMoment()
    {
        await using var server = new LoopbackServer(Status(500), Ok);
        var count = 0;
        using var client = PolarHttp.Create(
            new TransportOptions(server.Address)
            {
                Token = () => $"polar_oat_number{++count}",
                BackoffBase = TimeSpan.FromMilliseconds(10),
            }
        );

        await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal("Bearer polar_oat_number1", server.Requests[0].Headers["Authorization"]);
        Assert.Equal("Bearer polar_oat_number2", server.Requests[1].Headers["Authorization"]);
    }

    [Theory]
    [InlineData("polar_crt_ofThisRequestOnly", "Bearer polar_crt_ofThisRequestOnly")]
    [InlineData("", null)]
    public async Task ARequestsOwnTokenTakesThePlaceOfTheConnections(string own, string? sent)
    {
        await using var server = new LoopbackServer(Status(500), Ok, Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        var probe = new Probe(HttpMethod.Get, "/v1/things/").Set(Words.OwnToken, own).Set(Words.TraceBodies, true);

        await probe.SendAsync(client);
        await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        // On every attempt, and on no request but this one.
        Assert.Equal(
            [sent, sent, "Bearer " + Probe.Secret],
            server.Requests.Select(static seen => seen.Headers.GetValueOrDefault("Authorization"))
        );
        Assert.Null(probe.Request.Headers.Authorization);
        Assert.DoesNotContain(
            probe.Traces("debug"),
            static text => text.Contains("ofThisRequestOnly", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("\r\nX-Injected: 1")]
    [InlineData("\n")]
    [InlineData("\0")]
    [InlineData("\u007f")]
    [InlineData("\u00e9")]
    [InlineData(" ")]
    public async Task ImpossibleTokenIsRefusedWithoutShowingIt(string flaw)
    {
        await using var server = new LoopbackServer(Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address, Probe.Secret + flaw));

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal((nameof(InvalidOperationException), 0), (probe.Outcome, probe.Attempts));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task RequestsOwnHeadersStay()
    {
        await using var server = new LoopbackServer(Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        var probe = new Probe(HttpMethod.Get, "/v1/things/export");
        probe.Request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        probe.Request.Headers.Add("Polar-Version", "2026-04");

        await probe.SendAsync(client);

        var seen = Assert.Single(server.Requests);
        Assert.Equal("text/csv", seen.Headers["Accept"]);
        Assert.Equal("2026-04", seen.Headers["Polar-Version"]);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task BodylessWritesTellTheirLength(string method)
    {
        await using var server = new LoopbackServer(Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        var probe = await new Probe(new HttpMethod(method), "/v1/things/1/renew").SendAsync(client);

        var seen = Assert.Single(server.Requests);
        Assert.Equal("0", seen.Headers["Content-Length"]);
        Assert.DoesNotContain("Transfer-Encoding", seen.Headers.Keys);
        Assert.DoesNotContain("Expect", seen.Headers.Keys);
        Assert.Null(probe.Request.Content);
    }

    [Fact]
    public async Task ContentOfUnknownLengthIsNeverChunked()
    {
        await using var server = new LoopbackServer(Status(429, "", "Retry-After: 0"), Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        var probe = new Probe(HttpMethod.Post, "/v1/things/", new UnknownLength("{\"name\":\"x\"}"));
        probe.Request.Headers.TransferEncodingChunked = true;
        probe.Request.Headers.ExpectContinue = true;

        await probe.SendAsync(client);

        Assert.Equal(2, server.Requests.Count);
        Assert.All(
            server.Requests,
            static seen =>
            {
                Assert.Equal("{\"name\":\"x\"}", Encoding.UTF8.GetString(seen.Body));
                Assert.Equal("12", seen.Headers["Content-Length"]);
                Assert.Equal("application/json", seen.Headers["Content-Type"]);
                Assert.DoesNotContain("Transfer-Encoding", seen.Headers.Keys);
                Assert.DoesNotContain("Expect", seen.Headers.Keys);
            }
        );
    }

    [Fact]
    public async Task CookiesAreNotKept()
    {
        await using var server = new LoopbackServer(Status(200, "{}", "Set-Cookie: session=1; Path=/"));
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);
        await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.DoesNotContain("Cookie", server.Requests[1].Headers.Keys);
    }

    private sealed class UnknownLength : HttpContent
    {
        private readonly byte[] _body;

        public UnknownLength(string body)
        {
            _body = Encoding.UTF8.GetBytes(body);
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            stream.WriteAsync(_body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
