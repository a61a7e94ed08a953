using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>The emulator behind real sockets.</summary>
public sealed class HostTests
{
    [Fact]
    public async Task ServesTheShopAndStopsWithItsInput()
    {
        await using var host = await HostProcess.StartAsync("--products", "25", "--seed", "9");
        Assert.StartsWith("http://127.0.0.1:", (string)host.Ready["url"]!, StringComparison.Ordinal);
        Assert.Equal(41, (int)(await host.GetAsync("/v1/products/?limit=100"))["pagination"]!["total_count"]!);
        var organization = await host.GetAsync("/v1/organizations/");
        Assert.Equal((string)host.Ready["organizationId"]!, (string)organization["items"]![0]!["id"]!);
        Assert.Equal(0, await host.StopAsync());
    }

    [Fact]
    public async Task TokensDoWhatTheirNamesSay()
    {
        await using var host = await HostProcess.StartAsync();
        async Task<HttpStatusCode> Create(string token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/products/");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (string)host.Ready[token]!);
            request.Content = new StringContent(
                """{"name":"Foghorn","prices":[{"amount_type":"free"}]}""",
                Encoding.UTF8,
                "application/json"
            );
            using var answer = await host.Client.SendAsync(request);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.Created, await Create("accessToken"));
        Assert.Equal(HttpStatusCode.Forbidden, await Create("readOnlyToken"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Create("expiredToken"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Create("userToken"));
    }

    [Fact]
    public async Task ControlShowsRequestsAndChangesFaults()
    {
        await using var host = await HostProcess.StartAsync(
            "--empty",
            "--fault",
            """{"path":"/v1/meters","status":503}"""
        );
        using (var failed = await host.Client.GetAsync(new Uri("/v1/meters/?a=%20b", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        }

        var faults = await host.GetAsync("/__emulator/faults");
        Assert.Equal(1, (int)faults[0]!["hits"]!);
        await host.ControlAsync(HttpMethod.Delete, "faults");
        await host.ControlAsync(HttpMethod.Post, "products?count=12");
        Assert.Equal(12, (int)(await host.GetAsync("/v1/products/"))["pagination"]!["total_count"]!);
        await host.ControlAsync(HttpMethod.Post, "faults", """{"status":429,"retryAfter":1,"times":1}""");
        using (var limited = await host.Client.GetAsync(new Uri("/v1/products/", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), limited.Headers.RetryAfter!.Delta);
        }

        var requests = (await host.GetAsync("/__emulator/requests")).AsArray();
        Assert.Equal(3, requests.Count);
        Assert.Equal("a=%20b", (string)requests[0]!["query"]!);
        Assert.Equal([503, 200, 429], requests.Select(request => (int)request!["status"]!));
        Assert.Contains("Authorization", requests[0]!["headerNames"]!.AsArray().Select(name => (string)name!));
        Assert.DoesNotContain("polar_oat_", requests.ToJsonString(), StringComparison.Ordinal);
        await host.ControlAsync(HttpMethod.Delete, "requests");
        Assert.Empty((await host.GetAsync("/__emulator/requests")).AsArray());

        using var nonsense = await host.Client.PostAsync(
            new Uri("/__emulator/faults", UriKind.Relative),
            new StringContent("{")
        );
        Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);
    }

    [Fact]
    public async Task ConnectionsReallyBreak()
    {
        await using var host = await HostProcess.StartAsync();
        const string body = """{"name":"Foghorn","prices":[{"amount_type":"free"}]}""";
        Task<HttpResponseMessage> Post() =>
            host.Client.PostAsync(
                new Uri("/v1/products/", UriKind.Relative),
                new StringContent(body, Encoding.UTF8, "application/json")
            );
        async Task<int> Count() => (int)(await host.GetAsync("/v1/products/"))["pagination"]!["total_count"]!;

        var before = await Count();
        await host.ControlAsync(
            HttpMethod.Post,
            "faults",
            """{"method":"POST","path":"/v1/","dropBeforeRead":true,"times":1}"""
        );
        await Assert.ThrowsAsync<HttpRequestException>(Post);
        Assert.Equal(before, await Count());

        await host.ControlAsync(
            HttpMethod.Post,
            "faults",
            """{"method":"POST","path":"/v1/","dropAfterRead":true,"times":1}"""
        );
        await Assert.ThrowsAsync<HttpRequestException>(Post);
        Assert.Equal(before + 1, await Count());

        await host.ControlAsync(HttpMethod.Post, "faults", """{"truncateBody":true,"times":1}""");
        using var answer = await host.Client.GetAsync(
            new Uri("/v1/products/", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        using var kept = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(() => stream.CopyToAsync(kept));
        Assert.True(kept.Length < answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task AnswersWithoutABodyKeepTheConnection()
    {
        await using var host = await HostProcess.StartAsync();
        var address = host.Client.BaseAddress!;
        var connections = 0;
        using var client = new HttpClient(
            new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancellationToken) =>
                {
                    connections++;
                    var socket = new TcpClient();
                    await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
                    return socket.GetStream();
                },
            }
        )
        {
            BaseAddress = address,
        };
        client.DefaultRequestHeaders.Authorization = host.Client.DefaultRequestHeaders.Authorization;
        var fields = await host.GetAsync("/v1/custom-fields/");
        foreach (var field in fields["items"]!.AsArray())
        {
            using var deleted = await client.DeleteAsync(
                new Uri($"/v1/custom-fields/{(string)field!["id"]!}", UriKind.Relative)
            );
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
            // Time for a connection that is to be closed to be closed.
            await Task.Delay(100);
        }

        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task PathsArriveAsTheyWereSent()
    {
        await using var host = await HostProcess.StartAsync();
        var address = host.Client.BaseAddress!;
        using var socket = new TcpClient(address.Host, address.Port);
        await using var stream = socket.GetStream();
        var request =
            "POST /v1/products/%41%2Fb?x=%5B HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 411", answer, StringComparison.Ordinal);
        var seen = (await host.GetAsync("/__emulator/requests"))[0]!;
        Assert.Equal("/v1/products/%41%2Fb", (string)seen["path"]!);
        Assert.Equal("x=%5B", (string)seen["query"]!);
    }

    [Fact]
    public async Task TooLargeABodyIsRefusedByItsHead()
    {
        await using var host = await HostProcess.StartAsync();
        var address = host.Client.BaseAddress!;
        using var socket = new TcpClient(address.Host, address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                "POST /v1/products/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n"
            )
        );
        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 413", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LatencyAndRateAreAddedWhenAsked()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """[{"path":"/v1/benefits","status":418}]""");
            await using var host = await HostProcess.StartAsync(
                "--latency",
                "80",
                "--rate-limit",
                "2",
                "--faults",
                file
            );
            var clock = Stopwatch.StartNew();
            await host.GetAsync("/v1/products/");
            Assert.True(clock.ElapsedMilliseconds >= 75);
            await host.GetAsync("/v1/products/");
            using var third = await host.Client.GetAsync(new Uri("/v1/products/", UriKind.Relative));
            Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
            using var faulty = await host.Client.GetAsync(new Uri("/v1/benefits/", UriKind.Relative));
            Assert.Equal((HttpStatusCode)418, faulty.StatusCode);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Point26TheHostHasPolarsLimitsWhenAsked()
    {
        await using var host = await HostProcess.StartAsync("--polar-rate-limit");
        // As buyers do: without a token.
        host.Client.DefaultRequestHeaders.Authorization = null;
        var answers = new HttpStatusCode[8];
        for (var i = 0; i < answers.Length; i++)
        {
            using var answer = await host.Client.PostAsync(
                new Uri("/v1/checkouts/client/polar_c_x/confirm", UriKind.Relative),
                new StringContent("{}", Encoding.UTF8, "application/json")
            );
            answers[i] = answer.StatusCode;
        }

        Assert.Equal(6, answers.Count(status => status == HttpStatusCode.NotFound));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--port")]
    [InlineData("--port", "high")]
    [InlineData("--fault", "{")]
    [InlineData("--faults", "/no/such/file.json")]
    public async Task DoesNotStartWithNonsense(params string[] arguments)
    {
        var run = await HostProcess.RunAsync(arguments);
        Assert.Equal(2, run.Code);
        Assert.NotEmpty(run.Errors);
    }
}
