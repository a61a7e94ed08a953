// Long because each fault of a store is a case of an upload in parts.
using System.Diagnostics;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace PolarPS.Client.Tests.Files;

public class FileUploadTests
{
    private const int Mebibyte = 1024 * 1024;
    private const int PartSize = 5 * Mebibyte;

    [Fact]
    public async Task AFileArrivesInPartsAndIsCompleted()
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();
        var content = RandomNumberGenerator.GetBytes((3 * PartSize) + 12_345);
        await File.WriteAllBytesAsync(folder["game.zip"], content);
        var notes = new ProgressNotes();
        var options = Options(notes);
        options.OrganizationId = "o1";
        options.Version = "1.2";

        var file = await host.Client.Files.UploadAsync(folder["game.zip"], options);

        Assert.True(file.IsUploaded);
        Assert.Equal(content, host.Stored);
        var announced = host.Announced!;
        Assert.Equal("game.zip", (string)announced["name"]!);
        Assert.Equal("application/zip", (string)announced["mime_type"]!);
        Assert.Equal("downloadable", (string)announced["service"]!);
        Assert.Equal("o1", (string)announced["organization_id"]!);
        Assert.Equal("1.2", (string)announced["version"]!);
        Assert.Equal(content.Length, (long)announced["size"]!);
        Assert.Equal(Hash(content), (string)announced["checksum_sha256_base64"]!);
        var parts = announced["upload"]!["parts"]!.AsArray();
        Assert.Equal([1, 2, 3, 4], parts.Select(static part => (int)part!["number"]!));
        Assert.Equal(
            [0, PartSize, 2 * PartSize, 3 * PartSize],
            parts.Select(static part => (int)part!["chunk_start"]!)
        );
        Assert.Equal(
            [PartSize, 2 * PartSize, 3 * PartSize, content.Length],
            parts.Select(static part => (int)part!["chunk_end"]!)
        );
        var completed = host.Completed!;
        Assert.Equal("u1", (string)completed["id"]!);
        Assert.Equal("bucket/path", (string)completed["path"]!);
        var done = completed["parts"]!.AsArray();
        Assert.Equal([1, 2, 3, 4], done.Select(static part => (int)part!["number"]!));
        Assert.Equal(
            Enumerable.Range(1, 4).Select(static number => $"\"etag-{number}\""),
            done.Select(static part => (string)part!["checksum_etag"]!)
        );
        Assert.Equal(
            parts.Select(static part => (string)part!["checksum_sha256_base64"]!),
            done.Select(static part => (string)part!["checksum_sha256_base64"]!)
        );
        Assert.Equal(
            ["POST /v1/files/", "POST /v1/files/f1/uploaded"],
            host.ApiRequests.Select(static one => one.Line)
        );
        CheckProgress(notes, FileTransferStage.Hashing, content.Length, 4);
        CheckProgress(notes, FileTransferStage.Transferring, content.Length, 4);
    }

    [Fact]
    public async Task TheStoreGetsTheGivenHeadersAndNeverTheToken()
    {
        await using var host = await FileHost.StartAsync();

        await host.Client.Files.UploadAsync(new MemoryStream(new byte[PartSize + 1]), Options());

        Assert.All(host.ApiRequests, static one => Assert.Contains(FileHost.Token, one.Headers["Authorization"]));
        Assert.Equal(2, host.StoreRequests.Count);
        Assert.All(
            host.StoreRequests,
            static one =>
            {
                Assert.Equal("?X-Amz-Signature=" + FileHost.Signature, one.Query);
                Assert.DoesNotContain(
                    one.Headers,
                    static header => header.Value.Contains("polar_", StringComparison.Ordinal)
                );
                Assert.Equal(
                    ["content-length", "content-type", "host", "x-amz-checksum-sha256", "x-amz-sdk-checksum-algorithm"],
                    one.Headers.Keys.Select(static key => key.ToLowerInvariant()).Order()
                );
                Assert.Equal("application/x-part", one.Headers["Content-Type"]);
            }
        );
    }

    [Fact]
    public async Task TheCallersOwnClientIsUsedForTheStoreAlone()
    {
        await using var host = await FileHost.StartAsync();
        using var own = new HttpClient();
        own.DefaultRequestHeaders.UserAgent.ParseAdd("own/1.0");
        var options = Options();
        options.StoreClient = own;

        await host.Client.Files.UploadAsync(new MemoryStream(new byte[10]), options);

        Assert.Equal("own/1.0", Assert.Single(host.StoreRequests).Headers["User-Agent"]);
        Assert.All(host.ApiRequests, static one => Assert.DoesNotContain("User-Agent", one.Headers.Keys));
    }

    [Fact]
    public async Task TheClientWithItsTransportSendsNoTokenToTheStore()
    {
        await using var host = await FileHost.StartAsync();
        host.BeforePart = static (context, _, count) => FailAsync(context, count == 1, 503);
        using var polar = new PolarHttpClient(
            FileHost.Token,
            new PolarHttpOptions { BaseAddress = host.ApiAddress, ApplicationName = "Shop/2.1" }
        );

        await polar.Files.UploadAsync(
            new MemoryStream(new byte[10]),
            new FileUploadOptions { Service = "downloadable", Name = "game.zip" }
        );

        Assert.Equal(2, host.StoreRequests.Count);
        Assert.All(
            host.StoreRequests,
            static one =>
                Assert.DoesNotContain(
                    one.Headers.Keys,
                    static name => name is "Authorization" or "User-Agent" or "Polar-Version" or "Accept"
                )
        );
        Assert.All(
            host.ApiRequests,
            static one => Assert.Equal("Bearer " + FileHost.Token, one.Headers["Authorization"])
        );
    }

    [Fact]
    public async Task WithoutAClientForTheStoreNothingIsSent()
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();
        using var http = new HttpClient { BaseAddress = host.ApiAddress };
        var polar = new PolarClient(http);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            polar.Files.UploadAsync(
                new MemoryStream(new byte[10]),
                new FileUploadOptions { Service = "downloadable", Name = "game.zip" }
            )
        );
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            polar.Files.DownloadAsync(new Models.FileDownload { Url = host.StoreAddress + "a" }, folder["a"])
        );

        Assert.Contains("StoreClient", failure.Message, StringComparison.Ordinal);
        Assert.Empty(host.ApiRequests);
    }

    [Fact]
    public async Task AStreamIsReadFromWhereItStands()
    {
        await using var host = await FileHost.StartAsync();
        var content = RandomNumberGenerator.GetBytes(1000);
        using var stream = new MemoryStream(content) { Position = 400 };

        await host.Client.Files.UploadAsync(stream, Options());

        Assert.Equal(content[400..], host.Stored);
        Assert.True(stream.CanRead);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task NoMorePartsTravelThanAllowed(int most)
    {
        await using var host = await FileHost.StartAsync();
        host.BeforePart = static async (_, _, _) =>
        {
            await Task.Delay(100);
            return false;
        };
        var options = Options();
        options.MaximumParallelParts = most;

        await host.Client.Files.UploadAsync(new MemoryStream(new byte[5 * PartSize]), options);

        Assert.Equal(most, host.MostBusy);
        Assert.NotNull(host.Completed);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    [InlineData(0)]
    public async Task APartThatFailsIsSentAgainByItself(int status)
    {
        await using var host = await FileHost.StartAsync();
        host.BeforePart = (context, number, tries) => FailAsync(context, number == 2 && tries <= 2, status);
        var content = RandomNumberGenerator.GetBytes(3 * PartSize);
        var notes = new ProgressNotes();

        await host.Client.Files.UploadAsync(new MemoryStream(content), Options(notes));

        Assert.Equal(content, host.Stored);
        Assert.Equal([1, 3, 1], [host.TriesOf(1), host.TriesOf(2), host.TriesOf(3)]);
        Assert.NotNull(host.Completed);
        CheckProgress(notes, FileTransferStage.Transferring, content.Length, 3);
    }

    [Fact]
    public async Task APartThatStandsStillIsSentAgain()
    {
        await using var host = await FileHost.StartAsync();
        host.BeforePart = static async (context, _, tries) =>
        {
            if (tries == 1)
            {
                await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted);
            }

            return false;
        };
        var options = Options();
        options.StallTimeout = TimeSpan.FromSeconds(0.5);

        await host.Client.Files.UploadAsync(new MemoryStream(new byte[1000]), options);

        Assert.Equal(2, host.TriesOf(1));
        Assert.NotNull(host.Completed);
    }

    [Fact]
    public async Task APartThatFailsForEverEndsTheUpload()
    {
        await using var host = await FileHost.StartAsync();
        host.BeforePart = static (context, number, _) => FailAsync(context, number == 2, 503);

        var failure = await Assert.ThrowsAsync<PolarServerException>(() =>
            host.Client.Files.UploadAsync(new MemoryStream(new byte[3 * PartSize]), Options())
        );

        Assert.Equal(503, failure.StatusCode);
        Assert.Equal("PUT", failure.Method);
        Assert.Equal("/bucket/part-2", failure.Path);
        Assert.Equal(4, failure.Attempts);
        Assert.Equal(4, host.TriesOf(2));
        Assert.DoesNotContain(FileHost.Signature, failure.ToString(), StringComparison.Ordinal);
        Assert.Null(host.Completed);
    }

    [Theory]
    [InlineData(403, typeof(PolarPermissionException))]
    [InlineData(404, typeof(PolarNotFoundException))]
    [InlineData(400, typeof(PolarValidationException))]
    [InlineData(302, typeof(PolarRedirectException))]
    public async Task ARefusalIsNotTriedAgain(int status, Type kind)
    {
        await using var host = await FileHost.StartAsync();
        host.BeforePart = async (context, _, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = $"{host.StoreAddress}elsewhere?X-Amz-Signature={FileHost.Signature}";
            await context.Response.WriteAsync(
                $"<Error><Code>AccessDenied</Code><StringToSign>{FileHost.Signature}</StringToSign></Error>"
            );
            return true;
        };

        var failure = await Assert.ThrowsAsync(
            kind,
            () => host.Client.Files.UploadAsync(new MemoryStream(new byte[10]), Options())
        );

        Assert.Equal("AccessDenied", ((PolarException)failure).ErrorName);
        Assert.Equal(1, host.TriesOf(1));
        Assert.Single(host.StoreRequests);
        Assert.DoesNotContain(FileHost.Signature, failure.ToString(), StringComparison.Ordinal);
        Assert.Null(host.Completed);
    }

    [Fact]
    public async Task AStoreThatCannotBeReachedIsSaidWithoutTheAddress()
    {
        await using var host = await FileHost.StartAsync();
        host.Spoil = static file =>
            file["upload"]!["parts"]![0]!["url"] = $"http://127.0.0.1:1/x?X-Amz-Signature={FileHost.Signature}";

        var failure = await Assert.ThrowsAsync<PolarConnectionException>(() =>
            host.Client.Files.UploadAsync(new MemoryStream(new byte[10]), Options())
        );

        Assert.Equal(4, failure.Attempts);
        Assert.DoesNotContain(FileHost.Signature, failure.ToString(), StringComparison.Ordinal);
        Assert.Null(host.Completed);
    }

    [Fact]
    public async Task AStoreWithoutETagLeavesTheUploadIncomplete()
    {
        await using var host = await FileHost.StartAsync();
        host.BeforePart = static async (context, _, _) =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            return true;
        };

        await Assert.ThrowsAsync<PolarResponseException>(() =>
            host.Client.Files.UploadAsync(new MemoryStream(new byte[10]), Options())
        );

        Assert.Null(host.Completed);
    }

    [Theory]
    [InlineData("http://store.example/part?X-Amz-Signature=deadbeefcafe")]
    [InlineData("https://user:word@store.example/part?X-Amz-Signature=deadbeefcafe")]
    [InlineData("ftp://store.example/part?X-Amz-Signature=deadbeefcafe")]
    [InlineData("/part?X-Amz-Signature=deadbeefcafe")]
    [InlineData(null)]
    public async Task NothingGoesToAnAddressThatIsNotSafe(string? url)
    {
        await using var host = await FileHost.StartAsync();
        host.Spoil = file => file["upload"]!["parts"]![1]!["url"] = url;

        var failure = await Assert.ThrowsAsync<PolarResponseException>(() =>
            host.Client.Files.UploadAsync(new MemoryStream(new byte[PartSize + 1]), Options())
        );

        Assert.Equal("/v1/files/", failure.Path);
        Assert.DoesNotContain(FileHost.Signature, failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(host.StoreRequests);
        Assert.Null(host.Completed);
    }

    [Theory]
    [InlineData("no upload")]
    [InlineData("a part less")]
    [InlineData("a part twice")]
    [InlineData("other bounds")]
    [InlineData("odd header")]
    public async Task AnAnswerThatDoesNotFitIsRefused(string how)
    {
        await using var host = await FileHost.StartAsync();
        host.Spoil = file =>
        {
            var parts = file["upload"]!["parts"]!.AsArray();
            switch (how)
            {
                case "no upload":
                    file.Remove("upload");
                    break;
                case "a part less":
                    parts.RemoveAt(1);
                    break;
                case "a part twice":
                    parts[1]!["number"] = 1;
                    break;
                case "other bounds":
                    parts[1]!["chunk_end"] = 7;
                    break;
                default:
                    parts[0]!["headers"]!["x-odd"] = "a\r\nAuthorization: Bearer x";
                    parts[1]!["headers"]!["x-odd"] = "a\r\nAuthorization: Bearer x";
                    break;
            }
        };

        await Assert.ThrowsAsync<PolarResponseException>(() =>
            host.Client.Files.UploadAsync(new MemoryStream(new byte[PartSize + 1]), Options())
        );

        Assert.Empty(host.StoreRequests);
        Assert.Null(host.Completed);
    }

    [Fact]
    public async Task CancellationEndsItAtOnce()
    {
        await using var host = await FileHost.StartAsync();
        using var stop = new CancellationTokenSource();
        var arrived = new TaskCompletionSource();
        host.BeforePart = async (context, _, _) =>
        {
            arrived.TrySetResult();
            await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted);
            return true;
        };
        var upload = host.Client.Files.UploadAsync(new MemoryStream(new byte[3 * PartSize]), Options(), stop.Token);
        await arrived.Task;

        var clock = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"It took {clock.Elapsed}.");
        Assert.Null(host.Completed);
    }

    [Fact]
    public async Task CancellationEndsTheWaitBeforeARetryToo()
    {
        await using var host = await FileHost.StartAsync();
        using var stop = new CancellationTokenSource();
        host.BeforePart = static (context, _, _) =>
        {
            context.Response.Headers.RetryAfter = "30";
            return FailAsync(context, true, 503);
        };
        var upload = host.Client.Files.UploadAsync(new MemoryStream(new byte[10]), Options(), stop.Token);
        while (host.TriesOf(1) == 0)
        {
            await Task.Delay(10);
        }

        await Task.Delay(200);
        Assert.Equal(1, host.TriesOf(1));
        var clock = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"It took {clock.Elapsed}.");
    }

    [Theory]
    [InlineData("content")]
    [InlineData("shorter")]
    [InlineData("longer")]
    public async Task AFileThatChangesMeanwhileIsNotCompleted(string how)
    {
        await using var host = await FileHost.StartAsync();
        using var content = new MemoryStream();
        content.Write(new byte[2 * PartSize]);
        content.Position = 0;
        var notes = new ProgressNotes
        {
            // Between the checksums and the sending.
            Then = note =>
            {
                if (note is { Stage: FileTransferStage.Hashing, Parts: 2 })
                {
                    content.GetBuffer()[(2 * PartSize) - 1] = how == "content" ? (byte)1 : (byte)0;
                    content.SetLength(
                        (2 * PartSize)
                            + how switch
                            {
                                "shorter" => -1,
                                "longer" => 1,
                                _ => 0,
                            }
                    );
                }
            },
        };

        var failure = await Assert.ThrowsAsync<IOException>(() =>
            host.Client.Files.UploadAsync(content, Options(notes))
        );

        Assert.Contains("changed while it was uploaded", failure.Message, StringComparison.Ordinal);
        Assert.True(host.TriesOf(2) <= 1);
        Assert.Null(host.Completed);
    }

    [Fact]
    public async Task WhoeverWatchesBreaksNothing()
    {
        await using var host = await FileHost.StartAsync();
        var notes = new ProgressNotes { Then = static _ => throw new InvalidOperationException("Watched.") };

        await host.Client.Files.UploadAsync(new MemoryStream(new byte[10]), Options(notes));

        Assert.NotNull(host.Completed);
    }

    [Fact]
    public async Task WhatCannotBeUploadedIsSaidBeforeAnythingIsSent()
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();
        await File.WriteAllBytesAsync(folder["empty"], []);
        using var bearer = new HttpClient();
        bearer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", FileHost.Token);
        var files = host.Client.Files;
        using var oneWay = new System.IO.Compression.GZipStream(
            new MemoryStream(),
            System.IO.Compression.CompressionMode.Decompress
        );

        await RefuseAsync(static _ => { }, options => files.UploadAsync(folder["empty"], options));
        await RefuseAsync(static _ => { }, options => files.UploadAsync(oneWay, options));
        await RefuseAsync(static options => options.Name = null);
        await RefuseAsync(static options => options.Service = null);
        await RefuseAsync(static options => options.PartSize = PartSize - 1);
        await RefuseAsync(static options => options.PartSize = FileUploadOptions.LargestPartSize + 1);
        await RefuseAsync(static options => options.MaximumParallelParts = 0);
        await RefuseAsync(static options => options.MaximumRetries = -1);
        await RefuseAsync(static options => options.StallTimeout = TimeSpan.Zero);
        await RefuseAsync(options => options.StoreClient = bearer);
        await Assert.ThrowsAsync<FileNotFoundException>(() => files.UploadAsync(folder["none"], Options()));
        Assert.Empty(host.ApiRequests);

        Task RefuseAsync(Action<FileUploadOptions> set, Func<FileUploadOptions, Task>? upload = null)
        {
            var options = Options();
            set(options);
            return Assert.ThrowsAsync<ArgumentException>(() =>
                upload?.Invoke(options) ?? files.UploadAsync(new MemoryStream(new byte[10]), options)
            );
        }
    }

    [Fact]
    public void PartsGrowRatherThanBecomeTooMany()
    {
        const long Mebibytes = Mebibyte;
        Assert.Equal(10 * Mebibytes, new FileUploadOptions().PartSizeFor(1));
        Assert.Equal(10 * Mebibytes, new FileUploadOptions().PartSizeFor(100_000 * Mebibytes));
        Assert.Equal(11 * Mebibytes, new FileUploadOptions().PartSizeFor((100_000 * Mebibytes) + 1));
        var set = new FileUploadOptions { PartSize = PartSize };
        Assert.Equal(PartSize, set.PartSizeFor(10_000L * PartSize));
        Assert.Throws<ArgumentException>(() => set.PartSizeFor((10_000L * PartSize) + 1));
        Assert.Throws<ArgumentException>(() => new FileUploadOptions().PartSizeFor(long.MaxValue / 2));
    }

    private static FileUploadOptions Options(ProgressNotes? notes = null) =>
        new()
        {
            Service = "downloadable",
            Name = "game.zip",
            PartSize = PartSize,
            MaximumRetries = 3,
            Progress = notes,
        };

    private static async Task<bool> FailAsync(HttpContext context, bool fail, int status)
    {
        if (!fail)
        {
            return false;
        }

        if (status == 0)
        {
            // After the first bytes, so that it broke in the middle.
            _ = await context.Request.Body.ReadAsync(new byte[1000]);
            context.Abort();
            return true;
        }

        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Response.StatusCode = status;
        return true;
    }

    private static void CheckProgress(ProgressNotes notes, FileTransferStage stage, long total, int parts)
    {
        var all = notes.Of(stage);
        Assert.All(all, note => Assert.Equal((total, parts), (note.TotalBytes, note.TotalParts)));
        Assert.All(
            all.Zip(all.Skip(1)),
            static pair => Assert.True(pair.First.Bytes <= pair.Second.Bytes && pair.First.Parts <= pair.Second.Parts)
        );
        Assert.Equal((total, parts), (all[^1].Bytes, all[^1].Parts));
        Assert.True(all.Count > parts);
    }

    private static string Hash(byte[] content) => Convert.ToBase64String(SHA256.HashData(content));
}
