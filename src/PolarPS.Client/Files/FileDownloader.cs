using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace PolarPS.Client;

/// <summary>What a download has to be.</summary>
/// <param name="Size">In bytes; null if not known.</param>
/// <param name="Checksum">SHA-256 in base 64; null if not known.</param>
/// <param name="Parts">In how many parts the store got it; 0 if in one go, or not known.</param>
internal sealed record ExpectedContent(long? Size, string? Checksum, int Parts)
{
    /// <summary>In how many parts a store got what has this ETag: such a one ends in their number.</summary>
    public static int PartsOf(string? etag)
    {
        var text = etag?.Trim('"') ?? string.Empty;
        var dash = text.LastIndexOf('-');
        return
            dash >= 0
            && int.TryParse(text.Substring(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var parts)
            ? parts
            : 0;
    }

    /// <summary>true if it is the one that was expected, false if not, null if that cannot be told.</summary>
    public bool? Matches(byte[] hash)
    {
        if (string.IsNullOrEmpty(Checksum))
        {
            return null;
        }

        // The store writes the number of parts behind the checksum of their checksums; Polar may leave it out.
        var dash = Checksum!.LastIndexOf('-');
        var expected = dash < 0 ? Checksum : Checksum.Substring(0, dash);
        var parts = dash < 0 ? Parts : PartsOf(Checksum);
        if (dash < 0 && expected == Convert.ToBase64String(hash))
        {
            return true;
        }

        if (parts != 1)
        {
            // Of several parts only their bounds would lead to the checksum, and those nobody tells.
            return parts > 1 || dash >= 0 ? null : false;
        }

        using var again = SHA256.Create();
        return expected == Convert.ToBase64String(again.ComputeHash(hash));
    }
}

/// <summary>One download, into a file of another name until it is whole.</summary>
internal sealed class FileDownloader(
    string url,
    IReadOnlyDictionary<string, string>? headers,
    string targetPath,
    ExpectedContent expected,
    FileDownloadOptions options
)
{
    private const int BufferSize = 80 * 1024;

    public async Task<FileDownloadResult> RunAsync(CancellationToken cancellationToken)
    {
        var address =
            FileStore.AddressOf(url)
            ?? throw new ArgumentException("The download's address is neither https nor on this computer.");
        var target = Path.GetFullPath(targetPath);
        if (Directory.Exists(target))
        {
            throw new IOException($"'{target}' is a folder.");
        }

        RefuseExisting(target);
        // In the same folder, as only there the move is one step.
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".polar-{Guid.NewGuid():N}.part");
        try
        {
            var (hash, size) = await LoadAsync(address, temporary, cancellationToken).ConfigureAwait(false);
            var matches = expected.Matches(hash);
            if (matches == false)
            {
                throw new PolarResponseException(
                    "The file that arrived is damaged: its SHA-256 is not the one that Polar knows. Nothing was kept of it.",
                    new StoreCall(HttpMethod.Get, address, 1).Describe((int)HttpStatusCode.OK)
                );
            }

            cancellationToken.ThrowIfCancellationRequested();
            Move(temporary, target);
            return new FileDownloadResult(target, size, Convert.ToBase64String(hash), matches == true);
        }
        finally
        {
            Remove(temporary);
        }
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // There is a more telling failure on its way, or a virus scanner at work.
        }
    }

    private void RefuseExisting(string target)
    {
        if (!options.Overwrite && File.Exists(target))
        {
            throw new IOException($"'{target}' exists already, and is to be kept.");
        }
    }

    private void Move(string temporary, string target)
    {
        if (options.Overwrite && File.Exists(target))
        {
            File.Replace(temporary, target, null, ignoreMetadataErrors: true);
            return;
        }

        // It may have come into being meanwhile; then the move fails, and it stays.
        File.Move(temporary, target);
    }

    private async Task<(byte[] Hash, long Size)> LoadAsync(
        Uri address,
        string temporary,
        CancellationToken cancellationToken
    )
    {
        using var file = new FileStream(
            temporary,
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.None,
            bufferSize: 1,
            FileOptions.Asynchronous
        );
        TransferMeter? meter = null;
        var loaded = await new FileStore(options)
            .SendAsync(
                HttpMethod.Get,
                address,
                headers,
                static _ => null,
                (response, watch, call) =>
                {
                    var size = CheckLength(response, call);
                    meter ??= new TransferMeter(options.Progress, FileTransferStage.Transferring, size, 1);
                    return CopyAsync(response, file, meter, watch, call);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        // What has its name after a power cut has its content too.
        file.Flush(flushToDisk: true);
        meter!.PartDone();
        return loaded;
    }

    private long? CheckLength(HttpResponseMessage response, StoreCall call)
    {
        var announced = response.Content.Headers.ContentLength;
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new PolarResponseException(
                $"The file store answered with status {(int)response.StatusCode}, not with the file.",
                call.Describe((int)response.StatusCode)
            );
        }

        if (announced is { } length)
        {
            CheckSize(length, call, isWhole: true);
        }

        return expected.Size ?? announced;
    }

    // Where nobody knows the size a limit stands in its place: what does not end would fill the disk.
    private void CheckSize(long size, StoreCall call, bool isWhole)
    {
        if (expected.Size is { } wanted ? size > wanted || (isWhole && size != wanted) : size > options.SizeLimit)
        {
            throw expected.Size is null ? TooLarge(call) : WrongSize(size, call);
        }
    }

    private PolarResponseException TooLarge(StoreCall call) =>
        new(
            $"The file store has more than {options.SizeLimit} bytes, the limit where Polar names no size. Nothing was kept of them.",
            call.Describe((int)HttpStatusCode.OK)
        );

    private PolarResponseException WrongSize(long size, StoreCall call) =>
        new(
            $"The file store has {size} bytes where Polar says {expected.Size}. Nothing was kept of them.",
            call.Describe((int)HttpStatusCode.OK)
        );

    private async Task<(byte[] Hash, long Size)> CopyAsync(
        HttpResponseMessage response,
        FileStream file,
        TransferMeter meter,
        StallWatch watch,
        StoreCall call
    )
    {
        using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        using var hash = SHA256.Create();
        var buffer = new byte[BufferSize];
        long size = 0;
        // What an earlier attempt left goes.
        Write(() => file.SetLength(0));
        for (int read; (read = await body.ReadAsync(buffer, 0, BufferSize, watch.Token).ConfigureAwait(false)) > 0; )
        {
            watch.Moved(read);
            size += read;
            CheckSize(size, call, isWhole: false);

            hash.TransformBlock(buffer, 0, read, null, 0);
            try
            {
                await file.WriteAsync(buffer, 0, read, watch.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new LocalFileException(exception);
            }

            meter.Reached(0, size);
        }

        CheckSize(size, call, isWhole: true);
        hash.TransformFinalBlock(buffer, 0, 0);
        return (hash.Hash!, size);
    }

    private static void Write(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            throw new LocalFileException(exception);
        }
    }
}
