using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using PolarPS.Client.Models;
using PolarPS.Client.Tests.Files;
using PolarPS.Http;
using Xunit;

namespace PolarPS.Client.Tests.Transport;

/// <summary>
/// A body that ends before its announced length is not whole, also where nothing throws: .NET Framework takes the end of a
/// connection for that of the body. What it does is done here by a content, so that every runtime has it.
/// </summary>
public class CutBodyTests
{
    private const string Whole = """{"id":"x","name":"whole"}""";

    [Theory]
    [InlineData("GET", 1, 2, "200")]
    [InlineData("GET", 9, 5, nameof(HttpRequestException))]
    [InlineData("POST", 1, 1, nameof(HttpRequestException))]
    public async Task ACutAnswerIsAFailedAttempt(string method, int cuts, int attempts, string outcome)
    {
        using var handler = new CuttingHandler(Whole, cuts);
        using var client = PolarHttp.Create(Over(handler));

        var probe = await new Probe(new HttpMethod(method), "/v1/things/").SendAsync(client);

        Assert.Equal((outcome, attempts, true), (probe.Outcome, probe.Attempts, probe.MayHaveReached));
        Assert.Equal(attempts, handler.Requests);
        if (probe.Failure is { } failure)
        {
            Assert.Equal(
                $"The response was cut off: {Whole.Length - 1} of {Whole.Length} bytes arrived.",
                failure.Message
            );
        }
        else
        {
            Assert.Equal(Whole, await probe.BodyAsync());
        }
    }

    // JSON may well be whole without its last byte, if that is a line break: the length decides, and not the parser.
    [Theory]
    [InlineData(Whole)]
    [InlineData(Whole + "\n")]
    public async Task APlainClientTakesNoCutAnswerForWhole(string text)
    {
        using var handler = new CuttingHandler(text, 1);
        using var http = new HttpClient(handler) { BaseAddress = new Uri("https://polar.test/") };
        var client = new PolarClient(http);

        var failure = await Assert.ThrowsAsync<PolarConnectionException>(() => client.Products.GetAsync("x"));

        Assert.Contains($"{text.Length - 1} of {text.Length} bytes arrived", failure.Message, StringComparison.Ordinal);
        Assert.Equal("whole", (await client.Products.GetAsync("x")).Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ACutRefusalIsARefusalAllTheSame(bool isOverTransport)
    {
        using var handler = new CuttingHandler("""{"detail":[]} """, 9) { Status = HttpStatusCode.UnprocessableEntity };
        using var http = isOverTransport
            ? PolarHttp.Create(Over(handler))
            : new HttpClient(handler) { BaseAddress = new Uri("https://polar.test/") };

        var failure = await Assert.ThrowsAsync<PolarValidationException>(() =>
            new PolarClient(http).Products.CreateAsync(new ProductCreate())
        );

        Assert.Equal((422, 1, false), (failure.StatusCode, handler.Requests, failure.OutcomeUnknown));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task ACutExportIsNotTakenForWhole(bool isOverTransport, bool isAsync)
    {
        using var handler = new CuttingHandler("ID\r\n1\r\n2\r\n", 1) { Type = "text/csv" };
        using var http = isOverTransport
            ? PolarHttp.Create(Over(handler))
            : new HttpClient(handler) { BaseAddress = new Uri("https://polar.test/") };
        var client = new PolarClient(http);

        using (var cut = await client.Customers.ExportAsync())
        {
            using var reader = new StreamReader(cut.Content);
            var failure = await Assert.ThrowsAsync<PolarConnectionException>(async () =>
                _ = isAsync ? await reader.ReadToEndAsync() : ReadToEnd(reader)
            );
            Assert.Contains("9 of 10 bytes arrived", failure.Message, StringComparison.Ordinal);
            // To read nothing is no end.
            Assert.Equal(0, await cut.Content.ReadAsync(Array.Empty<byte>()));
        }

        using var whole = await client.Customers.ExportAsync();
        using var all = new StreamReader(whole.Content);
        Assert.Equal("ID\r\n1\r\n2\r\n", await all.ReadToEndAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ACutDownloadIsLoadedAgain(bool isSizeKnown)
    {
        using var handler = new CuttingHandler("all of the file", 2) { Type = "application/zip" };
        using var store = PolarHttp.Create(TransportOptions.ForStore(handler, TimeSpan.FromMilliseconds(10)));
        using var folder = new TestFolder();

        var result = await Download.DownloadAsync(
            folder["a"],
            new FileDownloadOptions { StoreClient = store, Size = isSizeKnown ? 15 : null }
        );

        Assert.Equal((3, 15), (handler.Requests, result.Size));
        Assert.Equal("all of the file", await File.ReadAllTextAsync(folder["a"]));
        Assert.Equal(Convert.ToBase64String(SHA256.HashData("all of the file"u8)), result.ChecksumSha256Base64);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task ADownloadThatStaysCutLeavesNothing(bool isOverTransport, bool isSizeKnown)
    {
        using var handler = new CuttingHandler("all of the file", 9) { Type = "application/zip" };
        using var store = isOverTransport
            ? PolarHttp.Create(TransportOptions.ForStore(handler, TimeSpan.FromMilliseconds(10)))
            : new HttpClient(handler);
        using var folder = new TestFolder();

        var failure = await Assert.ThrowsAsync<PolarConnectionException>(() =>
            Download.DownloadAsync(
                folder["a"],
                new FileDownloadOptions
                {
                    StoreClient = store,
                    MaximumRetries = 2,
                    Size = isSizeKnown ? 15 : null,
                }
            )
        );

        Assert.Contains("14 of 15 bytes arrived", failure.Message, StringComparison.Ordinal);
        Assert.Equal(isOverTransport ? 3 : 1, handler.Requests);
        Assert.Empty(folder.Names);
    }

    private static FileDownload Download => new() { Url = "https://store.example/bucket/file?X-Amz-Signature=a" };

    private static TransportOptions Over(HttpMessageHandler handler) =>
        new(new Uri("https://polar.test/"))
        {
            InnermostHandler = handler,
            BackoffBase = TimeSpan.FromMilliseconds(10),
            BackoffCap = TimeSpan.FromMilliseconds(40),
        };

    private static string ReadToEnd(StreamReader reader) => reader.ReadToEnd();

    /// <summary>The first answers end one byte before what they announce; later ones are whole.</summary>
    private sealed class CuttingHandler(string text, int cuts) : HttpMessageHandler
    {
        public string Type { get; init; } = "application/json";

        public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var content = new StreamContent(new MemoryStream(bytes, 0, bytes.Length - (Requests++ < cuts ? 1 : 0)));
            content.Headers.ContentType = new MediaTypeHeaderValue(Type);
            content.Headers.ContentLength = bytes.Length;
            return Task.FromResult(new HttpResponseMessage(Status) { Content = content, RequestMessage = request });
        }
    }
}
