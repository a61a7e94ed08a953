using System.Net;
using System.Net.Http;
using System.Text;
using PolarPS.Client.Tests.Transport;
using PolarPS.Http;
using Xunit;
using static PolarPS.Client.Tests.Operations.Wire;

namespace PolarPS.Client.Tests.Operations;

public class StreamedResponseTests
{
    [Fact]
    public async Task AnExportIsSent()
    {
        var stub = Exporting("attachment; filename=\"customers.csv\"");

        using var export = await stub.Client.Customers.ExportAsync(
            new CustomerExportQuery { OrganizationId = [Wire.Id, Other] }
        );

        Assert.Equal($"GET /v1/customers/export?organization_id={Wire.Id}&organization_id={Other}", stub.Request.Line);
        Assert.Equal("text/csv", export.MediaType);
        Assert.Equal("customers.csv", export.FileName);
        using var reader = new StreamReader(export.Content);
        Assert.Equal("ID\r\n1\r\n", await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("attachment; filename*=UTF-8''caf%C3%A9.csv", "café.csv")]
    [InlineData("attachment; filename=a.csv; filename*=UTF-8''b.csv", "b.csv")]
    [InlineData("attachment; filename=\"../../etc/passwd\"", "passwd")]
    [InlineData("attachment; filename=\"C:\\\\Windows\\\\a.csv\"", "a.csv")]
    [InlineData("attachment; filename=\"..\"", null)]
    [InlineData("attachment; filename=\"a/\"", null)]
    [InlineData("attachment", null)]
    [InlineData(null, null)]
    public async Task TheNameIsAFilesAndLeadsNowhere(string? header, string? name)
    {
        using var export = await Exporting(header).Client.Customers.ExportAsync();
        Assert.Equal(name, export.FileName);
    }

    [Fact]
    public async Task ARefusalIsAnErrorAsUsual()
    {
        var stub = Stub.InTurn(() =>
            new HttpResponseMessage(HttpStatusCode.Forbidden)
            {
                Content = new StringContent("""{"error":"insufficient_scope","error_description":"no"}"""),
            }
        );
        var exception = await Assert.ThrowsAsync<PolarPermissionException>(() => stub.Client.Customers.ExportAsync());
        Assert.True(exception.ScopeMissing);
    }

    [Fact]
    public async Task WhatHasArrivedIsReadBeforeTheRestComes()
    {
        await using var server = new LoopbackServer(SilentAfter("Content-Length: 100\r\n", "ID\r\n"));
        using var http = PolarHttp.Create(Probe.Fast(server.Address));

        using var export = await new PolarClient(http).Customers.ExportAsync();

        var buffer = new byte[100];
        Assert.Equal(4, await export.Content.ReadAsync(buffer));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await export.Content.ReadExactlyAsync(buffer, stop.Token)
        );
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n", "ID\r\n1\r\n", false)]
    [InlineData("Content-Length: 100\r\n", "ID\r\n1\r\n", true)]
    [InlineData("Transfer-Encoding: chunked\r\n", "4\r\nID\r\n\r\n", false)]
    [InlineData("Transfer-Encoding: chunked\r\n", "4\r\nID\r\n\r\n", true)]
    public async Task AnExportThatBreaksOffIsNotTakenForWhole(string header, string body, bool isAsync)
    {
        await using var server = new LoopbackServer(
            async (stream, stop) =>
            {
                await WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n{header}\r\n{body}", stop);
                return false;
            }
        );
        using var http = PolarHttp.Create(Probe.Fast(server.Address));
        using var export = await new PolarClient(http).Customers.ExportAsync();

        var exception = await Assert.ThrowsAsync<PolarConnectionException>(async () =>
        {
            using var reader = new StreamReader(export.Content);
            _ = isAsync ? await reader.ReadToEndAsync() : ReadToEnd(reader);
        });

        Assert.Contains("was cut off and is incomplete", exception.Message, StringComparison.Ordinal);
        Assert.False(exception.OutcomeUnknown);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task AnExportThatStallsDoesNotWaitForEver()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/customers/export");
        await using var content = new AnswerStream(
            new SilentStream(),
            ApiRequest.Get("/v1/customers/export"),
            request,
            TimeSpan.FromMilliseconds(100)
        );

        var exception = await Assert.ThrowsAsync<PolarConnectionException>(async () =>
            await content.ReadExactlyAsync(new byte[10])
        );

        Assert.Contains("Nothing arrived for 0.1 s", exception.Message, StringComparison.Ordinal);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await content.ReadExactlyAsync(new byte[10], stop.Token)
        );
    }

    [Fact]
    public async Task TheContentIsOnlyRead()
    {
        using var export = await Exporting(null).Client.Customers.ExportAsync();
        var content = export.Content;
        Assert.True(content.CanRead);
        Assert.False(content.CanSeek || content.CanWrite);
        Assert.Throws<NotSupportedException>(() => content.Length);
        Assert.Throws<NotSupportedException>(() => content.Position);
        Assert.Throws<NotSupportedException>(() => content.Position = 0);
        Assert.Throws<NotSupportedException>(() => content.SetLength(0));
        Assert.Throws<NotSupportedException>(() => content.Write([1], 0, 1));
        Assert.Throws<NotSupportedException>(() => content.Seek(0, SeekOrigin.Begin));
        content.Flush();
    }

    // As a network stream of .NET Framework: nothing comes, and no token ends the waiting.
    private sealed class SilentStream : MemoryStream
    {
        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => new TaskCompletionSource<int>().Task;
    }

    private static string ReadToEnd(StreamReader reader) => reader.ReadToEnd();

    private static Stub Exporting(string? disposition) => Stub.InTurn(() => Stub.Csv("ID\r\n1\r\n", disposition));

    private static Reply SilentAfter(string header, string body) =>
        async (stream, stop) =>
        {
            await WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n{header}\r\n{body}", stop);
            await Task.Delay(Timeout.Infinite, stop);
            return false;
        };

    private static Task WriteAsync(Stream stream, string text, CancellationToken stop) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop).AsTask();
}
