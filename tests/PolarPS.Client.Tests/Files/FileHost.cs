using System.Collections.Concurrent;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PolarPS.Http;

namespace PolarPS.Client.Tests.Files;

/// <summary>A request as a host saw it.</summary>
internal sealed record HostRequest(
    string Method,
    string Path,
    string Query,
    IReadOnlyDictionary<string, string> Headers
)
{
    public string Line => $"{Method} {Path}";
}

/// <summary>Two hosts on the loopback address: one stands for Polar's API, the other for the store with signed addresses.</summary>
internal sealed class FileHost : IAsyncDisposable
{
    public const string Token = "polar_oat_thisIsTheApiTokenAndNothingElse";
    public const string Signature = "deadbeefcafe";

    private readonly ConcurrentQueue<HostRequest> _apiRequests = new();
    private readonly ConcurrentQueue<HostRequest> _storeRequests = new();
    private readonly ConcurrentDictionary<int, byte[]> _parts = new();
    private readonly ConcurrentDictionary<int, int> _tries = new();
    private readonly WebApplication _api;
    private readonly WebApplication _store;
    private readonly HttpClient _http;
    private JsonObject? _announced;
    private int _busy;
    private int _mostBusy;

    private FileHost(WebApplication api, WebApplication store)
    {
        _api = api;
        _store = store;
        api.Run(ApiAsync);
        store.Run(StoreAsync);
        _http = new HttpClient();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        Client = new PolarClient(_http, new PolarClientOptions { StoreClient = StoreClient });
    }

    /// <summary>Reaches stores as the transport does, and is quick to try again.</summary>
    public static HttpClient StoreClient { get; } =
        PolarHttp.Create(TransportOptions.ForStore(backoffBase: TimeSpan.FromMilliseconds(10)));

    public PolarClient Client { get; }

    public Uri ApiAddress => new(_api.Urls.First());

    public Uri StoreAddress => new(_store.Urls.First());

    /// <summary>Comes before a part is taken, with its number and how often it was tried; true when it has answered.</summary>
    public Func<HttpContext, int, int, Task<bool>> BeforePart { get; set; } =
        static (_, _, _) => Task.FromResult(false);

    /// <summary>Changes what Polar answers to the announcement.</summary>
    public Action<JsonObject> Spoil { get; set; } = static _ => { };

    /// <summary>Answers a download.</summary>
    public Func<HttpContext, Task> Serve { get; set; } = static _ => Task.CompletedTask;

    public IReadOnlyList<HostRequest> ApiRequests => [.. _apiRequests];

    public IReadOnlyList<HostRequest> StoreRequests => [.. _storeRequests];

    public JsonObject? Announced => _announced;

    public JsonObject? Completed { get; private set; }

    public int MostBusy => _mostBusy;

    public byte[] Stored => [.. _parts.OrderBy(static part => part.Key).SelectMany(static part => part.Value)];

    public static async Task<FileHost> StartAsync()
    {
        var host = new FileHost(Build(), Build());
        await host._api.StartAsync();
        await host._store.StartAsync();
        host._http.BaseAddress = host.ApiAddress;
        return host;
    }

    public int TriesOf(int part) => _tries.GetValueOrDefault(part);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _api.StopAsync(now.Token);
        await _store.StopAsync(now.Token);
        await _api.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder
            .WebHost.UseUrls("http://127.0.0.1:0")
            .ConfigureKestrel(static kestrel =>
            {
                kestrel.Limits.MaxRequestBodySize = null;
                kestrel.Limits.MinRequestBodyDataRate = null;
            });
        return builder.Build();
    }

    private static HostRequest Note(HttpRequest request) =>
        new(
            request.Method,
            request.Path,
            request.QueryString.ToString(),
            request.Headers.ToDictionary(
                static header => header.Key,
                static header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase
            )
        );

    private async Task ApiAsync(HttpContext context)
    {
        _apiRequests.Enqueue(Note(context.Request));
        var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        var file = new JsonObject { ["id"] = "f1", ["name"] = "a file" };
        if (context.Request.Path == "/v1/files/")
        {
            _announced = body;
            var parts = body["upload"]!["parts"]!.DeepClone().AsArray();
            foreach (var part in parts)
            {
                part!["url"] = $"{StoreAddress}bucket/part-{part["number"]}?X-Amz-Signature={Signature}";
                part["headers"] = new JsonObject
                {
                    ["x-amz-checksum-sha256"] = (string)part["checksum_sha256_base64"]!,
                    ["x-amz-sdk-checksum-algorithm"] = "SHA256",
                    ["Content-Type"] = "application/x-part",
                };
            }

            file["upload"] = new JsonObject
            {
                ["id"] = "u1",
                ["path"] = "bucket/path",
                ["parts"] = parts,
            };
            Spoil(file);
            context.Response.StatusCode = 201;
        }
        else
        {
            Completed = body;
            file["is_uploaded"] = true;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(file.ToJsonString());
    }

    private async Task StoreAsync(HttpContext context)
    {
        _storeRequests.Enqueue(Note(context.Request));
        if (context.Request.Method != "PUT")
        {
            await Serve(context);
            return;
        }

        var busy = Interlocked.Increment(ref _busy);
        lock (_parts)
        {
            _mostBusy = Math.Max(_mostBusy, busy);
        }

        try
        {
            await TakeAsync(context);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client has gone.
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var number = int.Parse(path[(path.LastIndexOf('-') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        var tries = _tries.AddOrUpdate(number, 1, static (_, before) => before + 1);
        if (await BeforePart(context, number, tries))
        {
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var bytes = body.ToArray();
        if (Convert.ToBase64String(SHA256.HashData(bytes)) != context.Request.Headers["x-amz-checksum-sha256"])
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync($"<Error><Code>BadDigest</Code><Extra>{Signature}</Extra></Error>");
            return;
        }

        _parts[number] = bytes;
        context.Response.Headers.ETag = $"\"etag-{number}\"";
    }
}

/// <summary>Notes all progress as it comes, in the thread that reports it.</summary>
internal sealed class ProgressNotes : IProgress<FileProgress>
{
    private readonly List<FileProgress> _notes = [];

    public Action<FileProgress> Then { get; set; } = static _ => { };

    public IReadOnlyList<FileProgress> Of(FileTransferStage stage)
    {
        lock (_notes)
        {
            return [.. _notes.Where(note => note.Stage == stage)];
        }
    }

    public void Report(FileProgress value)
    {
        lock (_notes)
        {
            _notes.Add(value);
        }

        Then(value);
    }
}

/// <summary>A folder for one test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("polar-files-").FullName;

    public IEnumerable<string> Names => Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName)!;

    public string this[string name] => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
