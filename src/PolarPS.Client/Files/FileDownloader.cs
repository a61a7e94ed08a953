using System.Net;
using System.Net.Http;
using System.Security.Cryptography;

namespace PolarPS.Client;

/// <summary>What a download has to be.</summary>
/// <param name="Size">In bytes; null if not known.</param>
/// <param name="Checksum">SHA-256 of the whole content in base 64, however many parts it was stored in; null if not known.</param>
internal sealed record ExpectedContent(long? Size, string? Checksum)
{
    /// <summary>true if it is the one that was expected, false if not, null if that cannot be told.</summary>
    public bool? Matches(byte[] hash) =>
        string.IsNullOrWhiteSpace(Checksum) ? null : Checksum!.Trim() == Convert.ToBase64String(hash);
}

/// <summary>One download, into a file of another name until it is whole.</summary>
internal sealed class FileDownloader(
    string url,
    IReadOnlyDictionary<string, string>? headers,
    string targetPath,
    ExpectedContent expected,
    FileDownloadOptions options,
    HttpClient? store
)
{
    private const int BufferSize = 80 * 1024;

    public async Task<FileDownloadResult> RunAsync(CancellationToken cancellationToken)
    {
        var address =
            FileStore.AddressOf(url)
            ?? throw new ArgumentException("The download's address is neither HTTPS nor on this computer.");
        using var target = TargetFile.Find(
            Path.GetFullPath(targetPath),
            mayReplace: options.Overwrite,
            mayReplaceReadOnly: options.OverwriteReadOnly
        );
        var (hash, size) = await LoadAsync(address, target, cancellationToken).ConfigureAwait(false);
        var matches = expected.Matches(hash);
        if (matches == false)
        {
            throw new PolarResponseException(
                "The downloaded file is damaged: its SHA-256 does not match Polar's. Nothing was kept.",
                new StoreCall(HttpMethod.Get, address, 1).Describe((int)HttpStatusCode.OK)
            );
        }

        cancellationToken.ThrowIfCancellationRequested();
        await target.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new FileDownloadResult(target.Path, size, Convert.ToBase64String(hash), matches == true);
    }

    private async Task<(byte[] Hash, long Size)> LoadAsync(
        Uri address,
        TargetFile target,
        CancellationToken cancellationToken
    )
    {
        // Also for a pipe: nobody gets a byte of it before its checksum is verified.
        using var file = target.OpenTemporary();
        TransferMeter? meter = null;
        var loaded = await new FileStore(options, store)
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
                $"The file store returned status {(int)response.StatusCode} instead of the file.",
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
            $"The file store has more than {options.SizeLimit} bytes, the limit when Polar gives no size. Nothing was kept.",
            call.Describe((int)HttpStatusCode.OK)
        );

    private PolarResponseException WrongSize(long size, StoreCall call) =>
        new(
            $"The file store has {size} bytes, but Polar says {expected.Size}. Nothing was kept.",
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

        if (response.Content.Headers.ContentLength is { } announced && size < announced)
        {
            // .NET Framework takes the end of the connection for that of the body; elsewhere reading fails.
            throw new IOException(FormattableString.Invariant($"{size} of {announced} bytes arrived."));
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
