using System.Net.Http;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

/// <summary>A token that Polar refuses is replaced once, and the request sent once more, whatever it does.</summary>
public sealed class TokenRenewalTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task ARefusedRequestIsSentOnceMoreWithTheNewToken(string method)
    {
        await using var server = new LoopbackServer(Expired, Ok);
        var asked = new List<string>();
        using var client = Client(
            server,
            refused =>
            {
                asked.Add(refused);
                return "polar_at_u_new";
            }
        );

        var probe = await new Probe(new HttpMethod(method), "/v1/things/").SendAsync(client);

        Assert.Equal("200", probe.Outcome);
        Assert.Equal(["polar_at_u_old"], asked);
        Assert.Equal(
            ["Bearer polar_at_u_old", "Bearer polar_at_u_new"],
            server.Requests.Select(static seen => seen.Headers["Authorization"])
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("polar_at_u_old")]
    public async Task WithoutAnotherTokenTheRefusalStands(string? other)
    {
        await using var server = new LoopbackServer(Expired, Ok);
        using var client = Client(server, _ => other);

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal("401", probe.Outcome);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task ASecondRefusalStands()
    {
        await using var server = new LoopbackServer(Expired, Expired, Ok);
        var count = 0;
        using var client = Client(server, _ => $"polar_at_u_new{++count}");

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal(("401", 1), (probe.Outcome, count));
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(401)]
    public async Task WhatIsRefusedForAnotherReasonKeepsItsToken(int status)
    {
        // A token of the wrong kind counts as none.
        await using var server = new LoopbackServer(Status(status, """{"error":"Unauthorized","detail":"No."}"""), Ok);
        using var client = Client(server, static _ => throw new InvalidOperationException("Not asked."));

        Assert.Equal($"{status}", (await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client)).Outcome);
    }

    private static Reply Expired => Status(401, """{"error":"invalid_token","error_description":"Expired."}""");

    private static HttpClient Client(LoopbackServer server, Func<string, string?> renew) =>
        PolarHttp.Create(
            new TransportOptions(server.Address)
            {
                FetchToken = static _ => Task.FromResult("polar_at_u_old"),
                RenewToken = (refused, _) => Task.FromResult(renew(refused)),
                BackoffBase = TimeSpan.FromMilliseconds(10),
            }
        );
}
