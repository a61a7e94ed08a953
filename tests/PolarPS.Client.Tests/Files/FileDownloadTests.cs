using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using PolarPS.Client.Models;
using Xunit;

namespace PolarPS.Client.Tests.Files;

public class FileDownloadTests
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(3_000_000);

    [Fact]
    public async Task AFileArrivesWholeAndWithoutTheToken()
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();
        host.Serve = static context => SendAsync(context, Content);
        var notes = new ProgressNotes();

        var result = await FileOf(host).DownloadAsync(folder["game.zip"], Options(notes));

        Assert.Equal(folder["game.zip"], result.Path);
        Assert.Equal(Content.Length, result.Size);
        Assert.Equal(Hash(Content), result.ChecksumSha256Base64);
        Assert.True(result.ChecksumVerified);
        Assert.Equal(Content, await File.ReadAllBytesAsync(folder["game.zip"]));
        Assert.Equal(["game.zip"], folder.Names);
        var request = Assert.Single(host.StoreRequests);
        Assert.Equal("kept", request.Headers["x-extra"]);
        Assert.Equal(["host", "x-extra"], request.Headers.Keys.Select(static key => key.ToLowerInvariant()).Order());
        var all = notes.Of(FileTransferStage.Transferring);
        Assert.Equal(
            (Content.Length, (long?)Content.Length, 1, 1),
            (all[^1].Bytes, all[^1].TotalBytes, all[^1].Parts, all[^1].TotalParts)
        );
        Assert.True(all.Zip(all.Skip(1)).All(static pair => pair.First.Bytes <= pair.Second.Bytes));
    }

    [Fact]
    public async Task AnAddressAloneIsEnough()
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();
        host.Serve = static context => SendAsync(context, Content);

        var result = await FileOf(host).Download!.DownloadAsync(folder["a"], Options());

        Assert.False(result.ChecksumVerified);
        Assert.Equal(Content, await File.ReadAllBytesAsync(folder["a"]));
    }

    [Theory]
    [InlineData("shorter")]
    [InlineData("longer")]
    [InlineData("shorter, unannounced")]
    [InlineData("longer, unannounced")]
    [InlineData("damaged")]
    [InlineData("broken off")]
    [InlineData("no content")]
    [InlineData("moved")]
    public async Task WhatIsNotWholeLeavesNothing(string how)
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder["a"], "before");
        host.Serve = async context =>
        {
            var damaged = (byte[])Content.Clone();
            damaged[1_000_000] ^= 1;
            switch (how)
            {
                case "shorter":
                case "shorter, unannounced":
                    await SendAsync(context, Content[..^1], announce: how == "shorter");
                    break;
                case "longer":
                case "longer, unannounced":
                    await SendAsync(context, [.. Content, 1], announce: how == "longer");
                    break;
                case "damaged":
                    await SendAsync(context, damaged);
                    break;
                case "no content":
                    context.Response.StatusCode = 204;
                    break;
                case "moved":
                    context.Response.Redirect("/elsewhere");
                    break;
                default:
                    await BreakOffAsync(context);
                    break;
            }
        };
        var options = Options();
        options.Overwrite = true;

        var failure = await Assert.ThrowsAnyAsync<PolarException>(() =>
            FileOf(host).DownloadAsync(folder["a"], options)
        );

        Assert.Equal(["a"], folder.Names);
        Assert.Equal("before", await File.ReadAllTextAsync(folder["a"]));
        Assert.Equal("GET", failure.Method);
        Assert.Equal("/bucket/file", failure.Path);
        Assert.DoesNotContain(FileHost.Signature, failure.ToString(), StringComparison.Ordinal);
        var kind =
            how == "broken off" ? typeof(PolarConnectionException)
            : how == "moved" ? typeof(PolarRedirectException)
            : typeof(PolarResponseException);
        Assert.IsType(kind, failure);
        Assert.Equal(how == "broken off" ? 3 : 1, host.StoreRequests.Count);
    }

    [Fact]
    public async Task ADownloadThatBreaksOffStartsAgain()
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();
        var tries = 0;
        host.Serve = context => ++tries < 3 ? BreakOffAsync(context) : SendAsync(context, Content);
        var notes = new ProgressNotes();

        await FileOf(host).DownloadAsync(folder["a"], Options(notes));

        Assert.Equal(Content, await File.ReadAllBytesAsync(folder["a"]));
        Assert.Equal(["a"], folder.Names);
        var all = notes.Of(FileTransferStage.Transferring);
        Assert.True(all.Zip(all.Skip(1)).All(static pair => pair.First.Bytes <= pair.Second.Bytes));
        Assert.Equal(Content.Length, all[^1].Bytes);
    }

    [Fact]
    public async Task AnExistingFileIsKeptUnlessItIsToGiveWay()
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder["a"], "before");
        host.Serve = static context => SendAsync(context, Content);

        await Assert.ThrowsAnyAsync<IOException>(() => FileOf(host).DownloadAsync(folder["a"], Options()));
        Assert.Empty(host.StoreRequests);
        Assert.Equal("before", await File.ReadAllTextAsync(folder["a"]));

        var options = Options();
        options.Overwrite = true;
        await FileOf(host).DownloadAsync(folder["a"], options);
        Assert.Equal(Content, await File.ReadAllBytesAsync(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public async Task AFileThatComesIntoBeingMeanwhileIsKept()
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();
        host.Serve = async context =>
        {
            await File.WriteAllTextAsync(folder["a"], "meanwhile");
            await SendAsync(context, Content);
        };

        await Assert.ThrowsAsync<IOException>(() => FileOf(host).DownloadAsync(folder["a"], Options()));

        Assert.Equal(["a"], folder.Names);
        Assert.Equal("meanwhile", await File.ReadAllTextAsync(folder["a"]));
    }

    [Fact]
    public async Task CancellationEndsItAtOnceAndLeavesNothing()
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();
        using var stop = new CancellationTokenSource();
        var arrived = new TaskCompletionSource();
        host.Serve = static async context =>
        {
            context.Response.ContentLength = Content.Length;
            await context.Response.Body.WriteAsync(Content.AsMemory(0, 1000));
            await context.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted);
        };
        var notes = new ProgressNotes { Then = _ => arrived.TrySetResult() };
        var download = FileOf(host).DownloadAsync(folder["a"], Options(notes), stop.Token);
        await arrived.Task;
        Assert.DoesNotContain("a", folder.Names);
        Assert.Single(folder.Names);

        var clock = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"It took {clock.Elapsed}.");
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task ADownloadThatStandsStillEnds()
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();
        host.Serve = static async context =>
        {
            context.Response.ContentLength = Content.Length;
            await context.Response.Body.WriteAsync(Content.AsMemory(0, 1000));
            await context.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted);
        };
        var options = Options();
        options.MaximumRetries = 0;
        options.StallTimeout = TimeSpan.FromSeconds(0.3);

        await Assert.ThrowsAsync<PolarTimeoutException>(() => FileOf(host).DownloadAsync(folder["a"], options));

        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("hash of the whole", "\"abc\"", true)]
    [InlineData("hash of the whole", "\"abc-3\"", true)]
    [InlineData("hash of the hash", "\"abc-1\"", null)]
    [InlineData("hash of the hash-1", "\"abc-1\"", null)]
    [InlineData("something else-3", "\"abc-3\"", null)]
    [InlineData("something else", "\"abc-3\"", null)]
    [InlineData("something else", "\"abc-2\"", null)]
    [InlineData("something else-1", null, null)]
    [InlineData("something else", "\"abc-1\"", null)]
    [InlineData("something else", "\"abc\"", null)]
    [InlineData("hash of the hash", "\"abc\"", null)]
    [InlineData("", "\"abc-2\"", false)]
    [InlineData(null, null, false)]
    public async Task TheChecksumIsThatOfTheWholeHoweverManyPartsThereWere(
        string? checksum,
        string? etag,
        bool? verified
    )
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();
        host.Serve = static context => SendAsync(context, Content);
        var file = FileOf(host);
        file.ChecksumEtag = etag;
        file.ChecksumSha256Base64 = checksum
            ?.Replace("hash of the whole", Hash(Content), StringComparison.Ordinal)
            .Replace("hash of the hash", Hash(SHA256.HashData(Content)), StringComparison.Ordinal)
            .Replace("something else", Hash([1]), StringComparison.Ordinal);

        if (verified is { } expected)
        {
            Assert.Equal(expected, (await file.DownloadAsync(folder["a"], Options())).ChecksumVerified);
        }
        else
        {
            await Assert.ThrowsAsync<PolarResponseException>(() => file.DownloadAsync(folder["a"], Options()));
            Assert.Empty(folder.Names);
        }
    }

    [Theory]
    [InlineData("http://store.example/file?X-Amz-Signature=deadbeefcafe")]
    [InlineData("https://user:word@store.example/file?X-Amz-Signature=deadbeefcafe")]
    [InlineData("file:///etc/passwd?X-Amz-Signature=deadbeefcafe")]
    [InlineData("nothing?X-Amz-Signature=deadbeefcafe")]
    public async Task OnlySafeAddressesAreLoaded(string url)
    {
        using var folder = new TestFolder();

        var failure = await Assert.ThrowsAsync<ArgumentException>(() =>
            new FileDownload { Url = url }.DownloadAsync(folder["a"], Options())
        );

        Assert.DoesNotContain(FileHost.Signature, failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task ATargetThatCannotBeIsSaid()
    {
        await using var host = await FileHost.StartAsync();
        using var folder = new TestFolder();

        await Assert.ThrowsAnyAsync<IOException>(() => FileOf(host).DownloadAsync(folder.Root, Options()));
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() =>
            FileOf(host).DownloadAsync(Path.Combine(folder["none"], "a"), Options())
        );
        await Assert.ThrowsAsync<ArgumentException>(() => new PolarFile().DownloadAsync(folder["a"], Options()));

        Assert.Empty(host.StoreRequests);
        Assert.Empty(folder.Names);
    }

    private static FileDownloadOptions Options(ProgressNotes? notes = null) =>
        new()
        {
            MaximumRetries = 2,
            StoreClient = FileHost.StoreClient,
            Progress = notes,
        };

    private static PolarFile FileOf(FileHost host) =>
        new()
        {
            Size = Content.Length,
            ChecksumSha256Base64 = Hash(Content),
            Download = new FileDownload
            {
                Url = $"{host.StoreAddress}bucket/file?X-Amz-Signature={FileHost.Signature}",
                Headers = new PolarDictionary<string> { ["x-extra"] = "kept" },
            },
        };

    private static async Task SendAsync(HttpContext context, byte[] content, bool announce = true)
    {
        context.Response.ContentLength = announce ? content.Length : null;
        try
        {
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client has seen enough.
        }
    }

    private static async Task BreakOffAsync(HttpContext context)
    {
        context.Response.ContentLength = Content.Length;
        await context.Response.Body.WriteAsync(Content.AsMemory(0, 500_000));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static string Hash(byte[] content) => Convert.ToBase64String(SHA256.HashData(content));
}
