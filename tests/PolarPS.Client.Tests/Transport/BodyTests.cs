using System.IO.Compression;
using System.Net.Http;
using System.Text;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Transport.Replies;

namespace PolarPS.Client.Tests.Transport;

public class BodyTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task CompressedBodyIsUnpacked(string encoding)
    {
        var text = "{\"items\":[" + new string(' ', 100_000) + "]}";
        await using var server = new LoopbackServer(
            Bytes(200, Pack(text, encoding), "Content-Encoding: " + encoding, "Content-Type: application/json")
        );
        using var client = PolarHttp.Create(Probe.Fast(server.Address));

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal(text, await probe.BodyAsync());
        Assert.Equal("application/json", probe.Response!.Content.Headers.ContentType!.ToString());
        Assert.Empty(probe.Response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task DamagedCompressionIsAFailedAttempt()
    {
        byte[] damaged = [.. Pack("{}", "gzip")[..4], .. new byte[20]];
        await using var server = new LoopbackServer(Bytes(200, damaged, "Content-Encoding: gzip"), Ok);
        using var client = PolarHttp.Create(Probe.Fast(server.Address));

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal(("200", 2), (probe.Outcome, probe.Attempts));
    }

    [Fact]
    public async Task BodyIsThereWhenTheAnswerIs()
    {
        await using var server = new LoopbackServer(Status(200, "{\"id\":1}", "Content-Type: application/json"));
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        var probe = await new Probe(HttpMethod.Get, "/v1/things/1").SendAsync(client);
        await server.DisposeAsync();

        Assert.Equal("{\"id\":1}", await probe.BodyAsync());
        Assert.Equal(8, probe.Response!.Content.Headers.ContentLength);
        Assert.Same(probe.Request, probe.Response.RequestMessage);
    }

    [Fact]
    public async Task ChunkedBodyIsReadToItsEnd()
    {
        await using var server = new LoopbackServer(
            static async (stream, stop) =>
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), stop);
                for (var chunk = 0; chunk < 3000; chunk++)
                {
                    await stream.WriteAsync("10\r\n0123456789abcdef\r\n"u8.ToArray(), stop);
                }

                await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), stop);
                return true;
            }
        );
        using var client = PolarHttp.Create(Probe.Fast(server.Address));

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal(48_000, (await probe.BodyAsync()).Length);
    }

    [Fact]
    public async Task LargeBodyCanBeReadInEveryWay()
    {
        var text = string.Concat(Enumerable.Range(0, 60_000).Select(static number => (char)('a' + (number * 7 % 26))));
        text += text + text;
        await using var server = new LoopbackServer(Status(200, text));
        using var client = PolarHttp.Create(Probe.Fast(server.Address));
        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);
        var content = probe.Response!.Content;
        Assert.Equal(text.Length, content.Headers.ContentLength);

        await using (var stream = await content.ReadAsStreamAsync())
        {
            using var reader = new StreamReader(stream, leaveOpen: true);
            Assert.Equal(text, await reader.ReadToEndAsync());
        }

        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        Assert.Equal(text, Encoding.UTF8.GetString(copy.ToArray()));
        Assert.Equal(text, await content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BodyBeyondTheLimitIsRefusedOnce(bool announced)
    {
        await using var server = new LoopbackServer(
            announced
                ? Status(200, new string('x', 5000))
                : Bytes(200, Pack(new string('x', 5000), "gzip"), "Content-Encoding: gzip")
        );
        using var client = PolarHttp.Create(new TransportOptions(server.Address) { BodyLimit = 4000 });

        var probe = await new Probe(HttpMethod.Get, "/v1/things/").SendAsync(client);

        Assert.Equal((nameof(HttpRequestException), 1), (probe.Outcome, probe.Attempts));
        Assert.Contains("4000 bytes", probe.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamedBodyIsHandedOverAsItArrives()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new LoopbackServer(
            async (stream, stop) =>
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nfirst\r\n"u8.ToArray(), stop);
                await goOn.Task.WaitAsync(stop);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 10_000)), stop);
                stream.Close();
                return true;
            }
        );
        using var client = PolarHttp.Create(
            new TransportOptions(server.Address)
            {
                BodyLimit = 100,
                AttemptTimeout = TimeSpan.FromSeconds(1),
                TotalTimeout = TimeSpan.FromSeconds(1),
            }
        );

        var probe = await new Probe(HttpMethod.Get, "/v1/orders/export")
            .Set(Words.StreamBody, true)
            .Set(Words.TraceBodies, true)
            .SendAsync(client);

        Assert.Equal("200", probe.Outcome);
        await using var body = await probe.Response!.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(body);
        Assert.Equal("first", await reader.ReadLineAsync());
        // The limits are on the answer's beginning, not on how long its body flows.
        await Task.Delay(1300);
        goOn.SetResult();
        Assert.Equal(10_000, (await reader.ReadToEndAsync()).Length);
    }

    // A caller may dispose of the content and of its answer: two places would be free then.
    [Fact]
    public void StreamedBodyGivesItsPlaceBackOnce()
    {
        var given = 0;
        var content = new StreamedContent(new ByteArrayContent([1]), () => given++);
        Assert.Equal(0, given);

        content.Dispose();
        content.Dispose();

        Assert.Equal(1, given);
    }

    [Fact]
    public async Task StreamedRequestIsStillTriedAgain()
    {
        await using var server = new LoopbackServer(Status(502), Status(200, "a,b"));
        using var client = PolarHttp.Create(Probe.Fast(server.Address));

        var probe = await new Probe(HttpMethod.Get, "/v1/orders/export").Set(Words.StreamBody, true).SendAsync(client);

        Assert.Equal(("200", 2, "a,b"), (probe.Outcome, probe.Attempts, await probe.BodyAsync()));
    }

    [Theory]
    [InlineData(HttpCompletionOption.ResponseContentRead)]
    [InlineData(HttpCompletionOption.ResponseHeadersRead)]
    public async Task FiftyAtATimeGetTheirOwnAnswers(HttpCompletionOption completion)
    {
        await using var server = new LoopbackServer(static (seen, _) => Status(200, seen.Line));
        using var client = PolarHttp.Create(Probe.Fast(server.Address));

        var probes = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(index =>
                    new Probe(HttpMethod.Get, $"/v1/things/{index}") { Completion = completion }.SendAsync(client)
                )
        );

        for (var index = 0; index < probes.Length; index++)
        {
            Assert.Equal($"GET /v1/things/{index} HTTP/1.1", await probes[index].BodyAsync());
        }

        Assert.InRange(server.Connections, 1, 32);
    }

    private static byte[] Pack(string text, string encoding)
    {
        using var packed = new MemoryStream();
        using (
            Stream packing = encoding switch
            {
                "br" => new BrotliStream(packed, CompressionMode.Compress),
                "gzip" => new GZipStream(packed, CompressionMode.Compress),
                _ => new ZLibStream(packed, CompressionMode.Compress),
            }
        )
        {
            packing.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
