using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using PolarPS.Emulator;
using PolarPS.OpenApi;
using Xunit;

namespace PolarPS.Client.Tests.Emulator;

/// <summary>The emulator's own port: what goes over the wire, byte by byte where that matters.</summary>
public sealed class ServerTests : IDisposable
{
    private const string Foghorn = """{"name":"Foghorn","prices":[{"amount_type":"free"}]}""";

    private readonly PolarEmulator _emulator = new();
    private readonly EmulatorServer _server;
    private readonly HttpClient _client;

    public ServerTests()
    {
        _server = EmulatorServer.Start(_emulator);
        _client = new HttpClient { BaseAddress = _server.Url };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _emulator.AccessToken);
    }

    private string Authorization => $"Authorization: Bearer {_emulator.AccessToken}\r\n";

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task AnswersEveryMethod()
    {
        using var created = await PostAsync("/v1/products/", Foghorn);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var id = System.Text.Json.Nodes.JsonNode.Parse(await created.Content.ReadAsStringAsync())!["id"]!.ToString();

        using var patch = new StringContent("""{"name":"Bell"}""", Encoding.UTF8, "application/json");
        using var changed = await _client.PatchAsync(Relative("/v1/products/" + id), patch);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Contains(
            "\"Bell\"",
            await _client.GetStringAsync(Relative("/v1/products/" + id)),
            StringComparison.Ordinal
        );

        using var deleted = await _client.DeleteAsync(Relative("/v1/products/" + id));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Null(deleted.Content.Headers.ContentLength is > 0 ? "a body" : null);
        using var gone = await _client.GetAsync(Relative("/v1/products/" + id));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(ApiVersion.Tested, gone.Headers.GetValues("Polar-Version").Single());
    }

    [Theory]
    [InlineData("/v1/products/?query=%2Fa%20b%26c&limit=1", "/v1/products/", "query=%2Fa%20b%26c&limit=1")]
    [InlineData("/v1/customers/external/a%2Fb%25c", "/v1/customers/external/a%2Fb%25c", "")]
    [InlineData("//v1/./products/../products/", "//v1/./products/../products/", "")]
    [InlineData("http://elsewhere.example/v1/meters/?x=1", "/v1/meters/", "x=1")]
    [InlineData("http://elsewhere.example", "/", "")]
    [InlineData("http://elsewhere.example?x=1", "/", "x=1")]
    [InlineData("*", "*", "")]
    public async Task PathsAndQueriesArriveAsTheyWereSent(string target, string path, string query)
    {
        await SendAsync($"GET {target} HTTP/1.1\r\nHost: localhost\r\n{Authorization}Connection: close\r\n\r\n");
        var request = _emulator.Requests.Single();
        Assert.Equal((path, query), (request.Path, request.Query));
    }

    [Theory]
    [InlineData(
        "POST /v1/products/ HTTP/1.1\r\nHost: localhost\r\n@Connection: close\r\n\r\n",
        "411 Length Required",
        "LengthRequired"
    )]
    [InlineData(
        "POST /v1/products/ HTTP/1.1\r\nHost: localhost\r\n@Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "411 Length Required",
        "LengthRequired"
    )]
    [InlineData(
        "POST /v1/products/ HTTP/1.1\r\nHost: localhost\r\n@Content-Length: 20000000\r\n\r\n",
        "413 Content Too Large",
        "RequestBodyTooLarge"
    )]
    [InlineData("GET /v1/products/ HTTP/1.1\r\n@\r\n", "400 Bad Request", "Host")]
    [InlineData("GET /v1/products/ HTTP/1.1\r\nHost: localhost\r\nHost: y\r\n\r\n", "400 Bad Request", "Host")]
    [InlineData("GET /v1/products/ HTTP/2.0\r\nHost: localhost\r\n\r\n", "505 HTTP Version Not Supported", "HTTP/1.1")]
    [InlineData("GET v1 HTTP/1.1\r\nHost: localhost\r\n\r\n", "400 Bad Request", "path")]
    [InlineData("G(T / HTTP/1.1\r\nHost: localhost\r\n\r\n", "400 Bad Request", "first line")]
    [InlineData("GET /\r\n\r\n", "400 Bad Request", "first line")]
    [InlineData("GET / HTTP/1.1\nHost: localhost\n\n", "400 Bad Request", "CR and LF")]
    [InlineData("GET / HTTP/1.1\r\nHost : x\r\n\r\n", "400 Bad Request", "header")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n folded\r\n\r\n", "400 Bad Request", "header")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nA: b\0c\r\n\r\n", "400 Bad Request", "character")]
    [InlineData(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "400 Bad Request",
        "Content-Length"
    )]
    [InlineData(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1, 2\r\n\r\n",
        "400 Bad Request",
        "Content-Length"
    )]
    [InlineData(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "400 Bad Request",
        "Length"
    )]
    [InlineData(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n",
        "400 Bad Request",
        "not both"
    )]
    [InlineData(
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
        "501 Not Implemented",
        "chunked"
    )]
    [InlineData(
        "GET / HTTP/1.1\r\nHost: localhost\r\nExpect: a miracle\r\n\r\n",
        "417 Expectation Failed",
        "100-continue"
    )]
    public async Task WhatIsNoGoodRequestIsRefusedAndTheConnectionEnds(string request, string status, string detail)
    {
        var answer = await SendAsync(request.Replace("@", Authorization, StringComparison.Ordinal));
        Assert.StartsWith("HTTP/1.1 " + status + "\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Contains(detail, answer, StringComparison.Ordinal);
        // And the next one is served.
        Assert.NotEmpty(await _client.GetStringAsync(Relative("/v1/products/?limit=1")));
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:80", 200)]
    [InlineData("shop.localhost:5000", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("127.0.0.1:49321", 200)]
    [InlineData("[::1]:49321", 200)]
    [InlineData("api.polar.sh", 421)]
    [InlineData("evil.example:80", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    [InlineData("localhost.evil.example", 421)]
    [InlineData("192.168.0.10", 421)]
    [InlineData("0.0.0.0", 421)]
    public async Task OnlyThisComputerIsServed(string host, int status)
    {
        var answer = await SendAsync(
            $"GET /v1/products/?limit=1 HTTP/1.1\r\nHost: {host}\r\n{Authorization}Connection: close\r\n\r\n"
        );
        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} "),
            answer,
            StringComparison.Ordinal
        );
        Assert.Equal(status == 200 ? 1 : 0, _emulator.RequestCount);
    }

    [Fact]
    public async Task AThousandConnectionsThatSayNothingMakeRoom()
    {
        var idle = new System.Collections.Generic.List<Socket>();
        try
        {
            for (var i = 0; i < 1000; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                idle.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, _server.Port);
            }

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            Assert.NotEmpty(await _client.GetStringAsync(Relative("/v1/products/?limit=1"), limit.Token));
        }
        finally
        {
            foreach (var socket in idle)
            {
                socket.Dispose();
            }
        }
    }

    [Theory]
    // No UTF-8 at all, a character that breaks off, and half of one that is written out.
    [InlineData(new byte[] { 0xff, 0xfe })]
    [InlineData(new byte[] { 0xc3 })]
    [InlineData(new byte[] { (byte)'\\', (byte)'u', (byte)'d', (byte)'8', (byte)'0', (byte)'0' })]
    public async Task TextThatIsNoneIsRefused(byte[] text)
    {
        byte[] body = [.. "{\"name\":\"Fog"u8, .. text, .. "\",\"prices\":[{\"amount_type\":\"free\"}]}"u8];
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await _client.PostAsync(Relative("/v1/products/"), content);
        Assert.Equal(HttpStatusCode.UnprocessableContent, answer.StatusCode);
        Assert.Contains("json_invalid", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HeadsHaveALimit()
    {
        var many = string.Concat(Enumerable.Range(0, 300).Select(i => $"H{i}: x\r\n"));
        var longLine = "L: " + new string('x', 70_000) + "\r\n";
        foreach (var lines in new[] { many, longLine })
        {
            var answer = await SendAsync($"GET / HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n");
            Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
        }

        Assert.Equal(0, _emulator.RequestCount);
    }

    [Theory]
    [InlineData("5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nTrailer: x\r\n\r\n", "200", "hello world")]
    [InlineData("zz\r\nhello\r\n0\r\n\r\n", "400", null)]
    [InlineData("3\r\nhello\r\n0\r\n\r\n", "400", null)]
    [InlineData("FFFFFFFF\r\n", "400", null)]
    [InlineData("7FFFFFFF\r\n", "413", null)]
    public async Task ChunksArePutTogether(string chunks, string status, string? body)
    {
        // A rule that answers instead reads the body, whatever the API thinks of chunks.
        _emulator.Faults.Add(new FaultRule { Status = 200 });
        var answer = await SendAsync(
            "POST /v1/products/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + chunks
        );
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        if (body is not null)
        {
            Assert.Equal(body, _emulator.Requests.Single().Body);
        }
    }

    [Fact]
    public async Task OneConnectionServesManyRequestsAlsoWhenTheyComeAtOnce()
    {
        var get = $"GET /v1/products/?limit=1 HTTP/1.1\r\nHost: localhost\r\n{Authorization}\r\n";
        // The first is refused without its body being read, which must not be taken for the next request.
        var refused =
            $"POST /v1/products/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Foghorn.Length}\r\n\r\n{Foghorn}";
        var head = $"HEAD /v1/products/ HTTP/1.1\r\nHost: localhost\r\n{Authorization}\r\n";
        var last = get.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal);
        var answer = await SendAsync(refused + get + "\r\n" + head + last);
        Assert.Equal(["401", "200", "405", "200"], answer.Split("HTTP/1.1 ").Skip(1).Select(part => part[..3]));
        Assert.Equal(1, Count(answer, "Connection: close"));
        // An answer to HEAD has no body.
        Assert.DoesNotContain("Method Not Allowed\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OldClientsAreServedOnce()
    {
        var answer = await SendAsync($"GET /v1/products/?limit=1 HTTP/1.0\r\n{Authorization}\r\n");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AClientThatAsksFirstIsToldToGoOnOrNot()
    {
        using var socket = await ConnectAsync();
        await WriteAsync(
            socket,
            $"POST /v1/products/ HTTP/1.1\r\nHost: localhost\r\n{Authorization}Content-Type: application/json\r\n"
                + $"Content-Length: {Foghorn.Length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
        );
        var buffer = new byte[1024];
        var read = await socket.ReceiveAsync(buffer.AsMemory());
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", Encoding.ASCII.GetString(buffer, 0, read));
        await WriteAsync(socket, Foghorn);
        Assert.StartsWith("HTTP/1.1 201 ", await ReadToEndAsync(socket), StringComparison.Ordinal);

        // Who has no right to it need not send it.
        var refused = await SendAsync(
            "POST /v1/products/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\nExpect: 100-continue\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 401 ", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectionsReallyBreak()
    {
        var before = await CountProductsAsync();
        _emulator.Faults.Replace([
            new FaultRule
            {
                Operation = "products:create",
                DropBeforeRead = true,
                Times = 1,
            },
        ]);
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync("/v1/products/", Foghorn));
        Assert.Equal(before, await CountProductsAsync());

        _emulator.Faults.Replace([
            new FaultRule
            {
                Operation = "products:create",
                DropAfterRead = true,
                Times = 1,
            },
        ]);
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync("/v1/products/", Foghorn));
        Assert.Equal(before + 1, await CountProductsAsync());

        _emulator.Faults.Replace([new FaultRule { TruncateBody = true, Times = 1 }]);
        using var answer = await _client.GetAsync(Relative("/v1/products/"), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        using var kept = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(() => stream.CopyToAsync(kept));
        Assert.Equal(answer.Content.Headers.ContentLength / 2, kept.Length);
    }

    [Fact]
    public async Task AHeaderOfARuleIsOneHeader()
    {
        _emulator.Faults.Add(new FaultRule { Status = 503, RetryAfter = "1\r\nSet-Cookie: a=b" });
        using var answer = await _client.GetAsync(Relative("/v1/products/"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task LongBodiesGoThroughInBothDirections()
    {
        _emulator.AddProducts(3000);
        var list = await _client.GetByteArrayAsync(Relative("/v1/products/?limit=100"));
        Assert.InRange(list.Length, 40_000, int.MaxValue);
        var description = new string('x', 300_000);
        using var answer = await PostAsync(
            "/v1/products/",
            Foghorn.Replace("{\"name", $"{{\"description\":\"{description}\",\"name", StringComparison.Ordinal)
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Contains(description, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHundredClientsAtATimeLoseNothing()
    {
        var before = await CountProductsAsync();
        var clients = Enumerable
            .Range(0, 100)
            .Select(async number =>
            {
                using var client = new HttpClient { BaseAddress = _server.Url };
                client.DefaultRequestHeaders.Authorization = _client.DefaultRequestHeaders.Authorization;
                for (var i = 0; i < 5; i++)
                {
                    var name = string.Create(CultureInfo.InvariantCulture, $"Buoy {number}-{i}");
                    using var content = new StringContent(
                        Foghorn.Replace("Foghorn", name, StringComparison.Ordinal),
                        Encoding.UTF8,
                        "application/json"
                    );
                    using var answer = await client.PostAsync(Relative("/v1/products/"), content);
                    Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
                }
            });
        await Task.WhenAll(clients);
        Assert.Equal(before + 500, await CountProductsAsync());
    }

    [Fact]
    public async Task StoppingEndsWaitingRequestsAndFreesThePort()
    {
        _emulator.Faults.Add(new FaultRule { DelayMilliseconds = 60_000 });
        var waiting = _client.GetAsync(Relative("/v1/products/"));
        using var idle = await ConnectAsync();
        while (_emulator.RequestCount == 0)
        {
            await Task.Delay(5);
        }

        var watch = Stopwatch.StartNew();
        _server.Dispose();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => waiting);
        Assert.Equal(string.Empty, await ReadToEndAsync(idle));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
        await Assert.ThrowsAnyAsync<SocketException>(ConnectAsync);
        using var again = EmulatorServer.Start(_emulator, _server.Port);
        Assert.Equal(_server.Url, again.Url);
    }

    [Fact]
    public async Task AStoppedEmulatorHangsUp()
    {
        _emulator.Stop();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _client.GetAsync(Relative("/v1/products/")));
    }

    [Fact]
    public void ATakenPortIsRefused() =>
        Assert.Throws<SocketException>(() => EmulatorServer.Start(_emulator, _server.Port));

    private static Uri Relative(string path) => new(path, UriKind.Relative);

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private async Task<HttpResponseMessage> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await _client.PostAsync(Relative(path), content);
    }

    private async Task<int> CountProductsAsync() =>
        (int)
            System.Text.Json.Nodes.JsonNode.Parse(await _client.GetStringAsync(Relative("/v1/products/?limit=1")))![
                "pagination"
            ]!["total_count"]!;

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _server.Port);
        return socket;
    }

    private static async Task WriteAsync(Socket socket, string text) =>
        await socket.SendAsync(Encoding.Latin1.GetBytes(text).AsMemory());

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var stream = new NetworkStream(socket);
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, limit.Token);
        return Encoding.Latin1.GetString(all.ToArray());
    }

    // Sends text as it is and reads until the server ends the connection, which it has to do.
    private async Task<string> SendAsync(string text)
    {
        using var socket = await ConnectAsync();
        await WriteAsync(socket, text);
        return await ReadToEndAsync(socket);
    }
}
